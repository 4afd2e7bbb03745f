import { Random } from '../common/index.ts';
import type { Correction } from './gather.ts';

export interface Split {
  readonly taught: readonly Correction[];
  readonly heldOut: readonly Correction[];
}

/**
 * Divides corrections into those that teach and those that are held out to ask about. Whole notes are divided: corrections on the
 * same text, or on selections of the same note, are never on both sides. The side is drawn from the seed and the note's own text
 * alone, so a note that was held out once is held out in every later retraining with that seed, whatever has come since.
 *
 * @param share of the notes to hold out, 0 to 1.
 */
export function splitByNote(corrections: readonly Correction[], share: number, seed: number): Split {
  const taught: Correction[] = [];
  const heldOut: Correction[] = [];
  for (const group of notesOf(corrections)) {
    const first = group[0];
    if (first === undefined) continue;
    const side = Random.derive(seed, 'held-out', first.key).chance(share) ? heldOut : taught;
    side.push(...group);
  }
  const bySequence = (a: Correction, b: Correction) => a.sequence - b.sequence;
  return { taught: taught.sort(bySequence), heldOut: heldOut.sort(bySequence) };
}

/** Corrections that are linked by a text or a note in common, each group with its oldest first. */
function notesOf(corrections: readonly Correction[]): Correction[][] {
  const groupOf = new Map<string, Correction[]>();
  const groups = new Set<Correction[]>();
  for (const correction of [...corrections].sort((a, b) => a.sequence - b.sequence)) {
    const links = [`text ${correction.key}`, `note ${withoutSelection(correction.noteId)}`];
    const linked = new Set(links.flatMap((link) => groupOf.get(link) ?? []));
    const met = new Set(links.flatMap((link) => (groupOf.has(link) ? [groupOf.get(link) as Correction[]] : [])));
    const merged = [...linked, correction].sort((a, b) => a.sequence - b.sequence);
    for (const group of met) groups.delete(group);
    groups.add(merged);
    for (const { key, noteId } of merged) {
      groupOf.set(`text ${key}`, merged);
      groupOf.set(`note ${withoutSelection(noteId)}`, merged);
    }
  }
  return [...groups];
}

/** A selection's note: `notes/a.txt#10-200` is part of `notes/a.txt`. */
const withoutSelection = (noteId: string): string => noteId.replace(/#\d+-\d+$/, '');
