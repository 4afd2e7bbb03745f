import { Random } from '../common/index.ts';
import type { Example } from '../dataset/index.ts';

/** Notes whose words are drawn from; more would add hardly a word. */
const notesOfWords = 20_000;
const phrasesOfNote = [1, 6] as const;
const wordsOfPhrase = [1, 6] as const;
/** Of the words, those that no note has, and numbers: what is quoted need not have been seen before. */
const unknownShare = 0.15;
const numberShare = 0.1;
const letters = [...'abcdefghijklmnopqrstuvwxyz'];

/**
 * Examples that can be answered only by quoting: the note is words thrown together, the rationale the same once more. Nothing about
 * them can be remembered, so the model learns to write what stands in its input; from rationales of real phrases it learns that
 * only slowly, because remembering them goes further at first. The word before the quotation makes its tokens those of the note.
 *
 * @param notes their words are the ones thrown together; none has to have a rationale.
 */
export function quotingExamples(notes: readonly Example[], count: number, seed: number): Example[] {
  const random = Random.derive(seed, 'quoting');
  const known = knownWords(notes);
  const several = <T>([fewest, most]: readonly [number, number], make: () => T): T[] =>
    Array.from({ length: random.integer(fewest, most) }, make);
  const word = (): string => {
    if (known.length === 0 || random.chance(unknownShare)) return several([3, 8], () => random.pick(letters)).join('');
    return random.chance(numberShare) ? String(random.integer(1, 300)) : random.pick(known);
  };
  return Array.from({ length: count }, () => {
    const phrases = several(phrasesOfNote, () => several(wordsOfPhrase, word).join(' '));
    const question = `${phrases.join(random.chance(0.5) ? ', ' : '. ')}.`;
    return { question, label: '', rationale: `Said: ${question}` };
  });
}

function knownWords(notes: readonly Example[]): string[] {
  const words = new Set<string>();
  for (const { question } of notes.slice(0, notesOfWords)) {
    for (const word of question.toLowerCase().match(/[a-z]{2,}/g) ?? []) words.add(word);
  }
  return [...words];
}
