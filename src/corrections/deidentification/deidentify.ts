import { addressRules } from './addresses.ts';
import { ageRules } from './ages.ts';
import { contactRules } from './contacts.ts';
import { dateRules } from './dates.ts';
import { type IdentifierKind, type IdentifierRule, identifierKinds, PLACEHOLDERS } from './kinds.ts';
import { nameRules } from './names.ts';
import { recordNumberRules } from './record-numbers.ts';

/** What must be said wherever the result is used. */
export const BEST_EFFORT =
  'De-identification is best effort: it replaces what it knows by its form and misses the rest, such as a name without a ' +
  'title; have a person read the text before it leaves the place where it may be read.';

export interface Deidentified {
  readonly text: string;
  /** How many were replaced, by kind. */
  readonly replaced: Readonly<Record<IdentifierKind, number>>;
}

/**
 * In this order: an e-mail address holds a domain, a URL may hold an IP address, a cue before a number tells more than its
 * form, and in `12 Oak Dr. Springfield` stands a street, not a physician.
 */
const RULES: readonly IdentifierRule[] = [
  ...contactRules.net,
  ...addressRules,
  ...recordNumberRules.withCue,
  ...dateRules,
  ...contactRules.phone,
  ...recordNumberRules.byForm,
  ...ageRules,
  ...nameRules,
];

/**
 * Replaces the identifiers that a text shows by their form. Measurements, scores, durations such as `3/7` and doses stay.
 *
 * Replaced: names after a title or after `Name:`, dates (all but a bare year), ages over 89, telephone and fax numbers,
 * e-mail addresses, record, account and social security numbers, street addresses and postal codes, URLs, IP addresses.
 */
export function deidentify(text: string): Deidentified {
  const replaced = noReplacements();
  let result = text;
  for (const { kind, pattern, hint, accept } of RULES) {
    if (hint !== undefined && !hint.test(result)) continue;
    result = result.replace(pattern, (match: string, ...rest: unknown[]) => {
      const last = rest.at(-1);
      const groups = typeof last === 'object' && last !== null ? (last as Record<string, string | undefined>) : {};
      if (accept !== undefined && !accept(match, groups)) return match;
      replaced[kind]++;
      return `${groups.keep ?? ''}${PLACEHOLDERS[kind]}`;
    });
  }
  return { text: result, replaced };
}

export function noReplacements(): Record<IdentifierKind, number> {
  return Object.fromEntries(identifierKinds.map((kind) => [kind, 0])) as Record<IdentifierKind, number>;
}
