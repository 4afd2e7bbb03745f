/** The identifiers of HIPAA's Safe Harbor (45 CFR 164.514(b)(2)) that text shows by its form, and what stands in their place. */
export const PLACEHOLDERS = {
  name: '[NAME]',
  date: '[DATE]',
  ageOver89: '90+',
  phone: '[PHONE]',
  email: '[EMAIL]',
  recordNumber: '[RECORD NUMBER]',
  address: '[ADDRESS]',
  url: '[URL]',
  ipAddress: '[IP ADDRESS]',
} as const;

export type IdentifierKind = keyof typeof PLACEHOLDERS;

export const identifierKinds = Object.keys(PLACEHOLDERS) as readonly IdentifierKind[];

/** One way in which an identifier is written. */
export interface IdentifierRule {
  readonly kind: IdentifierKind;
  /** Global. What stands in the group `keep` stays in front of the placeholder. */
  readonly pattern: RegExp;
  /** Not global, and quickly looked for: a text without it holds no match. */
  readonly hint?: RegExp;
  /** Whether a match is one after all; every match is, where absent. */
  readonly accept?: (match: string, groups: Readonly<Record<string, string | undefined>>) => boolean;
}
