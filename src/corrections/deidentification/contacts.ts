import { isIP } from 'node:net';
import type { IdentifierRule } from './kinds.ts';

/** What a number is followed by when it is a measurement or a dose. */
export const UNIT_AHEAD = String.raw`(?!\s*(?:%|(?i:mg|mcg|µg|ug|g|kg|ml|l|cc|units?|iu|u|mmol|mmhg|bpm|cells|copies|cfu|x10|×10)\b|\/(?i:min|mm|µl|ul|l|hr?)\b))`;

const cue = String.raw`(?:tel(?:ephone)?|phone|mobile|mob|cell(?:phone)?|fax|contact(?:\s+(?:no|number))?|call(?:ed|s)?(?:\s+(?:back|on|at|from))?|reached?(?:\s+(?:on|at))?)`;

/** How telephone numbers are written where nothing says that they are ones. */
const forms = [
  // International.
  String.raw`(?<![\w.])\+\d{1,3}[ .\-]?(?:\(0\)[ ]?)?\(?\d{1,4}\)?(?:[ .\-]?\d{2,4}){2,4}(?!\d)`,
  // North American: (555) 123-4567, 555-123-4567, 1-555-123-4567.
  String.raw`(?<![\w.\-/])(?:1[ .\-])?(?:\(\d{3}\)[ ]?|\d{3}[.\-])\d{3}[ .\-]\d{4}(?![\w/]|[.\-]\d)`,
  // With a trunk zero: 020 7946 0958, 07700 900123, 010-1234-5678.
  String.raw`(?<![\w.\-/])\(?0\d{1,4}\)?[ \-]\d{3,4}[ \-]?\d{3,4}(?![\w/]|[.\-]\d)`,
  String.raw`(?<![\w.\-/])0\d{9,10}(?![\w/]|[.\-]\d)`,
  // In groups of 3, 3 and 4.
  String.raw`(?<![\w.\-/])\d{3} \d{3} \d{4}(?![\w/]|[.\-]\d)`,
];

const extension = String.raw`(?:,?\s*(?:ext|extension|x)\.?\s*\d{1,5}\b)?`;

export const contactRules: { readonly net: readonly IdentifierRule[]; readonly phone: readonly IdentifierRule[] } = {
  net: [
    {
      kind: 'email',
      hint: /@/,
      pattern: /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu,
    },
    { kind: 'url', pattern: /\b(?:https?|ftp):\/\/[^\s<>"')\]]*[^\s<>"')\].,;:!?]/gi },
    { kind: 'url', pattern: /\bwww\.[^\s<>"')\]]*[^\s<>"')\].,;:!?]/gi },
    {
      kind: 'url',
      hint: /\.(?:com|org|net|edu|gov|info|uk)/i,
      pattern:
        /(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,8}(?:com|org|net|edu|gov|info|co\.uk|nhs\.uk)\b(?:\/[^\s<>"')\]]*[^\s<>"')\].,;:!?])?/gi,
    },
    {
      kind: 'ipAddress',
      pattern: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/g,
      accept: (match) => isIP(match) === 4,
    },
    {
      kind: 'ipAddress',
      hint: /:[0-9a-f]{0,4}:/i,
      pattern: /(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])/gi,
      // Full, or shortened with a double colon: a time such as 10:30:15 is neither.
      accept: (match) => match.length > 5 && isIP(match) === 6,
    },
  ],
  phone: [
    {
      kind: 'phone',
      pattern: new RegExp(
        String.raw`\b(?<keep>${cue}\b\.?\s*(?:no|number|#)?\.?\s*[:#]?\s*)\(?\+?\d[\d ().\-]{5,16}\d(?!\d)${extension}`,
        'gi',
      ),
      accept: (match) => (match.match(/\d/g) ?? []).length >= 7,
    },
    ...forms.map(
      (form): IdentifierRule => ({ kind: 'phone', pattern: new RegExp(`${form}${UNIT_AHEAD}${extension}`, 'gi') }),
    ),
  ],
};
