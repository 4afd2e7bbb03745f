/** A rationale beside the one it should resemble. */
export interface RationalePair {
  readonly reference: string;
  readonly hypothesis: string;
}
