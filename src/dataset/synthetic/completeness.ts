/** How much of what is known a style of note writes down. */
export interface Completeness {
  /** The share of the vital signs taken that is written, 0 to 1. */
  readonly vitals: number;
  /** The probability that a finding which is present is written, beyond the first. */
  readonly signs: number;
  /** The probability that nothing but the complaint and the vital signs is written, as in a record's one line. */
  readonly bare: number;
  /** The probability that an absent finding is denied. */
  readonly denials: number;
  /** True where the caller is at home: only what a household can measure. */
  readonly home?: boolean;
  /** True for a hospital's form, in which the mental state (AVPU) and the pain are filled in for nearly everyone. */
  readonly form?: boolean;
}
