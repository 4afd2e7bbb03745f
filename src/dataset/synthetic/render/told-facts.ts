import type { FactKey, PatientFacts } from '../facts.ts';

/** The facts that are measured or scored. */
export type VitalKey = Exclude<FactKey, 'age' | 'complaint' | `sign:${string}`>;

/** A value of an earlier set of vital signs, which a later value of the same sign supersedes. */
export interface EarlierVital {
  readonly key: VitalKey;
  readonly shown: string;
}

/** A value that no living patient has: a slip of the pen, which must not count. */
export interface MistypedVital {
  readonly key: VitalKey;
  readonly shown: string;
}

/** What surrounds the facts of a note and never decides its level. */
export interface Background {
  /** Events that are over: "MI 2015". */
  readonly past: readonly string[];
  /** Illnesses of other people. */
  readonly relatives: readonly string[];
  readonly medication: readonly string[];
  readonly social: readonly string[];
  /** Sentences of a long note, in the order in which they are used. */
  readonly fillers: readonly string[];
  /** The words that a long note should at least have; absent for a note of ordinary length. */
  readonly words?: number;
  readonly earlier: readonly EarlierVital[];
  readonly mistyped?: MistypedVital;
  /** Vital signs that this writer puts into words: "ninety-two". */
  readonly inWords: ReadonlySet<FactKey>;
}

/** The facts of a note together with what surrounds them. */
export interface ToldFacts extends PatientFacts {
  readonly background: Background;
}
