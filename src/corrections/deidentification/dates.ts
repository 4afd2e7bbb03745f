import { UNIT_AHEAD } from './contacts.ts';
import type { IdentifierRule } from './kinds.ts';

const months =
  'January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec';
/** Not a word of the language besides. `may`, `march`, `mar` and `dec` count only with a capital. */
const plainMonths =
  'january|february|april|june|july|august|september|october|november|december|jan|feb|apr|jun|jul|aug|sept|sep|oct|nov';
const month = `(?:${[months, months.toUpperCase(), plainMonths].join('|')})`;
const day = String.raw`(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?`;
const year = String.raw`(?:(?:18|19|20)\d{2}|['’]\d{2})`;
const time = String.raw`(?:T\d{2}:?\d{2}(?::?\d{2}(?:\.\d+)?)?(?:Z|[+\-]\d{2}:?\d{2})?)?`;

/** Denominators that make a fraction a duration: days, weeks and months in 3/7, 2/52 and 6/12, and hours in 5/24. */
const DURATIONS: readonly number[] = [7, 12, 24, 52];

const isDay = (value: number) => value >= 1 && value <= 31;
const isMonth = (value: number) => value >= 1 && value <= 12;
const isDayAndMonth = (a: number, b: number) => (isDay(a) && isMonth(b)) || (isMonth(a) && isDay(b));

export const dateRules: readonly IdentifierRule[] = [
  // 2026-11-22, 2026/11/22, with or without a time.
  {
    kind: 'date',
    pattern: new RegExp(
      String.raw`(?<![\w.\-/])(?:18|19|20)\d{2}(?<separator>[.\-/])(?<month>\d{1,2})\k<separator>(?<day>\d{1,2})${time}(?![\w/\-])`,
      'g',
    ),
    accept: (_, { day = '', month = '' }) => isDayAndMonth(Number(day), Number(month)),
  },
  // 22/11/2026, 11-22-26, 22.11.2026; but not the score and the age of "NRS 8/10/84 y/o".
  {
    kind: 'date',
    pattern: new RegExp(
      String.raw`(?<![\w.\-/,])(?<a>\d{1,2})(?<separator>[.\-/])(?<b>\d{1,2})\k<separator>(?:(?:18|19|20)\d{2}|\d{2}(?! y\/?o\b))(?![\w/\-]|\.\d)${UNIT_AHEAD}`,
      'g',
    ),
    accept: (_, { a = '', b = '' }) => isDayAndMonth(Number(a), Number(b)),
  },
  // 22 November 2026, 22nd of Nov, 22-Nov-26, 22NOV26.
  {
    kind: 'date',
    pattern: new RegExp(
      String.raw`(?<![\w./\-])${day}(?:\s+of)?[ \-]?${month}\.?(?:,?[ \-]?(?:${year}|\d{2}(?=\b)(?!\s*[:/%])))?(?![\w])`,
      'g',
    ),
  },
  // November 22, 2026; Nov 22nd.
  {
    kind: 'date',
    pattern: new RegExp(
      String.raw`(?<![\w])${month}\.?[ \-]${day}(?:(?:,|\s|,\s)\s*${year})?(?![\w/:.]\d|\w|\/|:\d|\.\d)${UNIT_AHEAD}`,
      'g',
    ),
  },
  // November 2026.
  { kind: 'date', pattern: new RegExp(String.raw`(?<![\w])${month}\.?(?:\s+of)?,?[ \-]${year}(?!\w)`, 'g') },
  // A day and month alone look like a score or a duration: only behind a word that dates take.
  {
    kind: 'date',
    pattern:
      /\b(?<keep>(?:DOB|D\.O\.B\.?|date of birth|birth ?date|born(?: on)?|LMP|dated?)\s*[:=]?\s*)(?<a>\d{1,2})[/.-](?<b>\d{1,2})(?![\d/.-]*\d)(?![\w/%])/gi,
    accept: (_, { a = '', b = '' }) => isDayAndMonth(Number(a), Number(b)),
  },
  {
    kind: 'date',
    pattern:
      /\b(?<keep>(?:on|since|until|seen|admitted|discharged|due|from)\s+(?:the\s+)?)(?<a>\d{1,2})\/(?<b>\d{1,2})(?![\d/.-]*\d)(?![\w/%])/gi,
    accept: (_, { a = '', b = '' }) =>
      isDayAndMonth(Number(a), Number(b)) && !DURATIONS.includes(Number(b)) && Number(b) !== 10,
  },
];
