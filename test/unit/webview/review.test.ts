import { expect, test } from 'vitest';
import type {
  Answer,
  FromPage,
  RequestMessage,
  RequestName,
  Requests,
  ReviewState,
  ToPage,
} from '../../../src/extension/sidebar/messages.ts';
import { Review } from '../../../webview/review.ts';
import { decision, draft, modelsRationale, note, prediction, reviewState } from './builders.ts';

/** A review whose host is the test. */
class Desk {
  readonly sent: FromPage[] = [];
  kept: unknown;
  readonly review = new Review(
    {
      postMessage: (message) => void this.sent.push(message),
      getState: () => this.kept,
      setState: (state) => {
        this.kept = state;
      },
    },
    () => {},
    () => {},
  );

  show(changes: Partial<ReviewState> = {}): this {
    this.review.receive({ type: 'state', state: reviewState(changes) });
    return this;
  }

  requests<Name extends RequestName>(name: Name): RequestMessage<Name>[] {
    return this.sent.filter((message) => message.type === 'request' && message.name === name) as RequestMessage<Name>[];
  }

  async answer<Name extends RequestName>(name: Name, answer: Answer<Requests[Name]['result']>): Promise<void> {
    const request = this.requests(name).at(-1);
    if (request === undefined) throw new Error(`The page did not ask for ${name}.`);
    this.review.receive({ type: 'reply', id: request.id, name, answer } as ToPage);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const saved = { ok: { sequence: 8, decidedAt: '2026-03-02T08:20:00.000Z' } };
const noteB = { note: { ...note, id: 'b.txt', name: 'b.txt' }, prediction: { ...prediction, id: 'prediction-b' } };

test('saved is said only after the answer, and with the name of the note that it is about', async () => {
  const desk = new Desk().show();
  desk.review.decide('accept');
  expect(desk.review.pending).toBe('accept');
  expect(desk.review.notice).toBeUndefined();
  desk.show(noteB);
  await desk.answer('decide', saved);
  expect(desk.review.notice).toMatchObject({ kind: 'saved', text: 'Saved: ed-0071.txt accepted as 2 emergent.' });
});

test('while a decision is being saved nothing else is decided', () => {
  const desk = new Desk().show();
  desk.review.decide('accept');
  desk.review.decide('accept');
  desk.review.decide('reject');
  expect(desk.requests('decide')).toHaveLength(1);
});

test('a saved correction lets go of its draft, unless the reviewer typed on meanwhile', async () => {
  const desk = new Desk().show();
  desk.review.setRationale('Mine.');
  desk.review.decide('correct');
  await desk.answer('decide', saved);
  expect(desk.requests('dropDraft')).toHaveLength(1);
  expect(desk.review.form?.rationale).toBe(modelsRationale);

  const typing = new Desk().show();
  typing.review.setRationale('Mine.');
  typing.review.decide('correct');
  typing.review.setRationale('Mine, longer.');
  await typing.answer('decide', saved);
  expect(typing.requests('dropDraft')).toEqual([]);
  expect(typing.review.form?.rationale).toBe('Mine, longer.');
});

test('flagging keeps the text of the form and takes the comment', async () => {
  const desk = new Desk().show();
  desk.review.setRationale('Mine.');
  desk.review.setComment('CT first?');
  desk.review.decide('flag');
  expect(desk.requests('decide')[0]?.body).toMatchObject({ action: 'flagged', comment: 'CT first?', rationale: null });
  await desk.answer('decide', saved);
  expect(desk.review.form).toMatchObject({ rationale: 'Mine.', comment: '' });
});

test('what was saved is still said over the next note, until something happens there', async () => {
  const desk = new Desk().show();
  desk.review.decide('accept');
  await desk.answer('decide', saved);
  const next = { note: { ...note, id: 'b.txt' }, prediction: null };
  desk.show({ ...next, activity: { kind: 'idle' } });
  expect(desk.review.notice?.kind).toBe('saved');
  desk.show({ ...next, activity: { kind: 'predicting' } });
  expect(desk.review.notice).toBeUndefined();
});

test('a refusal keeps the draft and shows the sentence', async () => {
  const desk = new Desk().show();
  desk.review.setRationale('Mine.');
  desk.review.decide('correct');
  await desk.answer('decide', { error: 'The disk is full.', reason: 'other' });
  expect(desk.review.notice).toMatchObject({ kind: 'failed', text: 'The disk is full.' });
  expect(desk.review.form?.rationale).toBe('Mine.');
  expect(desk.review.pending).toBeUndefined();
});

test('when the extension sees the change of the note first, the page asks, and the answer is sent', async () => {
  const desk = new Desk().show();
  desk.review.decide('accept');
  await desk.answer('decide', { error: 'The note has changed.', reason: 'stale' });
  const choice = desk.review.question?.choices[1]?.choice;
  if (choice === undefined) throw new Error('The page asked nothing.');
  desk.review.choose(choice);
  expect(desk.requests('decide').at(-1)?.body).toMatchObject({ forEarlierText: true, noteHash: 'hash-1' });
});

test('a command about another note or prediction than the one on screen decides nothing', () => {
  const desk = new Desk().show(noteB);
  desk.review.receive({ type: 'perform', command: 'accept', noteId: 'ed-0071.txt', predictionId: 'prediction-1' });
  desk.review.receive({ type: 'perform', command: 'accept', noteId: 'b.txt', predictionId: 'prediction-1' });
  expect(desk.requests('decide')).toEqual([]);
  expect(desk.review.notice?.kind).toBe('failed');
  desk.review.receive({ type: 'perform', command: 'accept', noteId: 'b.txt', predictionId: 'prediction-b' });
  expect(desk.requests('decide')).toHaveLength(1);
});

test('a question is not carried over to another note', () => {
  const desk = new Desk().show();
  desk.review.decide('flag');
  expect(desk.review.question).toBeDefined();
  desk.show(noteB);
  expect(desk.review.question).toBeUndefined();
});

test('text that was typed is there again after other notes and after a reload', () => {
  const desk = new Desk().show();
  desk.review.setRationale('Mine.');
  desk.show(noteB);
  expect(desk.review.form?.rationale).toBe(modelsRationale);
  desk.show();
  expect(desk.review.form?.rationale).toBe('Mine.');
  expect(desk.requests('keepDraft').map(({ body }) => body.rationale)).toEqual(['Mine.']);

  const reloaded = new Desk();
  reloaded.kept = desk.kept;
  const anew = new Review(
    { postMessage: () => {}, getState: () => desk.kept, setState: () => {} },
    () => {},
    () => {},
  );
  anew.receive({ type: 'state', state: reviewState() });
  expect(anew.form?.rationale).toBe('Mine.');
});

test('typed text stays when the model’s rationale becomes whole', () => {
  const desk = new Desk().show({ activity: { kind: 'streaming' }, prediction: { ...prediction, rationale: 'Ple' } });
  desk.review.setRationale('Mine.');
  desk.review.receive({ type: 'rationale', predictionId: 'prediction-1', text: 'Pleuritic' });
  desk.show();
  expect(desk.review.form?.rationale).toBe('Mine.');
  expect(desk.review.state?.prediction?.rationale).toBe(modelsRationale);
});

test('the rationale of another prediction is not shown', () => {
  const desk = new Desk().show({ activity: { kind: 'streaming' }, prediction: { ...prediction, rationale: 'Ple' } });
  desk.review.receive({ type: 'rationale', predictionId: 'prediction-0', text: 'Fever' });
  expect(desk.review.state?.prediction?.rationale).toBe('Ple');
});

test('the rationale for a chosen level is offered, taken only when asked to, and what it replaced can come back', async () => {
  const desk = new Desk().show();
  desk.review.setRationale('Mine.');
  desk.review.setLevel('urgent');
  const writing = desk.review.writeRationale('urgent');
  const [request] = desk.requests('explain');
  expect(request?.body).toEqual({ noteId: 'ed-0071.txt', noteHash: 'hash-1', labelId: 'urgent' });
  desk.review.receive({ type: 'explaining', id: request?.id ?? 0, text: 'Stable' });
  expect(desk.review.offer).toEqual({ labelId: 'urgent', text: 'Stable', state: 'writing' });
  await desk.answer('explain', { ok: { rationale: 'Stable for now.' } });
  await writing;
  expect(desk.review.form?.rationale).toBe('Mine.');
  expect(desk.review.announced).toContain('Stable for now.');
  desk.review.takeOffer();
  expect(desk.review.form?.rationale).toBe('Stable for now.');
  desk.review.putBack();
  expect(desk.review.form?.rationale).toBe('Mine.');
});

test('another level gives up the offer for the one before, and a late answer changes nothing', async () => {
  const desk = new Desk().show();
  desk.review.setLevel('urgent');
  void desk.review.writeRationale('urgent');
  desk.review.setLevel('less-urgent');
  expect(desk.sent).toContainEqual({ type: 'cancel', id: desk.requests('explain')[0]?.id });
  await desk.answer('explain', { ok: { rationale: 'Stable for now.' } });
  expect(desk.review.offer).toBeUndefined();
});

test('undo names the decision that holds for the note on screen', async () => {
  const desk = new Desk().show({ decisions: [decision({ sequence: 7, current: true })] });
  const undoing = desk.review.undo();
  expect(desk.requests('undo')[0]?.body).toEqual({ noteId: 'ed-0071.txt', sequence: 7 });
  await desk.answer('undo', { ok: { sequence: 8 } });
  await undoing;
  expect(desk.review.notice).toMatchObject({ kind: 'undone', text: 'Undone: accepted as 2 emergent.' });
});

test('text about an earlier version of the note is offered, brought over or discarded, never lost by itself', () => {
  const earlier = draft({ noteHash: 'hash-0', rationale: 'Written before.', comment: 'Ask.', labelId: 'urgent' });
  const desk = new Desk().show({ drafts: [earlier] });
  expect(desk.review.form?.rationale).toBe(modelsRationale);
  desk.review.setRationale('Written now.');
  desk.review.bringEarlierDraft();
  expect(desk.review.form).toMatchObject({ labelId: 'urgent', rationale: 'Written before.', comment: 'Ask.' });
  expect(desk.review.replaced).toBe('Written now.');
  expect(desk.review.earlierDraft).toBeUndefined();
  expect(desk.requests('dropDraft')[0]?.body).toEqual({ noteId: 'ed-0071.txt', noteHash: 'hash-0' });
});
