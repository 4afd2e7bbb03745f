import { Random, UserError } from '../../common/index.ts';
import type { Example } from '../example.ts';
import { type Level, levelText } from '../labels.ts';
import { type Assessment, assessAcuity } from './acuity/acuity.ts';
import type { Complaint } from './complaint.ts';
import { COMPLAINTS } from './conditions/index.ts';
import { RATIONALE_VOICES, type RationaleVoice, writeRationale } from './rationale/rationale.ts';
import { tellStory } from './render/background.ts';
import type { FactSpan, NoteKey } from './render/note-builder.ts';
import { drawStyle, NOTE_STYLES, type NoteStyle, renderNote, STYLES } from './render/styles.ts';
import { type Candidates, candidatesOf, sampleFacts } from './sample-facts.ts';
import { SECOND_COMPLAINT_SHARE, withSecondComplaint } from './second-complaint.ts';

export interface SyntheticOptions {
  /** How many distinct examples. */
  readonly count: number;
  readonly seed: number;
  /** The styles of notes to write; all of them where absent. */
  readonly styles?: readonly NoteStyle[];
  /** The presenting complaints to draw from, by id; all of them where absent. */
  readonly complaints?: readonly string[];
  /** Complaints never to draw: a model trained without them can be asked about them. */
  readonly withoutComplaints?: readonly string[];
  /** The voices of the rationales, one drawn for each example; `llm` alone where absent. */
  readonly voices?: readonly RationaleVoice[];
  /** The share of long notes, 120 to 250 words, in the styles that have room for them; 0.12 where absent. */
  readonly longShare?: number;
}

/** An example together with everything that its note states, whether it decides or not. */
export interface AnnotatedExample {
  readonly example: Example;
  readonly spans: readonly FactSpan[];
  /** What was to be written of each fact, before misspelling and abbreviation. */
  readonly plain: ReadonlyMap<NoteKey, string>;
}

const LONG_SHARE = 0.12;
/** How many patients are drawn for one level before another style and another level are tried. */
const DRAWS_FOR_A_LEVEL = 40;
/** How many examples in a row may repeat earlier ones before the generator admits that it has no more. */
const REPEATS_IN_A_ROW = 2000;

/**
 * Writes synthetic triage notes, distinct from one another, with level and rationale derived from the very facts that each
 * note states. The five levels come equally often. The same seed gives the same examples.
 *
 * @throws UserError when a style or voice is unknown, or when there are no more distinct notes.
 */
export function* generateSynthetic(options: SyntheticOptions): Generator<Example, void, undefined> {
  for (const { example } of generateAnnotated(options)) yield example;
}

/** The same examples, each with the place of everything that its note states. */
export function* generateAnnotated(options: SyntheticOptions): Generator<AnnotatedExample, void, undefined> {
  const { count, seed, styles = NOTE_STYLES, voices = ['llm'], longShare = LONG_SHARE } = options;
  checkNames('style', styles, NOTE_STYLES);
  checkNames('rationale voice', voices, RATIONALE_VOICES);
  const complaints = chooseComplaints(options);
  const candidates = candidatesOf(complaints);
  const random = Random.derive(seed, 'synthetic-notes');
  const seen = new Set<string>();
  let repeats = 0;
  for (let index = 0; index < count; ) {
    const level = ((index % 5) + 1) as Level;
    const drawn = draw(complaints, candidates, level, styles, voices, longShare, random);
    if (drawn === undefined) {
      if (++repeats > REPEATS_IN_A_ROW) throw exhausted(index);
      continue;
    }
    const { example, ...note } = drawn;
    if (seen.has(example.question)) {
      if (++repeats > REPEATS_IN_A_ROW) throw exhausted(index);
      continue;
    }
    repeats = 0;
    seen.add(example.question);
    yield { example: { id: `synthetic-${seed}-${index}`, ...example }, ...note };
    index++;
  }
}

const exhausted = (written: number) =>
  new UserError(
    `Only ${written} distinct synthetic notes could be written; ask for fewer, or for more styles or complaints.`,
  );

const COMPLAINT_IDS: readonly string[] = COMPLAINTS.map(({ id }) => id);

function chooseComplaints({ complaints = COMPLAINT_IDS, withoutComplaints = [] }: SyntheticOptions): Complaint[] {
  checkNames('complaint', complaints, COMPLAINT_IDS);
  if (withoutComplaints.length > 0) checkNames('complaint', withoutComplaints, COMPLAINT_IDS);
  const chosen = COMPLAINTS.filter(({ id }) => complaints.includes(id) && !withoutComplaints.includes(id));
  if (chosen.length > 0) return chosen;
  throw new UserError('No complaint is left to write notes about; name more complaints or leave fewer out.');
}

function checkNames(what: string, given: readonly string[], known: readonly string[]): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined && given.length > 0) return;
  throw new UserError(`The ${what} "${unknown ?? ''}" is not known; use one or more of: ${known.join(', ')}.`);
}

function draw(
  complaints: readonly Complaint[],
  candidates: Candidates,
  level: Level,
  styles: readonly NoteStyle[],
  voices: readonly RationaleVoice[],
  longShare: number,
  random: Random,
): AnnotatedExample | undefined {
  const style = drawStyle(styles, random);
  const { completeness, background, long } = STYLES[style];
  for (let attempt = 0; attempt < DRAWS_FOR_A_LEVEL; attempt++) {
    const facts = sampleFacts(candidates, level, completeness, random);
    if (facts === undefined) return undefined;
    if (assessAcuity(facts).level !== level) continue;
    const told = tellStory(facts, background, long && random.chance(longShare), random);
    const assessment = assessAcuity(told);
    if (assessment.level !== level) continue;
    const second = STYLES[style].brief && random.chance(SECOND_COMPLAINT_SHARE);
    const note = renderNote(second ? withSecondComplaint(told, level, complaints, random) : told, style, random);
    const voice = random.pick(voices);
    const example: Example = {
      question: note.text,
      label: levelText(level),
      rationale: writeRationale(told, assessment, note.plain, voice, random),
      rationale_source: voice,
      note_source: 'synthetic',
      style,
      complaint: facts.complaint.id,
      level,
      deciding_spans: decidingSpans(assessment, note.spans),
    };
    return { example, spans: note.spans, plain: note.plain };
  }
  return undefined;
}

/** Where the note first states each of the facts that decided, in the order of the text. */
function decidingSpans(
  assessment: Assessment,
  spans: readonly FactSpan[],
): { start: number; end: number; finding: string }[] {
  const keys = new Set<string>(assessment.deciding.flatMap((finding) => finding.evidence));
  const first = new Map(spans.toReversed().map((span) => [span.key, span]));
  return [...first.values()]
    .filter(({ key }) => keys.has(key))
    .map(({ key, start, end }) => ({ start, end, finding: key.replace(/^sign:/, '') }))
    .toSorted((a, b) => a.start - b.start);
}
