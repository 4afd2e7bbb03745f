import type { Level } from '../../labels.ts';
import type { BodySystem, Complaint } from '../complaint.ts';
import type { FactKey, KnownFacts } from '../facts.ts';
import type { Source } from './sources.ts';

/** The order in which a triage nurse assesses, and in which a rationale walks through what was found. */
export const ASSESSMENT_ORDER = [
  'consciousness',
  'breathing',
  'circulation',
  'temperature',
  'glucose',
  'injury',
  'complaint',
  'pain',
] as const;

export type Aspect = (typeof ASSESSMENT_ORDER)[number];

/** One thing that the engine read from the known facts, and the level that it implies by itself. */
export interface AssessedFinding {
  readonly aspect: Aspect;
  /** 5 for a finding that asks for no urgency, such as a normal vital sign. */
  readonly level: Level;
  /** The facts that it rests on, the most telling first. */
  readonly evidence: readonly FactKey[];
  /** What it amounts to, as an adjective or a noun phrase: "very low", "shock", "normal". */
  readonly judgement: string;
  readonly source: Source;
}

/** A rule reads the known facts and says what they imply; nothing where the facts it needs are not known. */
export type Rule = (facts: KnownFacts) => readonly AssessedFinding[];

/** A step of a table of thresholds: the first step whose `below` exceeds the value applies. */
export interface Band {
  readonly below: number;
  readonly level: Level;
  readonly judgement: string;
}

/** The band of a table, ordered by `below` and ending in Infinity, that a value falls into. */
export function bandOf(bands: readonly Band[], value: number): Band {
  const band = bands.find((candidate) => value < candidate.below);
  if (band === undefined) throw new RangeError('a table of thresholds must end in Infinity');
  return band;
}

/** The age in years that the rules go by: an adult where the note states none. */
export function assumedAge(facts: KnownFacts): number {
  return facts.ageYears ?? 40;
}

const LOCAL_SYSTEMS: ReadonlySet<BodySystem> = new Set([
  'orthopaedic',
  'skin',
  'eye',
  'ear-nose-throat',
  'administrative',
]);

/**
 * True where vital signs at the upper or lower end of normal do not count. CTAS makes them urgent only "as they relate to the
 * presenting complaint": a pulse of 115 counts with vomiting, not with a cut finger.
 */
export function isLocal({ local, system }: Complaint): boolean {
  return local ?? LOCAL_SYSTEMS.has(system);
}

export const UNRELATED = 'unrelated to the complaint';

/** What is no longer normal, yet asks for nothing by itself. */
export const ACCEPTABLE = 'acceptable';

/** A band as it counts with the complaint: in an adult with a local one, only what is emergent by itself. */
export function relatedBand(band: Band, { complaint }: KnownFacts, years: number): Pick<Band, 'level' | 'judgement'> {
  const borderline = band.level === 3 && years >= 12;
  return borderline && isLocal(complaint) ? { level: 5, judgement: UNRELATED } : band;
}

const UNREMARKABLE: ReadonlySet<string> = new Set(['normal', UNRELATED, ACCEPTABLE, 'no pain']);

/** True for a finding that is worth a sentence of its own: anything but a normal value. */
export function isRemarkable(finding: AssessedFinding): boolean {
  return !UNREMARKABLE.has(finding.judgement);
}
