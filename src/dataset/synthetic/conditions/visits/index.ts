import type { Complaint } from '../../complaint.ts';
import { AFTER_TREATMENT } from './after-treatment.ts';
import { PRESCRIPTIONS_AND_CERTIFICATES } from './prescriptions-and-certificates.ts';
import { REFERRALS_AND_TESTS } from './referrals-and-tests.ts';
import { TUBES_AND_DRAINS } from './tubes-and-drains.ts';

/** Visits for a device, after a treatment, or for a service of the department. */
export const VISITS: readonly Complaint[] = [
  ...TUBES_AND_DRAINS,
  ...AFTER_TREATMENT,
  ...REFERRALS_AND_TESTS,
  ...PRESCRIPTIONS_AND_CERTIFICATES,
];
