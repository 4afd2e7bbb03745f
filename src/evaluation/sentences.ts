import { trimEnd, whiteSpace } from './white-space.ts';

const space = `[${whiteSpace}]`;
const notSpace = `[^${whiteSpace}]`;
/** No word holds one of these. */
const nonWord = '[)";}\\]*:@\'({[‘’“”«»?!]';
const multipleMarks = `(?:-{2,}|\\.{2,}|(?:\\.${space}){2,}\\.)`;
const wordStart = '[^("`{[:;&#*@)}\\]\\-,]';

const possibleEnd = new RegExp(`[.?!](?=(?<after>${nonWord}|${space}+(?<next>${notSpace}+)))`, 'gu');
const words = new RegExp(
  `${multipleMarks}|(?=${wordStart})${notSpace}+?(?=${space}|$|${nonWord}|${multipleMarks}|,(?=$|${space}|${nonWord}|${multipleMarks}))|${notSpace}`,
  'gu',
);
/** Closing marks that belong to the sentence before them. */
const closingMarks = new RegExp(`^["')\\]}‘’“”«»]+?(?:${space}+|(?=--)|$)`, 'u');

/**
 * Abbreviations of English that a period does not end, as they occur in notes; `ill` and `ok` are states of the USA, and the
 * reference takes them for these wherever they stand. NLTK's trained model knows some more: other states, initials of names
 * and forms of companies.
 */
const abbreviations: ReadonlySet<string> = new Set(
  (
    'a.m p.m adm ave bros c.v co col corp cos ct dr fla ft gen ill inc jr lt ltd maj messrs mg mr mrs ms ok ore pa ph.d ' +
    'prof rep reps sen sr st u.k u.n u.s u.s.a va vs vt wash yr ' +
    'jan feb aug sep sept oct nov dec tues wed fri c d e f g h k l m n p r s t v w'
  ).split(' '),
);

/**
 * The sentences of a text in lower case, by the rules of Punkt (Kiss and Strunk 2006, doi 10.1162/coli.2006.32.4.485) as NLTK's
 * `sent_tokenize` applies them. In lower case few of its statistics matter: a period ends a sentence unless it follows an
 * abbreviation, or a number or single letter with a lower-case word behind it.
 *
 * The same sentences as NLTK's English model gives, but for abbreviations that are not listed here and for four odd words
 * (administrators, b-week, r-revised, z-holiday) that it lets begin a sentence after a number.
 */
export function sentences(text: string): string[] {
  const slices: { start: number; end: number }[] = [];
  let start = 0;
  for (const { end, next, context } of possibleEnds(text)) {
    if (!holdsEnd(context)) continue;
    slices.push({ start, end });
    start = next ?? end;
  }
  slices.push({ start, end: trimEnd(text).length });
  return realigned(text, slices);
}

interface PossibleEnd {
  /** Behind the mark. */
  readonly end: number;
  /** Where the next word begins, when white space is between. */
  readonly next: number | undefined;
  /** The word before, the mark, and what follows. */
  readonly context: string;
}

function possibleEnds(text: string): PossibleEnd[] {
  const found: (PossibleEnd & { readonly wordStart: number; readonly mark: number })[] = [];
  let before = { start: 0, end: 0 };
  for (const match of text.matchAll(possibleEnd)) {
    const mark = match.index;
    const { after = '', next } = match.groups ?? {};
    const between = text.slice(before.end, mark);
    const lastSpace = between.search(/[ \t\n\r\v\f][^ \t\n\r\v\f]*$/);
    const wordStart = lastSpace > 0 ? before.end + lastSpace + 1 : before.start;
    // Of marks that follow one word without a space, only the last can end a sentence.
    if (found.length > 0 && before.end > wordStart) found.pop();
    found.push({
      wordStart,
      mark,
      end: mark + 1,
      next: next === undefined ? undefined : mark + 1 + after.length - next.length,
      context: text.slice(wordStart, mark + 1) + after,
    });
    before = { start: wordStart, end: mark };
  }
  return found;
}

/** Whether a sentence ends before the last word of a context. */
function holdsEnd(context: string): boolean {
  const tokens = context.split('\n').flatMap((line) => line.match(words) ?? []);
  return tokens.some((token, i) => {
    const next = tokens[i + 1];
    return next !== undefined && endsSentence(token, next);
  });
}

function endsSentence(token: string, next: string): boolean {
  if (token === '.' || token === '?' || token === '!') return true;
  if (!token.endsWith('.') || token.endsWith('..')) return false;
  const word = token.slice(0, -1);
  if (abbreviations.has(word) || abbreviations.has(word.split('-').at(-1) ?? '')) return false;
  const numberOrLetter = /^-?[.,]?\p{Nd}[\p{Nd},.-]*\.?$/u.test(token) || /^[\p{L}_]\.$/u.test(token);
  return !(numberOrLetter && /^(?:\p{Ll}|[;:,.!?]$)/u.test(next));
}

/** Sentences with the closing marks that Punkt's boundaries cut off them. */
function realigned(text: string, slices: readonly { readonly start: number; readonly end: number }[]): string[] {
  const result: string[] = [];
  let taken = 0;
  for (const [i, { start, end }] of slices.entries()) {
    const from = start + taken;
    const following = slices[i + 1];
    const marks = following && closingMarks.exec(text.slice(following.start, following.end))?.[0];
    taken = marks?.length ?? 0;
    const to = following && marks !== undefined ? following.start + trimEnd(marks).length : end;
    if (to > from) result.push(text.slice(from, to));
  }
  return result;
}
