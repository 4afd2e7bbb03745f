import type { Complaint } from '../../complaint.ts';
import { EARS } from './ears.ts';
import { EYES } from './eyes.ts';
import { LUMPS_AND_GLANDS } from './lumps-and-glands.ts';
import { MOUTH_AND_TEETH } from './mouth-and-teeth.ts';
import { NOSE_AND_SINUSES } from './nose-and-sinuses.ts';
import { RASHES_AND_SWELLING } from './rashes-and-swelling.ts';
import { SKIN_INFECTIONS } from './skin-infections.ts';
import { THROAT_AND_VOICE } from './throat-and-voice.ts';
import { VISION } from './vision.ts';

/** Complaints of skin, eyes, ears, nose, mouth and throat. */
export const SKIN_AND_SENSES: readonly Complaint[] = [
  ...EYES,
  ...VISION,
  ...EARS,
  ...NOSE_AND_SINUSES,
  ...MOUTH_AND_TEETH,
  ...THROAT_AND_VOICE,
  ...SKIN_INFECTIONS,
  ...RASHES_AND_SWELLING,
  ...LUMPS_AND_GLANDS,
];
