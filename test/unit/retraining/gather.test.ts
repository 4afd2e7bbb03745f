import { describe, expect, it } from 'vitest';
import { gatherCorrections, splitByNote, textKey } from '../../../src/retraining/index.ts';
import { userErrorOf } from '../user-error.ts';
import { LABELS, openToRead, storeOf, type TestDecision } from './corrections.ts';

const gathered = (decisions: readonly TestDecision[]) =>
  openToRead(storeOf(decisions), (store) => gatherCorrections(store, LABELS));

describe('what teaches', () => {
  it('is the decision that stands on each note, accepted or corrected', () => {
    const { corrections, leftOut } = gathered([
      { noteId: 'a', note: 'chest pain', level: 3 },
      { noteId: 'a', note: 'chest pain', level: 2, supersedes: 1 },
      { noteId: 'b', note: 'cut finger', level: 5, action: 'accepted' },
      { noteId: 'c', note: 'dizzy', action: 'rejected' },
      { noteId: 'd', note: 'faint', action: 'flagged' },
      { noteId: 'e', note: 'rash', level: 4 },
      { noteId: 'e', note: 'rash', action: 'undone', supersedes: 6 },
    ]);
    expect(corrections.map(({ sequence, label }) => [sequence, label])).toEqual([
      [2, 'emergent'],
      [3, 'non-urgent'],
    ]);
    expect(leftOut).toEqual({ rejected: 1, flagged: 1, otherLabels: 0, repeated: 0 });
  });

  it('is the latest of decisions that contradict each other on the same text, and they are reported', () => {
    const { corrections, contradictions, leftOut } = gathered([
      { noteId: 'a', note: 'Chest pain,  HR 80', level: 3 },
      { noteId: 'b', note: 'chest pain, HR 80\n', level: 2 },
      { noteId: 'c', note: 'chest pain, hr 80', level: 2 },
      { noteId: 'd', note: 'chest pain, HR 81', level: 4 },
    ]);
    expect(corrections.map(({ sequence, label }) => [sequence, label])).toEqual([
      [3, 'emergent'],
      [4, 'less urgent'],
    ]);
    expect(contradictions).toEqual([{ kept: 3, contradicted: [1] }]);
    expect(leftOut.repeated).toBe(1);
  });

  it('leaves out labels that the model does not have', async () => {
    const read = (labels: typeof LABELS) => () =>
      openToRead(storeOf([{ note: 'chest pain', level: 2 }]), (store) => gatherCorrections(store, labels));
    expect(read(LABELS)().corrections).toHaveLength(1);
    expect(await userErrorOf(read(LABELS.slice(2)))).toContain('this model does not have');
  });

  it('is nothing in an empty store, or where all was rejected: each in a sentence of its own', async () => {
    expect(await userErrorOf(() => gathered([]))).toContain('no decision to learn from yet');
    expect(await userErrorOf(() => gathered([{ note: 'dizzy', action: 'rejected' }]))).toContain('rejections or flags');
  });
});

describe('the split by note', () => {
  const correctionsOf = (decisions: readonly TestDecision[]) => gathered(decisions).corrections;
  const many = Array.from({ length: 200 }, (_, i) => ({
    noteId: `n${i}`,
    note: `note number ${i}`,
    level: 1 + (i % 5),
  }));
  const ids = (corrections: readonly { readonly noteId: string }[]) => corrections.map(({ noteId }) => noteId);

  it('gives every correction one side, and about the share that is asked for is held out', () => {
    const { taught, heldOut } = splitByNote(correctionsOf(many), 0.25, 1);
    expect(ids([...taught, ...heldOut]).sort()).toEqual(many.map(({ noteId }) => noteId).sort());
    // 50 expected; four standard deviations of the binomial are 24.5.
    expect(Math.abs(heldOut.length - 50)).toBeLessThan(25);
  });

  it('is the same for the same seed, another for another, and stays where it was when more is decided', () => {
    const corrections = correctionsOf(many);
    const first = ids(splitByNote(corrections, 0.25, 1).heldOut);
    expect(ids(splitByNote(corrections.toReversed(), 0.25, 1).heldOut)).toEqual(first);
    expect(ids(splitByNote(corrections, 0.25, 2).heldOut)).not.toEqual(first);
    const before = ids(splitByNote(corrections.slice(0, 100), 0.25, 1).heldOut);
    expect(first.filter((id) => Number(id.slice(1)) < 100)).toEqual(before);
  });

  it('never has selections of one note on both sides, however many there are', () => {
    const decisions = Array.from({ length: 60 }, (_, i) => [
      { noteId: `n${i}#0-10`, note: `first part ${i}`, level: 1 },
      { noteId: `n${i}#20-40`, note: `second part ${i}`, level: 2 },
    ]).flat();
    const { taught, heldOut } = splitByNote(correctionsOf(decisions), 0.5, 3);
    const notes = (side: typeof taught) => new Set(side.map(({ noteId }) => noteId.split('#')[0]));
    expect([...notes(taught)].filter((note) => notes(heldOut).has(note))).toEqual([]);
    expect(Math.min(taught.length, heldOut.length)).toBeGreaterThan(0);
  });

  it('never has two names of one text on both sides', () => {
    // One text under two names teaches once; its other selections follow it through either name.
    const decisions = Array.from({ length: 60 }, (_, i) => [
      { noteId: `a${i}#0-5`, note: `shared ${i}`, level: 1 },
      { noteId: `a${i}#6-9`, note: `only in a ${i}`, level: 2 },
      { noteId: `b${i}`, note: `SHARED ${i}`, level: 1 },
    ]).flat();
    const { taught, heldOut } = splitByNote(correctionsOf(decisions), 0.5, 3);
    const keys = new Set(taught.map(({ key }) => key));
    expect(heldOut.filter(({ key }) => keys.has(key))).toEqual([]);
  });

  it('knows a text whatever its case, its white space and the form of its characters', () => {
    expect(textKey(' Fever\n38 ℃')).toBe(textKey('fever 38 °C'));
    expect(textKey('fever 38')).not.toBe(textKey('fever 39'));
  });
});
