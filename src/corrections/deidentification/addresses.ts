import type { IdentifierRule } from './kinds.ts';

const clear = 'Street|Avenue|Road|Lane|Drive|Boulevard|Crescent|Terrace|Highway|Parkway';
/** Words, or units, of their own besides: only behind names with capitals. */
const unclear =
  'St|Ave|Rd|Ln|Dr|Blvd|Ct|Court|Pl|Place|Way|Close|Square|Hwy|Row|Gardens|Grove|Mews|Circle|Cir|Trail|Alley';
const house = String.raw`(?<![\w./\-])\d{1,5}[A-Za-z]?(?:[\-/]\d{1,4})?`;
const flat = String.raw`(?:,?[ \t]+(?:Apt|Apartment|Flat|Unit|Suite|Ste|#)\.?[ \t]*#?\w{1,5}\b)?`;
const states =
  'A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]';
/** A place and, in the United States, state and ZIP code, behind a street. */
const place = String.raw`(?:,[ \t]*\p{Lu}\p{L}+(?:[ \t]\p{Lu}\p{Ll}+){0,2}(?=,|\.|;|$|\n|[ \t]+(?:${states})\b))?(?:,?[ \t]+(?:${states})\b(?:[ \t]+\d{5}(?:-\d{4})?)?)?`;

/** What stands between a number and "road" in a sentence about one. */
const NOT_STREETS = new Set(
  'mph km kph kmh m metre metres meter meters mile miles ft feet yard yards hour hours hr hrs day days min mins minutes lane way car the a an on of off in at by to from down along'.split(
    ' ',
  ),
);

export const addressRules: readonly IdentifierRule[] = [
  // Address: … up to the end of the line or sentence.
  {
    kind: 'address',
    pattern: /\b(?<keep>(?:home |postal |street )?address[ \t]*[:=][ \t]*)[^\n;]+?(?=\.(?:\s|$)|;|\n|$)/gi,
  },
  // 12 Oak Street, 221B Baker St., Apt 4, Springfield, IL 62704.
  {
    kind: 'address',
    pattern: new RegExp(
      String.raw`${house}[ \t]+(?:(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\.?[ \t]+)?(?:(?:\p{Lu}\p{Ll}+|\d{1,3}(?:st|nd|rd|th))[ \t]+){1,3}(?:${clear}|${unclear})\b\.?${flat}${place}`,
      'gu',
    ),
  },
  // 12 oak street.
  {
    kind: 'address',
    pattern: new RegExp(
      String.raw`${house}[ \t]+(?<first>\p{L}{3,})[ \t]+(?:${clear.toLowerCase()}|${clear})\b${flat}`,
      'gu',
    ),
    accept: (_, { first = '' }) => !NOT_STREETS.has(first.toLowerCase()),
  },
  { kind: 'address', pattern: /\bP\.?[ \t]?O\.?[ \t]?Box[ \t]+\d+/gi },
  // A ZIP code behind its state.
  { kind: 'address', pattern: new RegExp(String.raw`(?<![\w])(?:${states})[ \t]+\d{5}(?:-\d{4})?(?![\w./])`, 'g') },
  // A postcode of the United Kingdom; those letters leave out M and K, so that no dose in mg is one.
  {
    kind: 'address',
    pattern: /(?<![\w./])[A-Z]{1,2}\d[A-Z\d]? (?<inward>\d[ABD-HJLNP-UW-Z]{2})(?![\w])/g,
    accept: (_, { inward = '' }) =>
      !['HR', 'ST', 'ND', 'RD', 'TH', 'NG', 'PR', 'SL', 'WK', 'YR', 'DY'].includes(inward.slice(1)),
  },
];
