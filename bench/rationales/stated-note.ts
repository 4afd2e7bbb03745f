import { isSignKey } from '../../src/dataset/synthetic/facts.ts';
import type { AnnotatedExample } from '../../src/dataset/synthetic/generate.ts';
import type { FactSpan } from '../../src/dataset/synthetic/render/note-builder.ts';
import type { VitalKey } from '../../src/dataset/synthetic/render/told-facts.ts';
import { nearest } from './edit-distance.ts';
import type { Lexicon, ShapedWording } from './lexicon.ts';
import { statedValue, type VitalRole } from './vitals.ts';
import { shapeOfText, sidelessShape, wordsOf } from './words.ts';

/** One place at which a note states or denies a sign. */
export interface StatedSign {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly words: readonly string[];
  /** Which of the sign's wordings it is, misspelt or shortened as it may be; several where they are as near. */
  readonly wordings: readonly ShapedWording[];
}

/** What a synthetic note states, read from its annotated stretches. */
export interface StatedNote {
  readonly text: string;
  readonly complaint: string;
  /** The shapes of the words in which it tells its complaint, and of what they were before misspelling. */
  readonly complaintShapes: ReadonlySet<string>;
  readonly signs: readonly StatedSign[];
  /** The values of each vital sign, by role and name: `latest:heart-rate`. */
  readonly vitals: ReadonlyMap<string, ReadonlySet<string>>;
  /** Past illnesses and other people's, in words. */
  readonly background: readonly string[];
  /** Stretches about the past or about others, where nothing states a finding of this patient now. */
  readonly elsewhere: readonly { readonly start: number; readonly end: number }[];
}

const VITAL =
  /^(?:(earlier|mistyped):)?(consciousness|saturation|respiratory-rate|heart-rate|blood-pressure|temperature|glucose|pain)$/;
const BACKGROUND = /^(?:past|relative|history):/;

/** Reads what a note states. */
export function stateNote({ example, spans, plain }: AnnotatedExample, lexicon: Lexicon): StatedNote {
  const text = example.question;
  const complaint = example.complaint ?? '';
  const vitals = new Map<string, Set<string>>();
  for (const { key, start, end } of spans) {
    const [, role = 'latest', vital] = VITAL.exec(key) ?? [];
    const value = vital === undefined ? undefined : statedValue(vital as VitalKey, text.slice(start, end));
    if (vital === undefined || value === undefined) continue;
    const name = vitalName(role as VitalRole, vital as VitalKey);
    vitals.set(name, (vitals.get(name) ?? new Set()).add(value));
  }
  const complaints = spans.filter(({ key }) => key === 'complaint').map(({ start, end }) => text.slice(start, end));
  const background = spans.filter(({ key }) => BACKGROUND.test(key));
  return {
    text,
    complaint,
    complaintShapes: new Set(
      [...complaints, plain.get('complaint') ?? ''].map(shapeOfText).filter((shape) => shape !== ''),
    ),
    signs: spans.flatMap((span) => stateSign(span, text, complaint, lexicon)),
    vitals,
    background: background.map(({ key }) => key.replace(BACKGROUND, '')),
    elsewhere: background,
  };
}

/** The name under which the values of a vital sign are kept. */
export function vitalName(role: VitalRole, key: VitalKey): string {
  return `${role}:${key}`;
}

function stateSign({ key, start, end }: FactSpan, text: string, complaint: string, lexicon: Lexicon): StatedSign[] {
  if (!isSignKey(key)) return [];
  const id = key.slice('sign:'.length);
  const words = wordsOf(text.slice(start, end)).map((word) => word.text);
  return [{ id, start, end, words, wordings: nearest(sidelessShape(words), lexicon.wordings(complaint, id)) }];
}
