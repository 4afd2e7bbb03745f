import { describe, expect, it } from 'vitest';
import type { NoteEntry } from '../../../../src/extension/notes/note-entry.ts';
import { comparisonFor, type NoteOrder } from '../../../../src/extension/notes/note-order.ts';
import { SortedNotes } from '../../../../src/extension/notes/sorted-notes.ts';
import { newDecision, newStore, urgent } from '../../corrections/decisions.ts';
import { openCache, predictionFor, shownIds, startedIndex, TestWorkspace } from '../workspace.ts';

function entry(id: string, changes: Partial<NoteEntry> = {}): NoteEntry {
  return {
    id,
    path: `/notes/${id}`,
    name: id,
    noteHash: undefined,
    state: 'not triaged',
    changedSince: null,
    acuity: null,
    prediction: null,
    decidedParts: 0,
    ...changes,
  };
}

function predicted(id: string, level: number | null, certainty = 0.5, expectedLevel = level): NoteEntry {
  const acuity = { labelText: `label ${level}`, level };
  return entry(id, { state: 'predicted', acuity, prediction: { ...acuity, certainty, expectedLevel } });
}

const sorted = (order: NoteOrder, entries: readonly NoteEntry[]) =>
  [...entries].sort(comparisonFor(order)).map(({ id }) => id);

describe('the order', () => {
  it('by urgency begins with level 1 and ends with notes that are not triaged', () => {
    const notes = [
      entry('new'),
      predicted('five', 5),
      predicted('none', null),
      predicted('one', 1),
      predicted('two', 2),
    ];
    expect(sorted('urgency', notes)).toEqual(['one', 'two', 'five', 'none', 'new']);
  });

  it('by urgency has first, within a level, what leans to more urgent ones', () => {
    expect(sorted('urgency', [predicted('a', 3, 0.6, 3.2), predicted('b', 3, 0.6, 2.7)])).toEqual(['b', 'a']);
  });

  it('by uncertainty begins with the least certain and ends with notes that are not triaged', () => {
    const notes = [entry('new'), predicted('sure', 1, 0.9), predicted('unsure', 5, 0.3)];
    expect(sorted('uncertainty', notes)).toEqual(['unsure', 'sure', 'new']);
  });

  it('by name takes numbers for numbers, and never takes two notes for the same', () => {
    const notes = ['note 10.txt', 'note 9.txt', 'Note 9.txt', 'ward/a.txt'].map((id) => entry(id));
    expect(sorted('name', notes)).toEqual(['Note 9.txt', 'note 9.txt', 'note 10.txt', 'ward/a.txt']);
    expect(sorted('name', notes.toReversed())).toEqual(sorted('name', notes));
  });

  it.each(['urgency', 'uncertainty', 'name'] as const)('by %s is kept by adding and removing', (order) => {
    const compare = comparisonFor(order);
    const list = new SortedNotes(compare);
    const present = new Map<string, NoteEntry>();
    // A walk through many states that is the same every time.
    for (let step = 0; step < 2000; step++) {
      const id = `${(step * 7919) % 97}.txt`;
      const old = present.get(id);
      if (old !== undefined) list.remove(old);
      present.delete(id);
      if (step % 5 !== 0) {
        const changed =
          step % 7 === 0 ? entry(id) : predicted(id, 1 + (step % 5), (step % 11) / 11, 1 + (step % 9) / 2);
        list.add(changed);
        present.set(id, changed);
      }
    }
    expect(list.entries.map(({ id }) => id)).toEqual([...present.values()].sort(compare).map(({ id }) => id));
    expect([...present.values()].every((each) => list.entries[list.indexOf(each) ?? -1] === each)).toBe(true);
  });
});

/** Notes a to e of levels 1 to 5, so that both orders are the same. */
async function fiveNotes() {
  const workspace = new TestWorkspace();
  const [cache, store] = [openCache(), newStore()];
  for (const [level, name] of ['a', 'b', 'c', 'd', 'e'].entries()) {
    workspace.write(`${name}.txt`, name);
    const label = ['resuscitation', 'emergent', 'urgent', 'maybe', 'unknown'][level] ?? '';
    cache.put(predictionFor(name, { label, level: level + 1, expectedLevel: level + 1 }));
  }
  const index = await startedIndex(workspace, { cache, store });
  expect(shownIds(index)).toEqual(['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt']);
  const decide = async (noteId: string, changes = {}) => {
    store.append(newDecision({ noteId, noteText: noteId.charAt(0), ...changes }));
    await index.refresh(noteId);
  };
  return { workspace, cache, index, decide };
}

describe('the way through the notes', () => {
  it('leads from one to the next and back, and ends at the ends', async () => {
    const { index } = await fiveNotes();
    expect(index.next('a.txt')?.id).toBe('b.txt');
    expect(index.previous('b.txt')?.id).toBe('a.txt');
    expect(index.next('e.txt')).toBeUndefined();
    expect(index.previous('a.txt')).toBeUndefined();
    expect(index.positionOf('c.txt')).toBe(3);
  });

  it('begins at the first note for a text that is none of them', async () => {
    const { index } = await fiveNotes();
    expect(index.next('untitled:Untitled-1')?.id).toBe('a.txt');
    expect(index.previous('untitled:Untitled-1')).toBeUndefined();
    expect(index.positionOf('untitled:Untitled-1')).toBeUndefined();
  });

  it('goes on from where the note was when the decision moved it', async () => {
    const { index, decide } = await fiveNotes();
    await decide('d.txt', { action: 'corrected', label: { id: 'resuscitation', text: 'resuscitation', level: 1 } });
    expect(index.positionOf('d.txt')).toBeLessThanOrEqual(2);
    expect(index.next('d.txt')?.id).toBe('e.txt');
    expect(index.previous('d.txt')?.id).toBe('c.txt');
  });

  it('forgets that place once the reviewer has moved on', async () => {
    const { index, decide } = await fiveNotes();
    await decide('d.txt', { action: 'corrected', label: { id: 'x', text: 'x', level: 0 } });
    expect(index.next('e.txt')).toBeUndefined();
    expect(index.positionOf('d.txt')).toBe(1);
    expect(index.next('d.txt')?.id).toBe('a.txt');
  });

  it('goes on from where the note was when the filter hides it now', async () => {
    const { index, decide } = await fiveNotes();
    index.filter = new Set(['predicted']);
    await decide('b.txt', { action: 'corrected', label: urgent });
    expect(shownIds(index)).toEqual(['a.txt', 'c.txt', 'd.txt', 'e.txt']);
    expect(index.positionOf('b.txt')).toBeUndefined();
    expect(index.next('b.txt')?.id).toBe('c.txt');
    expect(index.previous('b.txt')?.id).toBe('a.txt');
  });

  it('is the same when the note moved to just beside its place', async () => {
    const { index, decide } = await fiveNotes();
    await decide('b.txt', { action: 'corrected', label: { id: 'x', text: 'x', level: 3.5 } });
    expect(shownIds(index)).toEqual(['a.txt', 'c.txt', 'b.txt', 'd.txt', 'e.txt']);
    expect(index.next('b.txt')?.id).toBe('c.txt');
    expect(index.previous('b.txt')?.id).toBe('a.txt');
  });

  it('follows the filter and the order that are shown', async () => {
    const { index, decide } = await fiveNotes();
    await decide('c.txt');
    index.filter = new Set(['accepted']);
    expect(shownIds(index)).toEqual(['c.txt']);
    expect(index.size).toBe(5);
    index.filter = undefined;
    index.order = 'name';
    expect(shownIds(index)).toEqual(['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt']);
  });
});
