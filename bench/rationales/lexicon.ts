import { ACUITY_TEXTS } from '../../src/dataset/index.ts';
import type { Complaint, Sign } from '../../src/dataset/synthetic/complaint.ts';
import { COMPLAINTS, GENERAL_SIGNS } from '../../src/dataset/synthetic/conditions/index.ts';
import {
  CHILD_HISTORIES,
  HISTORIES,
  PAST_EVENTS,
  RELATIVES,
  YOUNG_HISTORIES,
} from '../../src/dataset/synthetic/story.ts';
import { AGE_JUDGEMENTS, CONNECTING_PHRASES, VITAL_JUDGEMENTS, VITAL_NAMES } from './set-phrases.ts';
import { SIDE_WORDS, shapeOf, sidelessShape, wordsOf } from './words.ts';

/** One form of one way to state a sign. */
export interface SignWording {
  /** The complaint whose sign it is, by its id; absent for a general sign. */
  readonly complaint?: string;
  readonly id: string;
  readonly present: boolean;
  /** The way to state it with all its forms: two forms of one template say the same. */
  readonly template: string;
  /** True where the form names the side of the body that a patient's story has drawn. */
  readonly sided: boolean;
}

/** What a phrase of a rationale can mean. */
export type Reading =
  | ({ readonly kind: 'sign' } & SignWording)
  /** No pain, or a step of AVPU. */
  | { readonly kind: 'vital'; readonly key: 'pain' | 'consciousness'; readonly value: string }
  /** A past illness or another person's. */
  | { readonly kind: 'background' }
  /** What a sign amounts to. */
  | { readonly kind: 'meaning'; readonly complaint?: string; readonly id: string }
  /** A presenting complaint. */
  | { readonly kind: 'complaint'; readonly complaint: string }
  /** Words that state nothing which a note could lack, but for the age. */
  | { readonly kind: 'frame'; readonly names?: 'age' };

/** A wording by the shape in which its nearest one is looked for. */
export interface ShapedWording extends SignWording {
  readonly shape: string;
}

/** Every phrase that a rationale may be made of: what states findings, what judges them, what holds the text together. */
export class Lexicon {
  readonly #readings = new Map<string, Reading[]>();
  readonly #wordings = new Map<string, ShapedWording[]>();
  /** Words of the longest phrase. */
  #longest = 0;

  get longest(): number {
    return this.#longest;
  }

  /** What words of this shape can mean. */
  readings(shape: string): readonly Reading[] {
    return this.#readings.get(shape) ?? [];
  }

  /** All the ways to state or deny a sign with a complaint: the complaint's own and the general ones. */
  wordings(complaint: string, sign: string): readonly ShapedWording[] {
    return [...(this.#wordings.get(`${complaint}/${sign}`) ?? []), ...(this.#wordings.get(`/${sign}`) ?? [])];
  }

  /** @param phrase may hold `{2-5}` for a number. */
  add(phrase: string, reading: Reading): void {
    const words = wordsOf(phrase.replaceAll(/\{\d+-\d+\}/g, '0')).map((word) => word.text);
    if (words.length === 0) return;
    this.#longest = Math.max(this.#longest, words.length);
    pushTo(this.#readings, shapeOf(words), reading);
    if (reading.kind !== 'sign') return;
    const { kind: _, ...wording } = reading;
    pushTo(this.#wordings, `${reading.complaint ?? ''}/${reading.id}`, { ...wording, shape: sidelessShape(words) });
  }
}

function pushTo<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** The lexicon of the knowledge that synthetic notes are made of. */
export function buildLexicon(): Lexicon {
  const lexicon = new Lexicon();
  for (const complaint of COMPLAINTS) addComplaint(lexicon, complaint);
  addSigns(lexicon, GENERAL_SIGNS, undefined);
  const background = [...PAST_EVENTS, ...RELATIVES].map(({ text }) => text);
  const histories = COMPLAINTS.flatMap(({ conditions }) => conditions.flatMap(({ history = [] }) => history));
  for (const text of new Set([...background, ...HISTORIES, ...YOUNG_HISTORIES, ...CHILD_HISTORIES, ...histories])) {
    lexicon.add(text, { kind: 'background' });
  }
  lexicon.add('no pain', { kind: 'vital', key: 'pain', value: '0' });
  for (const text of new Set([...VITAL_JUDGEMENTS, ...VITAL_NAMES, ...CONNECTING_PHRASES, ...ACUITY_TEXTS])) {
    lexicon.add(text, { kind: 'frame' });
  }
  for (const text of AGE_JUDGEMENTS) lexicon.add(text, { kind: 'frame', names: 'age' });
  return lexicon;
}

function addComplaint(lexicon: Lexicon, complaint: Complaint): void {
  const { id, name, wordings, lay, signs = {}, conditions, sites = [''], byAge = [] } = complaint;
  addSigns(lexicon, signs, id, sites);
  const characters = conditions.flatMap(({ character = [] }) => character);
  addSigns(lexicon, { character: { meaning: 'character of the pain', says: characters } }, id, sites);
  for (const form of new Set([name, ...wordings.flatMap((wording) => wording.split('|')), ...lay])) {
    for (const filled of withPlaces(form, sites)) lexicon.add(filled, { kind: 'complaint', complaint: id });
  }
  for (const { meaning } of byAge) lexicon.add(meaning, { kind: 'frame', names: 'age' });
}

function addSigns(
  lexicon: Lexicon,
  signs: Readonly<Record<string, Sign>>,
  complaint: string | undefined,
  sites: readonly string[] = [''],
): void {
  const owner = complaint === undefined ? {} : { complaint };
  for (const [id, { says, denies = [], meaning }] of Object.entries(signs)) {
    lexicon.add(meaning, { kind: 'meaning', ...owner, id });
    for (const [templates, present] of [
      [says, true],
      [denies, false],
    ] as const) {
      for (const template of templates) {
        for (const form of new Set(template.split('|'))) {
          for (const filled of withPlaces(form, sites)) {
            const sided = filled !== form;
            lexicon.add(filled, { kind: 'sign', ...owner, id, present, template, sided });
          }
        }
      }
    }
  }
}

/** A form with every site and side that it may name. */
function withPlaces(form: string, sites: readonly string[]): string[] {
  const placed = form.includes('{site}') ? sites.map((site) => form.replaceAll('{site}', site)) : [form];
  return placed.flatMap((text) =>
    text.includes('{side}') ? SIDE_WORDS.map((side) => text.replaceAll('{side}', side)) : [text],
  );
}
