import { describe, expect, test } from 'vitest';
import { note, notes, processOf, until } from '../../engine/engine.ts';
import { acceptance, editableNote, noteHash, refusalOf, startReview } from './review-parts.ts';

describe('triage of the note on screen', () => {
  test('shows the level first and the rationale as it is written, then all of it, and keeps it', async () => {
    const { session, streamed, activities, cache, kept, triage } = startReview();
    await session.show(editableNote('a.txt', note));
    expect(session.state()).toMatchObject({
      activity: { kind: 'idle' },
      prediction: null,
      note: { state: 'not triaged' },
    });
    await triage();
    const { prediction, labels, note: shown } = session.state();
    expect(activities).toEqual(['idle', 'loading model', 'predicting', 'streaming', 'done']);
    expect(labels.map(({ level }) => level)).toEqual([1, 2, 3, 4, 5]);
    expect(shown).toMatchObject({ hash: noteHash(note), state: 'predicted' });
    expect(streamed.length).toBeGreaterThan(5);
    expect(streamed.every((text, i) => i === 0 || text.length >= (streamed[i - 1]?.length ?? 0))).toBe(true);
    expect(prediction?.rationale).toBe(streamed.at(-1));
    expect(cache.get(noteHash(note), session.prediction?.model.fingerprint ?? '')?.rationale).toBe(
      prediction?.rationale,
    );
    expect(kept).toEqual(['a.txt']);
  });

  test('reads the text as it stands in the editor at that moment', async () => {
    const { session, triage } = startReview();
    const edited = editableNote('a.txt', 'not this');
    await session.show(edited);
    edited.text = note;
    await triage();
    expect(session.state().prediction?.noteHash).toBe(noteHash(note));
  });

  test.each([
    ['empty', '  \n', /^a\.txt is empty; .*\.$/],
    ['binary', 'GIF89a\0\u0001\u0002', /^a\.txt is not a text; .*\.$/],
    ['of 10 MB', 'pain '.repeat(2_000_000), /^a\.txt has 10\.0 MB, and at most 1\.0 MB can be triaged; .*\.$/],
    ['gone', undefined, /^a\.txt is not there any more; .*\.$/],
  ])('is refused in one sentence for a note that is %s', async (_, text, sentence) => {
    const { session, client, triage } = startReview();
    const target = editableNote('a.txt', '');
    target.text = text;
    await session.show(target);
    if (text?.trim() === '') expect(session.state().activity, 'somebody begins to write').toEqual({ kind: 'idle' });
    await triage();
    const { activity, prediction } = session.state();
    expect(activity).toEqual({ kind: 'failed', message: expect.stringMatching(sentence), about: 'note' });
    expect(prediction).toBeNull();
    expect(client.processId, 'the engine is not even started').toBeUndefined();
  });

  test('is given up when another note comes on screen, which never shows what belongs to the first', async () => {
    const { session, streamed, triage } = startReview();
    await session.show(editableNote('a.txt', note));
    const first = await session.triage();
    await until('the first words', () => streamed.length > 0);
    const [other = ''] = notes(1);
    await session.show(editableNote('b.txt', other));
    const soFar = streamed.length;
    await first.finished;
    expect(session.state()).toMatchObject({ note: { id: 'b.txt' }, prediction: null, activity: { kind: 'idle' } });
    expect(streamed.length).toBe(soFar);
    await triage();
    expect(session.state().prediction?.noteHash).toBe(noteHash(other));
  });

  test('is shown from the cache when the reviewer comes back, without the engine', async () => {
    const { session, client, triage } = startReview();
    const first = editableNote('a.txt', note);
    await session.show(first);
    await triage();
    const { prediction } = session.state();
    await session.show(editableNote('b.txt', 'another'));
    await client.dispose();
    await session.show(first);
    expect(session.state()).toMatchObject({ prediction, activity: { kind: 'done' }, note: { state: 'predicted' } });
  });

  test('is repeated by itself when the engine is killed in the middle of it', async () => {
    const { session, client, streamed, activities, triage } = startReview();
    await session.show(editableNote('a.txt', note));
    const finished = triage();
    await until('the first words', () => streamed.length > 2);
    process.kill(processOf(client), 'SIGKILL');
    await finished;
    expect(activities).toEqual([
      'idle',
      'loading model',
      'predicting',
      'streaming',
      'restarting',
      'predicting',
      'streaming',
      'done',
    ]);
    expect(session.state().prediction?.rationale).toBe(streamed.at(-1));
  });

  test('says in one sentence that the model cannot be used', async () => {
    const { session, triage } = startReview({ model: '/nowhere/model' });
    await session.show(editableNote('a.txt', note));
    await triage();
    expect(session.state().activity).toEqual({
      kind: 'failed',
      message: expect.stringMatching(/^\/nowhere\/model: there is no such model folder\.$/),
      about: 'model',
    });
  });
});

describe('a decision', () => {
  test('is answered when it can be read again, with the prediction and the text that it is about', async () => {
    const { session, store, triage } = startReview();
    await session.show(editableNote('a.txt', note));
    await triage();
    const { prediction } = session.state();
    const { sequence } = await session.decide(acceptance(session, { comment: ' agreed ' }));
    expect(store.latest('a.txt')).toMatchObject({
      sequence,
      noteText: note,
      noteHash: noteHash(note),
      predictionId: prediction?.id,
      action: 'accepted',
      rationaleSource: 'nurse-accepted',
      label: { id: prediction?.labelId },
      rationale: prediction?.rationale,
      comment: 'agreed',
      reviewer: 'N. Nightingale',
      supersedes: null,
    });
    expect(session.state()).toMatchObject({ note: { state: 'accepted' }, decisions: [{ sequence, current: true }] });
  });

  test('that corrects keeps the reviewer’s level and words, and supersedes the one before', async () => {
    const { session, store, triage } = startReview();
    await session.show(editableNote('a.txt', note));
    await triage();
    const before = await session.decide(acceptance(session));
    const after = await session.decide(
      acceptance(session, { action: 'corrected', labelId: 'resuscitation', rationale: 'Shock: pale, BP 92/60.' }),
    );
    expect(store.latest('a.txt')).toMatchObject({
      action: 'corrected',
      label: { id: 'resuscitation', level: 1 },
      rationale: 'Shock: pale, BP 92/60.',
      rationaleSource: 'nurse',
      supersedes: before.sequence,
    });
    expect(session.state().decisions.map(({ sequence, current }) => [sequence, current])).toEqual([
      [after.sequence, true],
      [before.sequence, false],
    ]);
  });

  test('that takes the model’s rationale for the reviewer’s level says that it was the model’s', async () => {
    const { session, store, triage } = startReview();
    await session.show(editableNote('a.txt', note));
    await triage();
    const shown: string[] = [];
    const offered = await session.explain(
      { noteId: 'a.txt', noteHash: noteHash(note), labelId: 'urgent' },
      { signal: new AbortController().signal, onRationale: (text) => shown.push(text) },
    );
    expect(shown.at(-1)).toBe(offered);
    await session.decide(acceptance(session, { action: 'corrected', labelId: 'urgent', rationale: offered }));
    expect(store.latest('a.txt')).toMatchObject({ offeredRationale: offered, rationaleSource: 'nurse-accepted' });
  });

  test('about a text that changed since is refused as stale, and saved for the earlier text only when asked', async () => {
    const { session, store, triage } = startReview();
    const edited = editableNote('a.txt', note);
    await session.show(edited);
    await triage();
    const request = acceptance(session);
    edited.text = `${note} Now pale.`;
    expect((await refusalOf(session.decide(request))).reason).toBe('stale');
    expect(store.count()).toBe(0);
    expect(session.state().note?.hash).toBe(noteHash(edited.text));
    await session.decide({ ...request, forEarlierText: true });
    expect(store.latest('a.txt')).toMatchObject({ noteText: note, noteHash: noteHash(note) });
    expect(session.state().note?.state, 'the text as it is now was not reviewed').toBe('not triaged');
  });

  test('lands nowhere when another note came on screen while the reviewer’s name was asked for', async () => {
    const name = Promise.withResolvers<string>();
    const { session, store, triage } = startReview({ parts: { reviewerName: () => name.promise } });
    await session.show(editableNote('a.txt', note));
    await triage();
    const decided = refusalOf(session.decide(acceptance(session)));
    await session.show(editableNote('b.txt', note));
    name.resolve('N. Nightingale');
    expect((await decided).reason).toBe('other');
    expect(store.count()).toBe(0);
  });

  test.each([
    ['another note', { noteId: 'b.txt' }],
    ['another prediction', { predictionId: 'of yesterday' }],
    ['another text', { noteHash: noteHash('another') }],
    ['a level that the model does not have', { action: 'corrected', labelId: 'level 9' }],
  ] as const)('that names %s than what is on screen is refused', async (_, changes) => {
    const { session, store, triage } = startReview();
    await session.show(editableNote('a.txt', note));
    await triage();
    expect((await refusalOf(session.decide(acceptance(session, changes)))).message).toMatch(/^[^\n]+\.$/);
    expect(store.count()).toBe(0);
  });

  test('cannot accept a rationale that is still being written', async () => {
    const { session, store, streamed } = startReview();
    await session.show(editableNote('a.txt', note));
    const { finished } = await session.triage();
    await until('the first words', () => streamed.length > 0);
    expect((await refusalOf(session.decide(acceptance(session)))).message).toContain('not whole yet');
    expect(store.count()).toBe(0);
    await finished;
  });

  test('is undone by a row of its own, after which the one before stands again', async () => {
    const { session, store, triage } = startReview();
    await session.show(editableNote('a.txt', note));
    await triage();
    const first = await session.decide(acceptance(session));
    const second = await session.decide(acceptance(session, { action: 'rejected', labelId: null, rationale: null }));
    expect(session.state().note?.state).toBe('rejected');
    await session.undo('a.txt', second.sequence);
    expect(session.currentDecision?.sequence).toBe(first.sequence);
    expect(session.state().note?.state).toBe('accepted');
    expect((await refusalOf(session.undo('a.txt', second.sequence))).message).toContain('nothing to undo');
    await session.undo('a.txt', first.sequence);
    expect(session.state().note?.state).toBe('predicted');
    expect(store.history('a.txt').map(({ action }) => action)).toEqual(['accepted', 'rejected', 'undone', 'undone']);
  });
});
