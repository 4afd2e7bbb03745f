import { expect, test } from 'vitest';
import { draftOf, formOf, formStart } from '../../../webview/form.ts';
import { decision, draft, modelsRationale, prediction, shownReview } from './builders.ts';

test('the form starts with what the model found', () => {
  expect(formStart(shownReview())).toEqual({ labelId: 'emergent', rationale: modelsRationale });
});

test('a rationale that is still being written is no starting point', () => {
  const streaming = shownReview({ activity: { kind: 'streaming' }, prediction: { ...prediction, rationale: 'Pleur' } });
  expect(formStart(streaming).rationale).toBe('');
});

test('after the model abstained no level is chosen', () => {
  const abstained = shownReview({ prediction: { ...prediction, abstained: 'Two levels are about equally probable.' } });
  expect(formStart(abstained).labelId).toBeNull();
});

test('a correction that holds for this text is where the form starts, one for an earlier text is not', () => {
  const corrected = decision({ action: 'corrected', labelId: 'urgent', rationale: 'Mine.' });
  expect(formStart(shownReview({ decisions: [corrected] }))).toEqual({ labelId: 'urgent', rationale: 'Mine.' });
  for (const other of [{ noteHash: 'hash-0' }, { current: false }]) {
    expect(formStart(shownReview({ decisions: [{ ...corrected, ...other }] })).labelId).toBe('emergent');
  }
});

test('what the reviewer did not touch follows the model, what they typed stays', () => {
  const typed = draft({ rationale: 'Mine.', comment: 'Ask.' });
  const streaming = shownReview({ activity: { kind: 'streaming' }, prediction: { ...prediction, rationale: 'Pleur' } });
  for (const state of [streaming, shownReview()]) {
    expect(formOf(state, typed)).toEqual({
      labelId: 'emergent',
      rationale: 'Mine.',
      comment: 'Ask.',
      levelChanged: false,
      rationaleChanged: true,
    });
  }
  expect(formOf(streaming, undefined).rationale).toBe('');
  expect(formOf(shownReview(), undefined).rationale).toBe(modelsRationale);
});

test('values that are back where they started are no draft', () => {
  const state = shownReview();
  expect(draftOf(state, { labelId: 'emergent', rationale: modelsRationale, comment: '' }, 9)).toBeUndefined();
  expect(draftOf(state, { labelId: 'urgent', rationale: modelsRationale, comment: '' }, 9)).toEqual(
    draft({ labelId: 'urgent', editedAt: 9 }),
  );
});

test('emptied text is a draft of its own: it does not fall back to the model’s', () => {
  const emptied = draftOf(shownReview(), { labelId: 'emergent', rationale: '', comment: '' }, 9);
  expect(formOf(shownReview(), emptied).rationale).toBe('');
});

test('a draft belongs to the text that the model read, also when the note has changed since', () => {
  const stale = shownReview({ note: { ...shownReview().note, hash: 'hash-2' } });
  expect(draftOf(stale, { labelId: 'urgent', rationale: '', comment: '' }, 9)?.noteHash).toBe('hash-1');
});
