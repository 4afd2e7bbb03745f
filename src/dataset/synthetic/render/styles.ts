import type { Random } from '../../../common/index.ts';
import type { Completeness } from '../completeness.ts';
import type { FactKey, PatientFacts } from '../facts.ts';
import { ambulanceHandover } from './ambulance-handover.ts';
import { freeNarrative } from './free-narrative.ts';
import { type FactSpan, NoteBuilder } from './note-builder.ts';
import { nurseShorthand } from './nurse-shorthand.ts';
import { oneLine, recordLine } from './one-line.ts';
import { sbar } from './sbar.ts';
import { telephone } from './telephone.ts';

export type NoteWriter = (note: NoteBuilder, facts: PatientFacts, random: Random) => void;

interface Style {
  readonly write: NoteWriter;
  readonly completeness: Completeness;
  /** How often the style is drawn, beside the others. */
  readonly weight: number;
}

/** The styles of notes. */
export const STYLES = {
  record: {
    write: recordLine,
    completeness: { vitals: 0.97, bare: 0.5, signs: 0.25, denials: 0, form: true },
    weight: 3,
  },
  line: { write: oneLine, completeness: { vitals: 0.9, bare: 0.3, signs: 0.5, denials: 0.1 }, weight: 5 },
  shorthand: { write: nurseShorthand, completeness: { vitals: 0.9, bare: 0.1, signs: 0.9, denials: 0.35 }, weight: 5 },
  sbar: { write: sbar, completeness: { vitals: 0.95, bare: 0, signs: 1, denials: 0.35 }, weight: 2 },
  narrative: { write: freeNarrative, completeness: { vitals: 0.85, bare: 0.05, signs: 1, denials: 0.4 }, weight: 4 },
  telephone: {
    write: telephone,
    completeness: { vitals: 0.6, bare: 0.05, signs: 1, denials: 0.4, home: true },
    weight: 1.5,
  },
  ambulance: {
    write: ambulanceHandover,
    completeness: { vitals: 0.95, bare: 0.1, signs: 1, denials: 0.25 },
    weight: 2,
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
const CAPITALS_SHARE = 0.02;

/** Writes the facts as a note, and says which characters state which fact. */
export function renderNote(
  facts: PatientFacts,
  style: NoteStyle,
  random: Random,
): { text: string; spans: ReadonlyMap<FactKey, FactSpan> } {
  const note = new NoteBuilder(random, random.chance(SLOPPY_SHARE));
  STYLES[style].write(note, facts, random);
  const text = random.chance(CAPITALS_SHARE) ? note.text.toUpperCase() : note.text;
  return { text, spans: new Map(note.spans.map((span) => [span.key, span])) };
}
