import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { noteHash } from '../../../../src/corrections/index.ts';
import type { NoteIndex } from '../../../../src/extension/notes/note-index.ts';
import { newDecision, newStore, urgent } from '../../corrections/decisions.ts';
import { userErrorOf } from '../../user-error.ts';
import { newIndex, openCache, otherModel, predictionFor, shownIds, startedIndex, TestWorkspace } from '../workspace.ts';

/** The next change that the index tells of. */
const nextChange = (index: NoteIndex) =>
  new Promise<{ noteIds: readonly string[]; rearranged: boolean }>((resolve) => {
    const registration = index.onDidChange((change) => {
      registration.dispose();
      resolve(change);
    });
  });

/** Tells the index of a file's event and waits until it was worked on. */
async function changed(index: NoteIndex, ...paths: readonly string[]): Promise<void> {
  for (const path of paths) index.fileChanged(path);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await index.settled();
}

describe('which files are notes', () => {
  it('is what the pattern says, in visible folders, and not what is excluded', async () => {
    const workspace = new TestWorkspace();
    for (const id of [
      'a.txt',
      'ward 3/b.md',
      'ward 3/deep/ß.note',
      'picture.png',
      '.reason2decide/c.txt',
      'node_modules/package/d.txt',
      'old/e.txt',
      'ward 3/old/f.txt',
      '.hidden.txt',
    ]) {
      workspace.write(id, 'chest pain');
    }
    const index = await startedIndex(workspace, { excluded: ['**/old'] });
    expect(shownIds(index)).toEqual(['a.txt', 'ward 3/b.md', 'ward 3/deep/ß.note']);
    const narrow = await startedIndex(workspace, { pattern: 'ward 3/*.md' });
    expect(shownIds(narrow)).toEqual(['ward 3/b.md']);
  });

  it('takes links to files, and no links to folders, which may lead in circles', async () => {
    const workspace = new TestWorkspace();
    workspace.write('a.txt', 'chest pain');
    symlinkSync(workspace.path('a.txt'), workspace.path('link.txt'));
    symlinkSync(workspace.root, workspace.path('circle'));
    symlinkSync(workspace.path('nowhere'), workspace.path('broken.txt'));
    expect(shownIds(await startedIndex(workspace))).toEqual(['a.txt', 'link.txt']);
  });

  it('names notes of a second folder so that they cannot be taken for those of the first', async () => {
    const workspace = new TestWorkspace();
    workspace.write('first/a.txt', 'one');
    workspace.write('second/a.txt', 'two');
    const first = new TestWorkspaceAt(workspace.path('first'));
    const index = await startedIndex(first, { otherRoots: [workspace.path('second')] });
    expect(shownIds(index)).toEqual(['../second/a.txt', 'a.txt']);
    expect(index.atPath(workspace.path('second/a.txt'))?.id).toBe('../second/a.txt');
  });

  it('is nothing in a folder that is not there', async () => {
    const workspace = new TestWorkspace();
    rmSync(workspace.root, { recursive: true });
    expect((await startedIndex(workspace)).size).toBe(0);
  });
});

describe("a note's state", () => {
  it('goes from not triaged over predicted to what was decided', async () => {
    const workspace = new TestWorkspace();
    workspace.write('a.txt', 'chest pain');
    const [cache, store] = [openCache(), newStore()];
    const index = await startedIndex(workspace, { cache, store });
    expect(index.get('a.txt')).toMatchObject({ state: 'not triaged', acuity: null, prediction: null });
    expect(index.toReview).toBe(1);

    cache.put(predictionFor('chest pain', { label: 'emergent', certainty: 0.75 }));
    await index.refresh('a.txt');
    expect(index.get('a.txt')).toMatchObject({
      state: 'predicted',
      acuity: { labelText: 'emergent', level: 2 },
      prediction: { certainty: 0.75 },
    });
    expect(index.toReview, 'a prediction alone is no review').toBe(1);

    const accepted = store.append(newDecision({ noteId: 'a.txt', noteText: 'chest pain' }));
    await index.refresh('a.txt');
    expect(index.state('a.txt')).toBe('accepted');
    expect(index.toReview).toBe(0);

    const corrected = store.append(
      newDecision({
        noteId: 'a.txt',
        noteText: 'chest pain',
        action: 'corrected',
        label: urgent,
        supersedes: accepted.sequence,
      }),
    );
    await index.refresh('a.txt');
    expect(index.get('a.txt')).toMatchObject({
      state: 'corrected',
      acuity: { labelText: 'urgent', level: 3 },
      prediction: { labelText: 'emergent', level: 2 },
    });

    store.append(
      newDecision({ noteId: 'a.txt', noteText: 'chest pain', action: 'undone', supersedes: corrected.sequence }),
    );
    await index.refresh('a.txt');
    expect(index.state('a.txt'), 'undone, the decision before it holds again').toBe('accepted');
  });

  it.each(['rejected', 'flagged'] as const)('is %s with the acuity of the prediction', async (action) => {
    const workspace = new TestWorkspace();
    workspace.write('a.txt', 'chest pain');
    const store = newStore();
    store.append(newDecision({ noteId: 'a.txt', noteText: 'chest pain', action }));
    const index = await startedIndex(workspace, { store });
    expect(index.get('a.txt')).toMatchObject({ state: action, acuity: { labelText: 'emergent', level: 2 } });
    expect(index.toReview).toBe(0);
  });

  it('asks for review again when the text changed after the decision, and not when it changed back', async () => {
    const workspace = new TestWorkspace();
    workspace.write('a.txt', 'chest pain');
    const [cache, store] = [openCache(), newStore()];
    store.append(newDecision({ noteId: 'a.txt', noteText: 'chest pain' }));
    const index = await startedIndex(workspace, { cache, store });
    expect(index.get('a.txt')).toMatchObject({ state: 'accepted', changedSince: null });

    workspace.write('a.txt', 'chest pain, now with fever');
    await changed(index, workspace.path('a.txt'));
    expect(index.get('a.txt')).toMatchObject({ state: 'not triaged', changedSince: 'accepted', acuity: null });
    expect(index.toReview).toBe(1);
    index.filter = new Set(['changed']);
    expect(shownIds(index)).toEqual(['a.txt']);

    cache.put(predictionFor('chest pain, now with fever', { label: 'urgent' }));
    expect(index.get('a.txt')).toMatchObject({ state: 'predicted', changedSince: 'accepted', acuity: { level: 3 } });
    expect(index.toReview).toBe(1);

    workspace.write('a.txt', 'chest pain');
    await changed(index, workspace.path('a.txt'));
    expect(index.get('a.txt')).toMatchObject({ state: 'accepted', changedSince: null });
    expect(index.toReview).toBe(0);
  });

  it('does not depend on line ends or a byte order mark, which the editor hides', async () => {
    const workspace = new TestWorkspace();
    workspace.write('windows.txt', 'chest pain\r\nHR 118\r\n');
    workspace.write('marked.txt', '\uFEFFchest pain\nHR 118\n');
    const store = newStore();
    for (const noteId of ['windows.txt', 'marked.txt']) {
      store.append(newDecision({ noteId, noteText: 'chest pain\nHR 118\n' }));
    }
    const index = await startedIndex(workspace, { store });
    expect([...index.all].map(({ state }) => state)).toEqual(['accepted', 'accepted']);
  });

  it('is not that of a part of the note, and tells how many parts were decided', async () => {
    const workspace = new TestWorkspace();
    workspace.write('a.txt', 'chest pain');
    const store = newStore();
    store.append(newDecision({ noteId: 'a.txt#0-5', noteText: 'chest' }));
    const index = await startedIndex(workspace, { store });
    expect(index.get('a.txt')).toMatchObject({ state: 'not triaged', decidedParts: 1 });

    const pain = newDecision({ noteId: 'a.txt#6-10', noteText: 'pain' });
    const { sequence } = store.append(pain);
    store.append(newDecision({ noteId: 'a.txt.bak#0-4', noteText: 'pain' }));
    await index.refresh('a.txt');
    expect(index.get('a.txt')?.decidedParts).toBe(2);
    store.append({ ...pain, action: 'undone', label: null, rationale: null, supersedes: sequence });
    await index.refresh('a.txt');
    expect(index.get('a.txt')).toMatchObject({ state: 'not triaged', decidedParts: 1 });
  });

  it('comes from the predictions of the model in use', async () => {
    const workspace = new TestWorkspace();
    workspace.write('a.txt', 'chest pain');
    workspace.write('b.txt', 'cough');
    const cache = openCache();
    cache.put(predictionFor('chest pain'));
    cache.put(predictionFor('cough', { modelFingerprint: otherModel }));
    const index = await startedIndex(workspace, { cache });
    expect([...index.all].map(({ state }) => state)).toEqual(['predicted', 'not triaged']);
    index.setModel(otherModel);
    expect(['a.txt', 'b.txt'].map((id) => index.state(id))).toEqual(['not triaged', 'predicted']);
    index.setModel(undefined);
    expect(index.toReview).toBe(2);
    expect(['a.txt', 'b.txt'].map((id) => index.state(id))).toEqual(['not triaged', 'not triaged']);
  });

  it('is shared by notes with the same text', async () => {
    const workspace = new TestWorkspace();
    for (const id of ['a.txt', 'copy.txt', 'b.txt']) workspace.write(id, id === 'b.txt' ? 'cough' : 'chest pain');
    const cache = openCache();
    cache.put(predictionFor('cough'));
    const index = await startedIndex(workspace, { cache });
    cache.put(predictionFor('chest pain'));
    expect([...index.all].map(({ state }) => state)).toEqual(['predicted', 'predicted', 'predicted']);
  });

  it('is not triaged for what is no text, however large', async () => {
    const workspace = new TestWorkspace();
    workspace.write('binary.txt', Uint8Array.of(0, 1, 2, 255));
    workspace.write('huge.txt', new Uint8Array(17 * 1024 * 1024).fill(0x61));
    const cache = openCache();
    cache.put(predictionFor('cough'));
    const index = await startedIndex(workspace, { cache });
    expect([...index.all].map(({ state }) => state)).toEqual(['not triaged', 'not triaged']);
    expect(index.get('huge.txt')?.noteHash).toBeUndefined();
  });
});

describe('files are followed', () => {
  it('when they come, change and go', async () => {
    const workspace = new TestWorkspace();
    workspace.write('a.txt', 'chest pain');
    const index = await startedIndex(workspace);
    await nextChange(index);
    workspace.write('b.txt', 'cough');
    workspace.write('c.png', 'no note');
    const told = nextChange(index);
    await changed(index, workspace.path('b.txt'), workspace.path('c.png'));
    expect(shownIds(index)).toEqual(['a.txt', 'b.txt']);
    expect(await told).toEqual({ noteIds: ['b.txt'], rearranged: true });
    rmSync(workspace.path('a.txt'));
    await changed(index, workspace.path('a.txt'));
    expect(shownIds(index)).toEqual(['b.txt']);
    expect(index.toReview).toBe(1);
    expect(index.atPath(workspace.path('a.txt'))).toBeUndefined();
  });

  it('when a folder is renamed, of which the editor tells only the folder', async () => {
    const workspace = new TestWorkspace();
    workspace.write('ward 3/a.txt', 'chest pain');
    workspace.write('ward 3/deep/b.txt', 'cough');
    const index = await startedIndex(workspace);
    renameSync(workspace.path('ward 3'), workspace.path('ward 4'));
    await changed(index, workspace.path('ward 3'));
    expect(shownIds(index)).toEqual(['ward 4/a.txt', 'ward 4/deep/b.txt']);
  });

  it('when a folder of notes is moved in', async () => {
    const workspace = new TestWorkspace();
    workspace.write('a.txt', 'chest pain');
    const outside = mkdtempSync(join(tmpdir(), 'reason2decide-outside-'));
    onTestFinished(() => rmSync(outside, { recursive: true, force: true }));
    const index = await startedIndex(workspace);
    mkdirSync(join(outside, 'ward'));
    new TestWorkspaceAt(join(outside, 'ward')).write('b.txt', 'cough');
    renameSync(join(outside, 'ward'), workspace.path('ward'));
    await changed(index, workspace.path('ward'));
    expect(shownIds(index)).toEqual(['a.txt', 'ward/b.txt']);
  });

  it('and not read when nothing depends on their text', async () => {
    const workspace = new TestWorkspace();
    workspace.write('a.txt', 'chest pain');
    const index = await startedIndex(workspace);
    expect(index.get('a.txt')?.noteHash).toBeUndefined();
  });

  it('and not read again, also by the next window, while time and size are the same', async () => {
    const workspace = new TestWorkspace();
    workspace.write('a.txt', 'chest pain');
    const cache = openCache(workspace.path('.reason2decide/predictions.db'));
    cache.put(predictionFor('chest pain'));
    (await startedIndex(workspace, { cache })).dispose();
    // Other words of the same length at the same time can only go unnoticed by who does not read them.
    workspace.write('a.txt', 'CHEST PAIN');
    workspace.touch('a.txt', 1_700_000_000);
    const next = await startedIndex(workspace, { cache });
    expect(next.get('a.txt')?.noteHash).toBe(noteHash('chest pain'));
    workspace.touch('a.txt', 1_700_000_001);
    await changed(next, workspace.path('a.txt'));
    expect(next.get('a.txt')?.noteHash).toBe(noteHash('CHEST PAIN'));
    expect(next.state('a.txt')).toBe('not triaged');
  });

  it('tells many changes at once', async () => {
    const workspace = new TestWorkspace();
    const ids = Array.from({ length: 40 }, (_, i) => `${i}.txt`);
    for (const id of ids) workspace.write(id, id);
    const cache = openCache();
    cache.put(predictionFor('another note'));
    const index = await startedIndex(workspace, { cache });
    await nextChange(index);
    const changes: number[] = [];
    index.onDidChange(({ noteIds }) => changes.push(noteIds.length));
    for (const id of ids) cache.put(predictionFor(id));
    await nextChange(index);
    expect(changes).toEqual([40]);
  });
});

describe('other windows', () => {
  it('show what they decided and predicted', async () => {
    const workspace = new TestWorkspace();
    workspace.write('a.txt', 'chest pain');
    workspace.write('b.txt', 'cough');
    const file = workspace.path('.reason2decide/predictions.db');
    const [cache, others] = [openCache(file), openCache(file)];
    const store = newStore();
    const index = await startedIndex(workspace, { cache, store });
    others.put(predictionFor('cough'));
    store.append(newDecision({ noteId: 'a.txt', noteText: 'chest pain' }));
    index.refreshFromOthers();
    await index.settled();
    expect(index.state('a.txt')).toBe('accepted');
    expect(index.state('b.txt')).toBe('predicted');
  });

  it('are not missed when this window decides about another note first', async () => {
    const workspace = new TestWorkspace();
    workspace.write('mine.txt', 'chest pain');
    workspace.write('theirs.txt', 'cough');
    const store = newStore();
    const index = await startedIndex(workspace, { store });
    store.append(newDecision({ noteId: 'theirs.txt', noteText: 'cough' }));
    store.append(newDecision({ noteId: 'mine.txt', noteText: 'chest pain' }));
    await index.refresh('mine.txt');
    expect(index.state('theirs.txt')).toBe('not triaged');
    index.refreshFromOthers();
    expect(index.state('theirs.txt')).toBe('accepted');
  });
});

describe('reading a note', () => {
  it('gives its text and hash as they are now', async () => {
    const workspace = new TestWorkspace();
    workspace.write('a.txt', 'old');
    const index = await startedIndex(workspace);
    workspace.write('a.txt', 'new\r\ntext');
    expect(await index.read('a.txt')).toEqual({ text: 'new\ntext', hash: noteHash('new\ntext') });
    expect(await index.knownHash('a.txt')).toBe(noteHash('new\ntext'));
    workspace.write('a.txt', 'newer');
    expect(await index.knownHash('a.txt')).toBeUndefined();
  });

  it('says what is wrong in one sentence', async () => {
    const workspace = new TestWorkspace();
    workspace.write('gone.txt', 'text');
    workspace.write('huge.txt', new Uint8Array(17 * 1024 * 1024));
    const index = await startedIndex(workspace);
    rmSync(workspace.path('gone.txt'));
    expect(await userErrorOf(() => index.read('gone.txt'))).toContain('gone.txt: the file is gone');
    expect(await userErrorOf(() => index.read('huge.txt'))).toContain('huge.txt: the file is too large');
    expect(await userErrorOf(() => index.read('never.txt'))).toContain('never.txt: the file is gone');
  });
});

it('lists nothing before somebody wants to see it, and only once', async () => {
  const workspace = new TestWorkspace();
  workspace.write('a.txt', 'chest pain');
  const index = newIndex(workspace);
  index.fileChanged(workspace.path('a.txt'));
  expect([index.started, index.size]).toEqual([false, 0]);
  await Promise.all([index.start(), index.start()]);
  expect([index.started, index.size]).toEqual([true, 1]);
});

/** A workspace in a folder that is there already. */
class TestWorkspaceAt extends TestWorkspace {
  override readonly root: string;

  constructor(root: string) {
    super();
    this.root = root;
  }
}
