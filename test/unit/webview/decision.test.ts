import { expect, test } from 'vitest';
import type { Draft } from '../../../src/extension/sidebar/messages.ts';
import { decisionRequest, obstacle, openQuestion, type Question } from '../../../webview/decision.ts';
import { formOf, type ShownReview } from '../../../webview/form.ts';
import { decision, draft, modelsRationale, note, prediction, shownReview } from './builders.ts';

const form = (state: ShownReview, changes?: Partial<Draft>) =>
  formOf(state, changes === undefined ? undefined : draft(changes));
const texts = (question: Question | undefined) => question?.choices.map(({ text }) => text);

test('accepting names the prediction, its text, its level and its rationale', () => {
  const state = shownReview();
  expect(decisionRequest('accept', state, form(state, { comment: ' seen ' }), {})).toEqual({
    action: 'accepted',
    noteId: 'ed-0071.txt',
    noteHash: 'hash-1',
    predictionId: 'prediction-1',
    labelId: 'emergent',
    rationale: modelsRationale,
    comment: 'seen',
    forEarlierText: false,
  });
});

test('a correction carries the reviewer’s level and words; rejecting and flagging carry neither', () => {
  const state = shownReview();
  const edited = form(state, { labelId: 'urgent', rationale: 'Mine.' });
  expect(decisionRequest('correct', state, edited, {})).toMatchObject({ labelId: 'urgent', rationale: 'Mine.' });
  for (const command of ['reject', 'flag'] as const) {
    expect(decisionRequest(command, state, edited, {})).toMatchObject({ labelId: null, rationale: null });
  }
});

test('nothing partial can be accepted, and nothing unchanged saved as a correction', () => {
  const streaming = shownReview({ activity: { kind: 'streaming' } });
  expect(obstacle('accept', streaming, form(streaming))).toMatch(/not whole/);
  expect(obstacle('correct', streaming, form(streaming, { labelId: 'urgent' }))).toMatch(/wait/);
  expect(obstacle('correct', streaming, form(streaming, { rationale: 'Mine.' }))).toBeUndefined();
  expect(obstacle('correct', shownReview(), form(shownReview()))).toMatch(/Nothing is changed/);
  expect(obstacle('reject', streaming, form(streaming))).toBeUndefined();
});

test('after the model abstained a correction needs a level, and the level alone is a change', () => {
  const abstained = shownReview({ prediction: { ...prediction, abstained: 'Unsure.' } });
  expect(obstacle('correct', abstained, form(abstained, { rationale: 'Mine.' }))).toBe('Choose a level first.');
  expect(obstacle('correct', abstained, form(abstained, { labelId: 'emergent' }))).toBeUndefined();
});

test('what is accepted already is not accepted twice, but may be after a change of the text', () => {
  expect(obstacle('accept', shownReview({ decisions: [decision()] }), form(shownReview()))).toMatch(/already/);
  const earlier = shownReview({ decisions: [decision({ noteHash: 'hash-0' })] });
  expect(obstacle('accept', earlier, form(earlier))).toBeUndefined();
});

test('every decision about a text that changed since is asked about, and then says so', () => {
  const stale = shownReview({ note: { ...note, hash: 'hash-2' } });
  const edited = form(stale, { rationale: 'Mine.', comment: 'Look.' });
  for (const command of ['correct', 'reject', 'flag'] as const) {
    expect(texts(openQuestion(command, stale, edited, {}))).toEqual([
      'Triage again',
      'Save for the earlier text',
      'Keep editing',
    ]);
    expect(openQuestion(command, stale, edited, { forEarlierText: true })).toBeUndefined();
  }
  expect(decisionRequest('correct', stale, edited, { forEarlierText: true })).toMatchObject({
    noteHash: 'hash-1',
    forEarlierText: true,
  });
});

test('accepting asks before it discards what the reviewer changed, a comment alone is no such change', () => {
  const state = shownReview();
  const question = openQuestion('accept', state, form(state, { rationale: 'Mine.' }), {});
  expect(texts(question)?.[0]).toBe('Save my correction');
  expect(openQuestion('accept', state, form(state, { comment: 'Seen.' }), {})).toBeUndefined();
});

test('a changed level with the model’s rationale for its own level is asked about', () => {
  const state = shownReview();
  const changed = form(state, { labelId: 'urgent' });
  expect(texts(openQuestion('correct', state, changed, {}))).toEqual([
    'Write the rationale for 3 urgent',
    'Save without a rationale',
    'Save it as it is',
    'Keep editing',
  ]);
  expect(decisionRequest('correct', state, changed, { otherLevelsRationale: 'leave out' }).rationale).toBeNull();
  expect(decisionRequest('correct', state, changed, { otherLevelsRationale: 'keep' }).rationale).toBe(modelsRationale);
  expect(openQuestion('correct', state, form(state, { labelId: 'urgent', rationale: 'Mine.' }), {})).toBeUndefined();
});

test('one answer does not answer the next question', () => {
  const stale = shownReview({ note: { ...note, hash: 'hash-2' } });
  const question = openQuestion('correct', stale, form(stale, { labelId: 'urgent' }), { forEarlierText: true });
  expect(texts(question)?.[0]).toBe('Write the rationale for 3 urgent');
  const save = question?.choices[1]?.choice;
  expect(save).toMatchObject({ answers: { forEarlierText: true, otherLevelsRationale: 'leave out' } });
});

test('flagging without a comment is asked about', () => {
  const state = shownReview();
  expect(texts(openQuestion('flag', state, form(state, { comment: '  ' }), {}))?.[0]).toBe('Write a comment');
  expect(openQuestion('flag', state, form(state, { comment: 'CT first?' }), {})).toBeUndefined();
});
