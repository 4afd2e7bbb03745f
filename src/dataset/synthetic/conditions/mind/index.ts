import type { Complaint } from '../../complaint.ts';
import { ALCOHOL_AND_DRUGS } from './alcohol-and-drugs.ts';
import { ANXIETY_AND_LOW_MOOD } from './anxiety-and-low-mood.ts';
import { BEHAVIOUR } from './behaviour.ts';
import { PSYCHOSIS_AND_AGITATION } from './psychosis-and-agitation.ts';
import { SLEEP_AND_EATING } from './sleep-and-eating.ts';
import { STRESS_AND_SOCIAL_NEED } from './stress-and-social-need.ts';
import { SUICIDE_AND_SELF_HARM } from './suicide-and-self-harm.ts';

/** Complaints of the mind, of substances and of social need. */
export const MIND: readonly Complaint[] = [
  ...SUICIDE_AND_SELF_HARM,
  ...ANXIETY_AND_LOW_MOOD,
  ...PSYCHOSIS_AND_AGITATION,
  ...BEHAVIOUR,
  ...SLEEP_AND_EATING,
  ...STRESS_AND_SOCIAL_NEED,
  ...ALCOHOL_AND_DRUGS,
];
