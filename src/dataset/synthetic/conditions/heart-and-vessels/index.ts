import type { Complaint } from '../../complaint.ts';
import { BLOOD_PRESSURE } from './blood-pressure.ts';
import { CHEST_PAIN } from './chest-pain.ts';
import { FAINTING } from './fainting.ts';
import { HEART_DEVICES_AND_PROCEDURES } from './heart-devices-and-procedures.ts';
import { HEART_RHYTHM_AND_ARREST } from './heart-rhythm-and-arrest.ts';
import { LEG_SWELLING_AND_CLOTS } from './leg-swelling-and-clots.ts';
import { LIMB_VESSELS } from './limb-vessels.ts';

/** Complaints of the heart and the circulation. */
export const HEART_AND_VESSELS: readonly Complaint[] = [
  ...CHEST_PAIN,
  ...HEART_RHYTHM_AND_ARREST,
  ...HEART_DEVICES_AND_PROCEDURES,
  ...FAINTING,
  ...BLOOD_PRESSURE,
  ...LEG_SWELLING_AND_CLOTS,
  ...LIMB_VESSELS,
];
