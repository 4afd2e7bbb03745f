import type { Complaint } from '../../complaint.ts';
import { CONSCIOUSNESS_AND_MEMORY } from './consciousness-and-memory.ts';
import { HEADACHE_AND_HEAD_PRESSURE } from './headache-and-head-pressure.ts';
import { MOVEMENT } from './movement.ts';
import { NERVE_PAIN } from './nerve-pain.ts';
import { NUMBNESS_AND_PALSY } from './numbness-and-palsy.ts';
import { SEIZURES } from './seizures.ts';
import { STROKE_AND_SPEECH } from './stroke-and-speech.ts';

/** Complaints of the brain and the nerves. */
export const NERVES: readonly Complaint[] = [
  ...STROKE_AND_SPEECH,
  ...NUMBNESS_AND_PALSY,
  ...NERVE_PAIN,
  ...HEADACHE_AND_HEAD_PRESSURE,
  ...CONSCIOUSNESS_AND_MEMORY,
  ...SEIZURES,
  ...MOVEMENT,
];
