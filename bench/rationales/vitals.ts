import { Random } from '../../src/common/index.ts';
import type { Alertness } from '../../src/dataset/synthetic/facts.ts';
import type { VitalKey } from '../../src/dataset/synthetic/render/told-facts.ts';
import { fullDialect, homeDialect, shortDialect } from '../../src/dataset/synthetic/render/vital-text.ts';
import { nearest } from './edit-distance.ts';
import { NUMBER_IN_WORDS, numbersInWords } from './number-words.ts';
import { shapeOf, wordsOf } from './words.ts';

/** How a rationale uses a value: as the one that holds, as one of an earlier set, as one that cannot be. */
export type VitalRole = 'latest' | 'earlier' | 'mistyped';

/** A vital sign that a text names with a value. */
export interface NamedVital {
  readonly key: VitalKey;
  /** Digits, "120/80" for a pressure, or a step of AVPU. */
  readonly value: string;
  readonly role: VitalRole;
  readonly start: number;
  readonly end: number;
}

const NAMES: Readonly<Record<VitalKey, string>> = {
  'blood-pressure': 'NIBP|BP|blood pressure|pressure',
  'heart-rate': 'HR|heart rate|pulse rate|pulse|PR',
  'respiratory-rate': 'RR|respiratory rate|breathing rate|respirations|resp',
  saturation: 'SpO2|oxygen saturation|saturation|O2 sat|sats?',
  temperature: 'temperature|temp|BT|T',
  glucose: 'blood glucose|glucose|BGL|BSL|BST|BM|blood sugar|sugar',
  consciousness: 'GCS',
  pain: 'pain score|pain|NRS',
};
const KEYS = Object.keys(NAMES) as readonly VitalKey[];

const NUMBER = '\\d+(?:\\.\\d+)?';
const VALUE = `(?:${NUMBER}|${NUMBER_IN_WORDS})`;
const UNIT = '(?: ?(?:%|percent\\b|°? ?[CF]\\b|mmol/L|mg/dL|mmHg|/10\\b|/min\\b))?';

const PATTERNS = KEYS.map((key) => {
  const value = key === 'blood-pressure' ? `${VALUE}(?:(?: ?/ ?| over )${VALUE})?` : VALUE;
  return {
    key,
    pattern: new RegExp(`(?<![\\p{L}\\d])(?:${NAMES[key]})(?: of| is| was)?[ :=]*(?<value>${value})${UNIT}`, 'giu'),
  };
});

/** The vital signs that a rationale names with a value. */
export function namedVitals(text: string): NamedVital[] {
  return PATTERNS.flatMap(({ key, pattern }) =>
    [...text.matchAll(pattern)].map((match): NamedVital => {
      const [start, end] = [match.index, match.index + match[0].length];
      return {
        key,
        value: canonical(key, match.groups?.value ?? '') ?? '',
        role: roleAt(text, start, end),
        start,
        end,
      };
    }),
  );
}

function roleAt(text: string, start: number, end: number): VitalRole {
  if (/\bearlier\s$/i.test(text.slice(0, start))) return 'earlier';
  return /^\s*(cannot be right|is impossible|must be a slip|not plausible)/.test(text.slice(end))
    ? 'mistyped'
    : 'latest';
}

function canonical(key: VitalKey, text: string): string | undefined {
  const digits = text.match(new RegExp(NUMBER, 'g'));
  const numbers = (digits ?? numbersInWords(text)).map((number) => String(Number(number)));
  return key === 'blood-pressure' ? numbers.slice(0, 2).join('/') || undefined : numbers[0];
}

/** The value of a vital sign in a stretch of a note that states it; nothing where there is none to be read. */
export function statedValue(key: VitalKey, text: string): string | undefined {
  // Digits that are no value: those of a name and those of a scale.
  const plain = text.replaceAll(/SpO2|O2|(?:\/| out of )(?:10|ten)$/gi, '');
  const value = canonical(key, plain);
  if (value !== undefined) return value;
  if (key === 'pain' && /^no pain$/i.test(text)) return '0';
  return key === 'consciousness'
    ? nearest(shapeOf(wordsOf(text).map((word) => word.text)), ALERTNESS)[0]?.alertness
    : undefined;
}

interface AlertnessWords {
  readonly shape: string;
  readonly alertness: Alertness;
}

/** How notes and rationales put the steps of AVPU. */
export const ALERTNESS: readonly AlertnessWords[] = collectAlertness();

function collectAlertness(): AlertnessWords[] {
  const collected = new Map<string, Alertness>([
    ['alert', 'alert'],
    ['responds only to voice', 'voice'],
    ['responds to voice', 'voice'],
    ['responds only to pain', 'pain'],
    ['responds to pain', 'pain'],
    ['unresponsive', 'unresponsive'],
  ]);
  // Dialects are drawn, so enough draws show all of them.
  const draws = 300;
  const random = new Random(1);
  for (let draw = 0; draw < draws; draw++) {
    for (const dialect of [shortDialect(random), fullDialect(random), homeDialect(random)]) {
      for (const [alertness, text] of Object.entries(dialect.alertness)) {
        collected.set(shapeOf(wordsOf(text).map((word) => word.text)), alertness as Alertness);
      }
    }
  }
  return [...collected].map(([shape, alertness]) => ({ shape, alertness }));
}
