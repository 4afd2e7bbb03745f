import type { Complaint } from '../../complaint.ts';
import { LIMB_INJURIES } from './any-limb.ts';
import { ARM_INJURIES } from './arms.ts';
import { CHEST_AND_ABDOMINAL_INJURIES } from './chest-and-abdomen.ts';
import { FACE_AND_TOOTH_INJURIES } from './face-and-teeth.ts';
import { FALLS_ACCIDENTS_AND_ASSAULTS } from './falls-accidents-and-assaults.ts';
import { GRAZES_AND_BRUISES } from './grazes-and-bruises.ts';
import { HEAD_AND_EYE_INJURIES } from './head-and-eyes.ts';
import { HIP_AND_LEG_INJURIES } from './hips-and-legs.ts';
import { MAJOR_TRAUMA } from './major-trauma.ts';
import { NECK_AND_BACK_INJURIES } from './neck-and-back.ts';
import { OPEN_WOUNDS } from './open-wounds.ts';

/** Injuries, by their mechanism, by their kind and by the part of the body. */
export const INJURIES: readonly Complaint[] = [
  ...MAJOR_TRAUMA,
  ...FALLS_ACCIDENTS_AND_ASSAULTS,
  ...HEAD_AND_EYE_INJURIES,
  ...FACE_AND_TOOTH_INJURIES,
  ...NECK_AND_BACK_INJURIES,
  ...CHEST_AND_ABDOMINAL_INJURIES,
  ...LIMB_INJURIES,
  ...ARM_INJURIES,
  ...HIP_AND_LEG_INJURIES,
  ...OPEN_WOUNDS,
  ...GRAZES_AND_BRUISES,
];
