import type { Complaint } from '../../complaint.ts';
import { CHILD_BELLY_PAIN_AND_VOMITING } from './belly-pain-and-vomiting.ts';
import { CHILD_BREATHING_AND_FOREIGN_BODIES } from './breathing-and-foreign-bodies.ts';
import { CHILD_FEVER_AND_RASH } from './fever-and-rash.ts';
import { INFANTS } from './infants.ts';
import { CHILD_LIMP_AND_HEAD_INJURY } from './limp-and-head-injury.ts';

/** Complaints that are a matter of their own in a child. */
export const CHILDREN: readonly Complaint[] = [
  ...INFANTS,
  ...CHILD_FEVER_AND_RASH,
  ...CHILD_BELLY_PAIN_AND_VOMITING,
  ...CHILD_BREATHING_AND_FOREIGN_BODIES,
  ...CHILD_LIMP_AND_HEAD_INJURY,
];
