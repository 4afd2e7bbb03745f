import type { Random } from '../../../common/index.ts';
import type { Completeness } from '../completeness.ts';
import { ambulanceHandover } from './ambulance-handover.ts';
import type { BackgroundHabits } from './background.ts';
import { freeNarrative } from './free-narrative.ts';
import { type FactSpan, NoteBuilder, type NoteKey } from './note-builder.ts';
import { nurseShorthand } from './nurse-shorthand.ts';
import { oneLine, recordLine } from './one-line.ts';
import { sbar } from './sbar.ts';
import { soap } from './soap.ts';
import { telephone } from './telephone.ts';
import type { ToldFacts } from './told-facts.ts';

export type NoteWriter = (note: NoteBuilder, facts: ToldFacts, random: Random) => void;

interface Style {
  readonly write: NoteWriter;
  readonly completeness: Completeness;
  readonly background: BackgroundHabits;
  /** How often the style is drawn, beside the others. */
  readonly weight: number;
  /** True for a style in which long notes are written. */
  readonly long: boolean;
  /** True for a style of one line, whose complaint field may name two complaints. */
  readonly brief: boolean;
}

/** The styles of notes. */
export const STYLES = {
  record: {
    write: recordLine,
    completeness: { vitals: 0.97, bare: 0.5, signs: 0.25, denials: 0, form: true },
    background: { inWords: 0, story: false },
    weight: 5,
    long: false,
    brief: true,
  },
  line: {
    write: oneLine,
    completeness: { vitals: 0.9, bare: 0.3, signs: 0.5, denials: 0.1 },
    background: { inWords: 0.01, story: true },
    weight: 5,
    long: false,
    brief: true,
  },
  shorthand: {
    write: nurseShorthand,
    completeness: { vitals: 0.9, bare: 0.1, signs: 0.9, denials: 0.35 },
    background: { inWords: 0.01, story: true },
    weight: 4,
    long: true,
    brief: false,
  },
  sbar: {
    write: sbar,
    completeness: { vitals: 0.95, bare: 0, signs: 1, denials: 0.35 },
    background: { inWords: 0.02, story: true },
    weight: 2,
    long: true,
    brief: false,
  },
  soap: {
    write: soap,
    completeness: { vitals: 0.95, bare: 0, signs: 1, denials: 0.4 },
    background: { inWords: 0.02, story: true },
    weight: 2,
    long: true,
    brief: false,
  },
  narrative: {
    write: freeNarrative,
    completeness: { vitals: 0.85, bare: 0.05, signs: 1, denials: 0.4 },
    background: { inWords: 0.06, story: true },
    weight: 4,
    long: true,
    brief: false,
  },
  telephone: {
    write: telephone,
    completeness: { vitals: 0.6, bare: 0.05, signs: 1, denials: 0.4, home: true },
    background: { inWords: 0.25, story: true },
    weight: 1.5,
    long: false,
    brief: false,
  },
  ambulance: {
    write: ambulanceHandover,
    completeness: { vitals: 0.95, bare: 0.1, signs: 1, denials: 0.25 },
    background: { inWords: 0.01, story: true },
    weight: 2,
    long: true,
    brief: false,
  },
} as const satisfies Readonly<Record<string, Style>>;

export type NoteStyle = keyof typeof STYLES;

export const NOTE_STYLES = Object.keys(STYLES) as readonly NoteStyle[];

/** Draws one of the styles, by weight. */
export function drawStyle(styles: readonly NoteStyle[], random: Random): NoteStyle {
  let left = random.uniform() * styles.reduce((sum, style) => sum + STYLES[style].weight, 0);
  for (const style of styles) {
    left -= STYLES[style].weight;
    if (left < 0) return style;
  }
  return random.pick(styles);
}

const SLOPPY_SHARE = 0.12;
const ABBREVIATING_SHARE = 0.25;
const CAPITALS_SHARE = 0.03;
const LOWER_CASE_SHARE = 0.08;

/** A note, and which of its characters state what. */
export interface RenderedNote {
  readonly text: string;
  /** Everything that is stated, in the order of the text. */
  readonly spans: readonly FactSpan[];
  /** What was to be written of each fact, before misspelling and abbreviation. */
  readonly plain: ReadonlyMap<NoteKey, string>;
}

/** Writes the facts as a note, and says which characters state which fact. */
export function renderNote(facts: ToldFacts, style: NoteStyle, random: Random): RenderedNote {
  const careful = style === 'record';
  const hand = {
    sloppy: random.chance(careful ? SLOPPY_SHARE / 3 : SLOPPY_SHARE),
    abbreviates: !careful && random.chance(ABBREVIATING_SHARE),
  };
  const note = new NoteBuilder(random, hand, facts.background.fillers);
  STYLES[style].write(note, facts, random);
  if (facts.background.words !== undefined) note.fillUp(facts.background.words);
  return { text: inCase(note.text, random), spans: note.spans, plain: note.plain };
}

/** Some type all in capitals, some never use the shift key; the length stays. */
function inCase(text: string, random: Random): string {
  const draw = random.uniform();
  if (draw < CAPITALS_SHARE) return text.toUpperCase();
  return draw < CAPITALS_SHARE + LOWER_CASE_SHARE ? text.toLowerCase() : text;
}
