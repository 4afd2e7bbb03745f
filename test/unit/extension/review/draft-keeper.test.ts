import { expect, test } from 'vitest';
import { DraftKeeper } from '../../../../src/extension/review/draft-keeper.ts';
import { memory } from './review-parts.ts';

const draft = (noteId: string, noteHash: string, comment: string) => ({
  noteId,
  noteHash,
  labelId: null,
  rationale: null,
  comment,
  editedAt: 1,
});

test('drafts outlive the window that they were typed in, one for each text of each note', async () => {
  const kept = memory();
  const before = new DraftKeeper(kept);
  await before.keep(draft('a.txt', '1', 'one'));
  await before.keep(draft('a.txt', '1', 'one more'));
  await before.keep(draft('a.txt', '2', 'two'));
  await before.keep(draft('b.txt', '1', 'other'));
  const after = new DraftKeeper(kept);
  expect(after.ofNote('a.txt').map(({ comment }) => comment)).toEqual(['one more', 'two']);
  await after.drop({ noteId: 'a.txt', noteHash: '1' });
  expect(after.ofNote('a.txt').map(({ comment }) => comment)).toEqual(['two']);
  expect(after.ofNote('b.txt').map(({ comment }) => comment)).toEqual(['other']);
});
