import { expect, test } from 'vitest';
import type { ReviewState } from '../../../src/extension/sidebar/messages.ts';
import { announcement } from '../../../webview/announcement.ts';
import { modelsRationale, note, prediction, reviewState } from './builders.ts';

/** What is said while the states follow each other. */
function said(...states: ReviewState[]): string[] {
  return states.flatMap((state, index) => announcement(states[index - 1], state) ?? []);
}

const partial = (length: number) => ({ ...prediction, rationale: modelsRationale.slice(0, length) });

test('the acuity is said when it is found and the rationale once, when it is whole', () => {
  const waiting = { prediction: null, activity: { kind: 'predicting' } } as const;
  const heard = said(
    reviewState({ ...waiting, activity: { kind: 'idle' } }),
    reviewState(waiting),
    reviewState({ activity: { kind: 'streaming' }, prediction: partial(0) }),
    reviewState({ activity: { kind: 'streaming' }, prediction: partial(9) }),
    reviewState({ activity: { kind: 'streaming' }, prediction: partial(30) }),
    reviewState(),
    reviewState(),
  );
  expect(heard).toEqual([
    'ed-0071.txt, 3 of 24.',
    'Reading the note.',
    'Level 2, emergent, 82 %.',
    `Rationale: ${modelsRationale}`,
  ]);
});

test('a note that was triaged before is said at once, with its place', () => {
  expect(said(reviewState())).toEqual([`ed-0071.txt, 3 of 24. Level 2, emergent, 82 %. Rationale: ${modelsRationale}`]);
});

test('an abstention comes before the level that the model leans to', () => {
  const [heard] = said(reviewState({ prediction: { ...prediction, abstained: 'Two levels are equally probable.' } }));
  expect(heard).toContain('Needs a clinician. Two levels are equally probable. Leaning: Level 2, emergent, 82 %.');
});

test('a text that changes or is too long is said', () => {
  const stale = reviewState({ note: { ...note, hash: 'hash-2' } });
  expect(said(reviewState(), stale, stale).slice(1)).toEqual(['The note has changed since it was triaged.']);
  expect(said(reviewState({ prediction: { ...prediction, truncated: true } }))[0]).toContain('only the beginning');
});
