import type { Complaint } from '../../complaint.ts';
import { BACK_AND_NECK_PAIN } from './back-and-neck-pain.ts';
import { JOINTS_AND_CASTS } from './joints-and-casts.ts';

/** Complaints of the spine, the joints and the limbs without a fresh injury. */
export const BACK_AND_JOINTS: readonly Complaint[] = [...BACK_AND_NECK_PAIN, ...JOINTS_AND_CASTS];
