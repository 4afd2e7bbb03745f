import { UNIT_AHEAD } from './contacts.ts';
import type { IdentifierRule } from './kinds.ts';

/** Stand before a number as they are. */
const abbreviations = 'MRN|NHI|CSN|SSN|NHS|PID|ID(?=\\s*[:#])';
/** Must say "number" in some way: "case 12 of the study" is none. */
const holders =
  'social security|medical|health|hospital|patient|chart|case|account|acct|encounter|visit|admission|accession|member(?:ship)?|policy|insurance|beneficiary|claim|licen[cs]e|passport|certificate|serial|device|record';
const number = String.raw`(?:\s+(?:record|card|plan|plate))?\s*(?:numbers?|no|num|nr|id|#)(?![a-z])`;
const value = String.raw`(?:\d{3} \d{3} \d{4}|[A-Z]{0,4}-?\d[\dA-Z]*(?:-[\dA-Z]+)*)`;

export const recordNumberRules: {
  readonly withCue: readonly IdentifierRule[];
  readonly byForm: readonly IdentifierRule[];
} = {
  withCue: [
    {
      kind: 'recordNumber',
      pattern: new RegExp(
        String.raw`\b(?<keep>(?:(?:${abbreviations})(?:\s*(?:numbers?|no|#))?|(?:${holders})${number})(?:\.|\s|:|#|\bis\b)*)${value}`,
        'gi',
      ),
      // In the United Kingdom one calls NHS 111.
      accept: (match, { keep = '' }) => (match.slice(keep.length).match(/\d/g) ?? []).length >= 4,
    },
  ],
  byForm: [
    // United States social security number.
    { kind: 'recordNumber', pattern: /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/g },
    // Korean resident registration number.
    { kind: 'recordNumber', pattern: /(?<![\w-])\d{6}-[1-8]\d{6}(?![\w-])/g },
    // No measurement has seven digits in a row, with or without letters before them.
    {
      kind: 'recordNumber',
      pattern: new RegExp(String.raw`(?<![\w.,\-/])[A-Z]{0,3}\d{7,}(?![\w/]|[.,]\d)${UNIT_AHEAD}`, 'g'),
    },
  ],
};
