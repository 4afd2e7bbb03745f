import type { Complaint } from '../../complaint.ts';
import { ABDOMINAL_PAIN } from './abdominal-pain.ts';
import { ANUS_AND_RECTUM } from './anus-and-rectum.ts';
import { CONSTIPATION_AND_DISTENSION } from './constipation-and-distension.ts';
import { GULLET_AND_STOMACH } from './gullet-and-stomach.ts';
import { GUT_BLEEDING } from './gut-bleeding.ts';
import { HERNIA_AND_GROIN } from './hernia-and-groin.ts';
import { JAUNDICE_AND_MASSES } from './jaundice-and-masses.ts';
import { STOMA_AND_ENDOSCOPY } from './stoma-and-endoscopy.ts';
import { VOMITING_AND_DIARRHOEA } from './vomiting-and-diarrhoea.ts';

/** Complaints of the belly, from the gullet to the anus. */
export const ABDOMEN: readonly Complaint[] = [
  ...ABDOMINAL_PAIN,
  ...VOMITING_AND_DIARRHOEA,
  ...GUT_BLEEDING,
  ...GULLET_AND_STOMACH,
  ...CONSTIPATION_AND_DISTENSION,
  ...JAUNDICE_AND_MASSES,
  ...HERNIA_AND_GROIN,
  ...ANUS_AND_RECTUM,
  ...STOMA_AND_ENDOSCOPY,
];
