import type { Complaint } from '../../complaint.ts';
import { BLOCKED_AIRWAY_AND_ARREST } from './blocked-airway-and-arrest.ts';
import { BREATHLESSNESS } from './breathlessness.ts';
import { CHRONIC_LUNGS_AND_SLEEP } from './chronic-lungs-and-sleep.ts';
import { COUGH_AND_COLDS } from './cough-and-colds.ts';
import { RIBS_AND_PLEURA } from './ribs-and-pleura.ts';

/** Complaints of the airways and the lungs. */
export const BREATHING: readonly Complaint[] = [
  ...BREATHLESSNESS,
  ...BLOCKED_AIRWAY_AND_ARREST,
  ...COUGH_AND_COLDS,
  ...CHRONIC_LUNGS_AND_SLEEP,
  ...RIBS_AND_PLEURA,
];
