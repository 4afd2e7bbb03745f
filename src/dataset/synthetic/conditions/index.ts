import type { Complaint } from '../complaint.ts';
import { ABDOMINAL } from './abdomen.ts';
import { RESPIRATORY } from './breathing.ts';
import { CARDIOVASCULAR } from './chest-and-circulation.ts';
import { PAEDIATRIC } from './children.ts';
import { GENERAL } from './general-complaints.ts';
import { TRAUMA } from './injuries.ts';
import { ORTHOPAEDIC } from './limbs-and-back.ts';
import { MENTAL_HEALTH } from './mind.ts';
import { NEUROLOGICAL } from './nervous-system.ts';
import { SENSES_AND_SKIN } from './senses-and-skin.ts';
import { ENVIRONMENTAL } from './surroundings.ts';
import { GENITOURINARY } from './urinary-tract.ts';
import { OBSTETRIC } from './women.ts';

/** Every presenting complaint that the generator knows. */
export const COMPLAINTS: readonly Complaint[] = [
  ...CARDIOVASCULAR,
  ...RESPIRATORY,
  ...NEUROLOGICAL,
  ...ABDOMINAL,
  ...GENITOURINARY,
  ...OBSTETRIC,
  ...PAEDIATRIC,
  ...MENTAL_HEALTH,
  ...TRAUMA,
  ...ORTHOPAEDIC,
  ...ENVIRONMENTAL,
  ...SENSES_AND_SKIN,
  ...GENERAL,
];

export { GENERAL_SIGNS } from './general.ts';
