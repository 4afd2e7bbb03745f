import { describe, expect, test } from 'vitest';
import { UserError } from '../../../../src/common/index.ts';
import { EngineError } from '../../../../src/engine/index.ts';
import { Refusal } from '../../../../src/extension/review/refusal.ts';
import type { RequestHandlers } from '../../../../src/extension/sidebar/answers.ts';
import type { Draft, RequestMessage, ReviewState, ToPage } from '../../../../src/extension/sidebar/messages.ts';
import { PageHost } from '../../../../src/extension/sidebar/page-host.ts';

const empty: ReviewState = {
  note: null,
  queue: { position: null, total: 0, order: 'by name', hasNext: false, hasPrevious: false },
  labels: [],
  activity: { kind: 'idle' },
  prediction: null,
  decisions: [],
  drafts: [],
  shortcuts: {
    triage: null,
    accept: null,
    correct: null,
    reject: null,
    flag: null,
    undo: null,
    nextNote: null,
    previousNote: null,
  },
};

/** A page's host of which every request does nothing, but for those that a test names. */
function startHost(handlers: Partial<RequestHandlers> = {}) {
  const sent: ToPage[] = [];
  const failures: unknown[] = [];
  const nothing = async () => null;
  const host = new PageHost({
    session: { state: () => empty },
    handlers: {
      triage: nothing,
      decide: async () => ({ sequence: 1, decidedAt: '2026-11-22T10:00:00.000Z' }),
      undo: async ({ sequence }) => ({ sequence }),
      explain: async () => ({ rationale: '' }),
      keepDraft: nothing,
      dropDraft: nothing,
      nextNote: nothing,
      previousNote: nothing,
      run: nothing,
      ...handlers,
    },
    post: (message) => sent.push(message),
    queue: () => empty.queue,
    shortcuts: () => empty.shortcuts,
    failed: (error) => failures.push(error),
  });
  return { host, sent, failures };
}

const next = (id: number): RequestMessage => ({ type: 'request', id, name: 'nextNote', body: null });
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('a request of the page', () => {
  test.each([
    ['a refusal', new Refusal('stale', 'The note has changed.'), { error: 'The note has changed.', reason: 'stale' }],
    ['a mistake of the user’s', new UserError('The disk is full.'), { error: 'The disk is full.', reason: 'other' }],
    ['a cancelled request', new EngineError('cancelled', 'Cancelled.'), { error: 'Cancelled.', reason: 'cancelled' }],
    [
      'a lost engine',
      new EngineError('crashed', 'The process ended.'),
      { error: 'The process ended.', reason: 'other' },
    ],
  ])('is answered with %s as one sentence', async (_, error, answer) => {
    const { host, sent, failures } = startHost({ nextNote: () => Promise.reject(error) });
    host.receive(next(7));
    await turn();
    expect(sent).toEqual([{ type: 'reply', id: 7, name: 'nextNote', answer }]);
    expect(failures).toEqual([]);
  });

  test('is answered without the words of an error that nobody foresaw, which goes to the log', async () => {
    const unforeseen = new TypeError('cannot read "Zebedee Quillfeather, 58 y"');
    const { host, sent, failures } = startHost({ nextNote: () => Promise.reject(unforeseen) });
    host.receive(next(7));
    await turn();
    expect(JSON.stringify(sent)).not.toContain('Quillfeather');
    expect(sent).toMatchObject([{ type: 'reply', answer: { reason: 'other' } }]);
    expect(failures).toEqual([unforeseen]);
  });

  test('is answered after the state that it led to', async () => {
    const { host, sent } = startHost({
      nextNote: async () => {
        host.push();
        return null;
      },
    });
    host.receive(next(1));
    await turn();
    expect(sent.map(({ type }) => type)).toEqual(['state', 'reply']);
  });

  test('is told when the page does not want its answer any more, or is made anew', async () => {
    const aborted: number[] = [];
    const { host } = startHost({
      explain: (_, { id, signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            aborted.push(id);
            reject(new EngineError('cancelled', 'Cancelled.'));
          });
        }),
    });
    const body = { noteId: 'a.txt', noteHash: 'h', labelId: 'urgent' };
    for (const id of [1, 2, 3]) host.receive({ type: 'request', id, name: 'explain', body });
    host.receive({ type: 'cancel', id: 2 });
    await turn();
    expect(aborted).toEqual([2]);
    host.receive({ type: 'ready' });
    expect(aborted).toEqual([2, 1, 3]);
  });

  test('that keeps a draft is carried out even when the page is gone a moment later', async () => {
    const kept: Draft[] = [];
    const { host } = startHost({
      keepDraft: async (draft) => {
        await turn();
        kept.push(draft);
        return null;
      },
    });
    const draft = { noteId: 'a', noteHash: 'h', labelId: null, rationale: null, comment: 'c', editedAt: 1 };
    host.receive({ type: 'request', id: 1, name: 'keepDraft', body: draft });
    host.receive({ type: 'ready' });
    await turn();
    await turn();
    expect(kept).toEqual([draft]);
  });
});

describe('the state', () => {
  test('is sent at once to a page that says that it is ready, and once for all that changes together', async () => {
    const { host, sent } = startHost();
    host.receive({ type: 'ready' });
    expect(sent).toEqual([{ type: 'state', state: empty }]);
    host.push();
    host.push();
    await turn();
    expect(sent.length).toBe(2);
  });

  test('comes before the words of a rationale and before a command that are about it', () => {
    const { host, sent } = startHost();
    host.push();
    host.streamed('p', 'Chest');
    host.push();
    host.perform('accept', 'a.txt', 'p');
    expect(sent.map(({ type }) => type)).toEqual(['state', 'rationale', 'state', 'perform']);
  });
});
