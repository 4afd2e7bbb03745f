import type { ReviewState } from '../../../src/extension/sidebar/messages.ts';
import { decision, draft, modelsRationale, note, prediction, queue, reviewState } from '../../unit/webview/builders.ts';

const reviewersRationale =
  'Pleuritic chest pain with sudden breathlessness four days after knee surgery: pulmonary embolism until excluded. Oxygen saturation is 89 % on room air and the heart is racing at 118. Calf swollen.';

/** Every state that the page can be in, by name. */
export const states: Readonly<Record<string, ReviewState>> = {
  empty: reviewState({
    note: null,
    prediction: null,
    activity: { kind: 'idle' },
    queue: { ...queue, position: null },
  }),
  'not-triaged': reviewState({
    note: { ...note, state: 'not triaged' },
    prediction: null,
    activity: { kind: 'idle' },
  }),
  'loading-model': reviewState({
    note: { ...note, state: 'not triaged' },
    prediction: null,
    labels: [],
    activity: { kind: 'loading model' },
  }),
  predicting: reviewState({
    note: { ...note, state: 'not triaged' },
    prediction: null,
    activity: { kind: 'predicting' },
  }),
  streaming: reviewState({
    prediction: { ...prediction, rationale: modelsRationale.slice(0, 112) },
    activity: { kind: 'streaming' },
  }),
  done: reviewState(),
  edited: reviewState({
    drafts: [draft({ rationale: reviewersRationale, comment: 'Discussed with the chest team.' })],
  }),
  'level-changed': reviewState({ drafts: [draft({ labelId: 'resuscitation' })] }),
  failed: reviewState({
    note: { ...note, state: 'not triaged' },
    prediction: null,
    activity: {
      kind: 'failed',
      message: 'The model folder is not complete; choose another model, or install the extension again.',
      about: 'model',
    },
  }),
  'not-a-note': reviewState({
    note: { ...note, state: 'not triaged' },
    prediction: null,
    activity: {
      kind: 'failed',
      message: 'ed-0071.txt is empty; write the complaint and the findings first.',
      about: 'note',
    },
  }),
  'failed-midway': reviewState({
    prediction: { ...prediction, rationale: modelsRationale.slice(0, 112) },
    activity: {
      kind: 'failed',
      message: 'The model’s process stopped twice at this note; look at the log, then retry.',
      about: 'model',
    },
  }),
  restarting: reviewState({
    prediction: { ...prediction, rationale: modelsRationale.slice(0, 112) },
    activity: { kind: 'restarting' },
  }),
  abstained: reviewState({
    prediction: {
      ...prediction,
      labelId: 'urgent',
      probabilities: [
        { labelId: 'resuscitation', probability: 0.06 },
        { labelId: 'emergent', probability: 0.39 },
        { labelId: 'urgent', probability: 0.41 },
        { labelId: 'less-urgent', probability: 0.12 },
        { labelId: 'non-urgent', probability: 0.02 },
      ],
      abstained: 'Two levels are about equally probable.',
    },
  }),
  stale: reviewState({ note: { ...note, hash: 'hash-2' } }),
  truncated: reviewState({
    note: { ...note, name: 'transfer-letter-from-the-district-hospital-2026-03-02.md', part: 'lines 3–90' },
    prediction: { ...prediction, truncated: true },
  }),
  decided: reviewState({
    note: { ...note, state: 'corrected' },
    decisions: [
      decision({
        sequence: 7,
        action: 'corrected',
        labelId: 'resuscitation',
        rationale: reviewersRationale,
        comment: 'Discussed with the chest team.',
      }),
      decision({ sequence: 5, action: 'undone', labelId: null, rationale: null, current: false }),
      decision({
        sequence: 4,
        action: 'flagged',
        labelId: null,
        rationale: null,
        current: false,
        comment: 'CT first?',
      }),
      decision({ sequence: 2, noteHash: 'hash-0', current: false }),
    ],
  }),
  'earlier-draft': reviewState({ drafts: [draft({ noteHash: 'hash-0', rationale: reviewersRationale })] }),
};
