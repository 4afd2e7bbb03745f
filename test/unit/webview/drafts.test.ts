import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Draft } from '../../../src/extension/sidebar/messages.ts';
import { type DraftStorage, Drafts } from '../../../webview/drafts.ts';
import { draft } from './builders.ts';

/** The page's storage and the extension's, in memory. */
class Storage implements DraftStorage {
  state: unknown;
  readonly kept: Draft[] = [];
  readonly dropped: string[] = [];

  load(): unknown {
    return this.state;
  }
  save(state: unknown): void {
    this.state = structuredClone(state);
  }
  keep(kept: Draft): void {
    this.kept.push(kept);
  }
  drop(noteId: string, noteHash: string): void {
    this.dropped.push(`${noteId} ${noteHash}`);
  }
}

beforeEach(() => void vi.useFakeTimers({ now: 5_000 }));
afterEach(() => void vi.useRealTimers());

test('the page keeps each change at once, the extension after a pause, and then only the last', () => {
  const storage = new Storage();
  const drafts = new Drafts(storage);
  drafts.put(draft({ rationale: 'a' }));
  vi.advanceTimersByTime(200);
  drafts.put(draft({ rationale: 'ab', editedAt: 1_200 }));
  vi.advanceTimersByTime(200);
  expect(storage.kept).toEqual([]);
  expect(storage.state).toEqual({ drafts: [draft({ rationale: 'ab', editedAt: 1_200 })] });
  vi.advanceTimersByTime(200);
  expect(storage.kept.map(({ rationale }) => rationale)).toEqual(['ab']);
});

test('flushing sends at once, and nothing is sent twice', () => {
  const storage = new Storage();
  const drafts = new Drafts(storage);
  drafts.put(draft({ rationale: 'a' }));
  drafts.put(draft({ noteId: 'other.txt', rationale: 'b' }));
  drafts.flush();
  drafts.flush();
  vi.advanceTimersByTime(1_000);
  expect(storage.kept.map(({ rationale }) => rationale)).toEqual(['a', 'b']);
});

test('a page made anew finds what the page before it kept', () => {
  const storage = new Storage();
  new Drafts(storage).put(draft({ rationale: 'typed' }));
  expect(new Drafts(storage).find('ed-0071.txt', 'hash-1')?.rationale).toBe('typed');
});

test('a state that another version kept is no obstacle', () => {
  const storage = new Storage();
  storage.state = { drafts: [{ noteId: 1 }, null, draft({ comment: 'kept' })] };
  expect(new Drafts(storage).find('ed-0071.txt', 'hash-1')?.comment).toBe('kept');
  storage.state = 'nonsense';
  expect(new Drafts(storage).find('ed-0071.txt', 'hash-1')).toBeUndefined();
});

test('a draft belongs to one text of one note', () => {
  const drafts = new Drafts(new Storage());
  drafts.put(draft({ rationale: 'a' }));
  expect(drafts.find('ed-0071.txt', 'hash-2')).toBeUndefined();
  expect(drafts.find('ed-0072.txt', 'hash-1')).toBeUndefined();
});

test('of the page’s draft and the extension’s the later one stays', () => {
  const drafts = new Drafts(new Storage());
  drafts.put(draft({ rationale: 'page', editedAt: 2_000 }));
  drafts.merge([draft({ rationale: 'older', editedAt: 1_999 })]);
  expect(drafts.find('ed-0071.txt', 'hash-1')?.rationale).toBe('page');
  drafts.merge([draft({ rationale: 'newer', editedAt: 2_001 })]);
  expect(drafts.find('ed-0071.txt', 'hash-1')?.rationale).toBe('newer');
});

test('a state sent before a draft was dropped does not bring it back, what is typed afterwards stays', () => {
  const storage = new Storage();
  const drafts = new Drafts(storage);
  const saved = draft({ rationale: 'saved', editedAt: 2_000 });
  drafts.put(saved);
  drafts.drop(saved);
  drafts.merge([saved]);
  expect(drafts.find('ed-0071.txt', 'hash-1')).toBeUndefined();
  expect(storage.dropped).toEqual(['ed-0071.txt hash-1']);
  vi.advanceTimersByTime(1_000);
  expect(storage.kept).toEqual([]);
  drafts.put(draft({ rationale: 'again', editedAt: 6_000 }));
  expect(drafts.find('ed-0071.txt', 'hash-1')?.rationale).toBe('again');
});

test('finds the latest text about an earlier version of the note, and none that is empty', () => {
  const drafts = new Drafts(new Storage());
  drafts.merge([
    draft({ noteHash: 'hash-0', rationale: 'first', editedAt: 10 }),
    draft({ noteHash: 'hash-00', comment: 'second', editedAt: 20 }),
    draft({ noteHash: 'hash-000', rationale: ' ', labelId: 'urgent', editedAt: 30 }),
    draft({ noteId: 'other.txt', noteHash: 'hash-0', rationale: 'other', editedAt: 40 }),
  ]);
  expect(drafts.findEarlier('ed-0071.txt', 'hash-1')?.comment).toBe('second');
  expect(drafts.findEarlier('ed-0071.txt', 'hash-00')?.rationale).toBe('first');
});
