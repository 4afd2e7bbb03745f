/**
 * Who wrote a decision's rationale: the nurse anew, the nurse from the model's text, or the model, and the nurse accepted it
 * unchanged.
 */
export type RationaleSource = 'nurse' | 'nurse-post-processed' | 'nurse-accepted';

/** Words in a row that two texts must share before they count as taken over: fewer meet by chance, as in `SpO2 is low`. */
const RUN = 3;
/** The share of the shorter text that must be taken over before the longer one counts as made from it. */
const TAKEN_OVER = 0.5;

/**
 * Tells where a rationale comes from.
 *
 * - The same as a text of the model, white space aside: `nurse-accepted`.
 * - Edited: of the words of the shorter of the two texts, half or more stand in the other too, in runs of three or more.
 *   Measured on the shorter text, both a rationale that was cut down to one sentence and one that was kept whole and
 *   extended count as edited; since runs may move, so does one whose sentences were put in another order. Case and
 *   punctuation at the ends of words do not matter here: `nurse-post-processed`.
 * - Otherwise it was written anew: `nurse`. So was one of two words, and every one where the model wrote nothing.
 *
 * @param modelTexts what the model wrote and the reviewer saw.
 * @returns null where there is no rationale.
 */
export function rationaleSource(
  rationale: string | null,
  modelTexts: readonly (string | null)[],
): RationaleSource | null {
  if (rationale === null || rationale.trim() === '') return null;
  const texts = modelTexts.filter((text) => text !== null && text.trim() !== '') as string[];
  if (texts.some((text) => sameText(text, rationale))) return 'nurse-accepted';
  return texts.some((text) => isEdited(text, rationale)) ? 'nurse-post-processed' : 'nurse';
}

const sameText = (a: string, b: string) => collapse(a) === collapse(b);

const collapse = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();

function isEdited(before: string, after: string): boolean {
  const [shorter = [], longer = []] = [words(before), words(after)].sort((a, b) => a.length - b.length);
  const known = new Set(runs(longer));
  const taken = new Set<number>();
  for (const [start, text] of runs(shorter).entries()) {
    if (known.has(text)) for (let offset = 0; offset < RUN; offset++) taken.add(start + offset);
  }
  return taken.size > 0 && taken.size >= TAKEN_OVER * shorter.length;
}

function words(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}%]+$/gu, ''))
    .filter((word) => word !== '');
}

/** Every run of words, by where it starts. */
function runs(list: readonly string[]): string[] {
  return Array.from({ length: Math.max(0, list.length - RUN + 1) }, (_, start) =>
    list.slice(start, start + RUN).join(' '),
  );
}
