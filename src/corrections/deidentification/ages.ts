import type { IdentifierRule } from './kinds.ts';

/** 90 to 129. */
const old = String.raw`(?:9\d|1[0-2]\d)`;
const free = String.raw`(?<![\w./+\-])`;

const words = 'ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?';

export const ageRules: readonly IdentifierRule[] = [
  // 93-year-old, 93 years old, 93 y/o, 93yo, 93 y.o., 93 yrs, 93y, but not "90 years ago".
  {
    kind: 'ageOver89',
    pattern: new RegExp(
      `${free}${old}(?=[ -]?(?:years?[ -]old|yrs?[ -]old|year[ -]old|y\\/o|y\\.o\\.|yo\\b|y\\b|(?:years?|yrs?)\\b(?!\\s*(?:ago|history|of)))|yo[FM]\\b)`,
      'gi',
    ),
  },
  { kind: 'ageOver89', pattern: new RegExp(`\\b(?:${words})(?=[ -]years?[ -]old)`, 'gi') },
  // aged 93, age: 93, age 93.
  {
    kind: 'ageOver89',
    pattern: new RegExp(`\\b(?<keep>aged?(?:\\s+of)?\\s*[:=]?\\s*)${old}(?![\\w./%+]|\\s*%)`, 'gi'),
  },
  // 93M, 93 F: at the start of a note, where 98F is no temperature.
  { kind: 'ageOver89', pattern: new RegExp(`^(?<keep>\\s*)${old}(?=\\s?[MF]\\b)`, 'g') },
  { kind: 'ageOver89', pattern: new RegExp(`(?<keep>(?:^|[\\n(,;:.])[ \\t]*)${old}(?=M\\b)`, 'g') },
  // M93, F 93.
  { kind: 'ageOver89', pattern: new RegExp(`^(?<keep>\\s*[MF]\\s?)${old}(?![\\w./%])`, 'g') },
  // male, 93; female 93
  {
    kind: 'ageOver89',
    pattern: new RegExp(`\\b(?<keep>(?:fe)?male,?\\s)${old}(?![\\w./%+]|\\s*(?:%|[a-z]+\\/))`, 'gi'),
  },
];
