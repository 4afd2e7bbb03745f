import type {
  Draft,
  Label,
  QueuePosition,
  ReviewState,
  ShownDecision,
  ShownNote,
  ShownPrediction,
} from '../../../src/extension/sidebar/messages.ts';
import type { ShownReview } from '../../../webview/form.ts';

export const labels: readonly Label[] = [
  { id: 'resuscitation', level: 1, text: 'resuscitation', colour: '#2f7fd6', description: 'Immediate care.' },
  { id: 'emergent', level: 2, text: 'emergent', colour: '#d93a3a', description: 'A physician within 15 minutes.' },
  { id: 'urgent', level: 3, text: 'urgent', colour: '#d9a514', description: 'A physician within 30 minutes.' },
  {
    id: 'less-urgent',
    level: 4,
    text: 'less urgent',
    colour: '#3a9e52',
    description: 'A physician within 60 minutes.',
  },
  { id: 'non-urgent', level: 5, text: 'non-urgent', colour: '#9aa3ad', description: 'A physician within 120 minutes.' },
];

export const modelsRationale =
  'Pleuritic chest pain with sudden breathlessness four days after knee surgery raises pulmonary embolism. Oxygen saturation is 89 % on room air and the heart is racing at 118. The calf is red and warm.';

export const note: ShownNote = {
  id: 'ed-0071.txt',
  name: 'ed-0071.txt',
  part: null,
  hash: 'hash-1',
  state: 'predicted',
};

export const prediction: ShownPrediction = {
  id: 'prediction-1',
  noteHash: 'hash-1',
  labelId: 'emergent',
  probabilities: [
    { labelId: 'resuscitation', probability: 0.031 },
    { labelId: 'emergent', probability: 0.823 },
    { labelId: 'urgent', probability: 0.131 },
    { labelId: 'less-urgent', probability: 0.011 },
    { labelId: 'non-urgent', probability: 0.004 },
  ],
  rationale: modelsRationale,
  truncated: false,
  abstained: null,
  model: 'triage-small 0.1.0',
};

export const queue: QueuePosition = {
  position: 3,
  total: 24,
  order: 'most urgent first',
  hasNext: true,
  hasPrevious: true,
};

/** A note that is triaged and not reviewed yet, and what is told otherwise. */
export function reviewState(changes: Partial<ReviewState> = {}): ReviewState {
  return {
    note,
    queue,
    labels,
    activity: { kind: 'done' },
    prediction,
    decisions: [],
    drafts: [],
    shortcuts: {
      triage: 'Ctrl+Alt+R T',
      accept: 'Ctrl+Alt+R A',
      correct: 'Ctrl+Alt+R C',
      reject: 'Ctrl+Alt+R R',
      flag: 'Ctrl+Alt+R F',
      undo: 'Ctrl+Alt+R Z',
      nextNote: 'Ctrl+Alt+R N',
      previousNote: 'Ctrl+Alt+R P',
    },
    ...changes,
  };
}

/** The same, where the note and its prediction are known to be there. */
export function shownReview(changes: Partial<ShownReview> = {}): ShownReview {
  return { ...reviewState(), note, prediction, ...changes };
}

export function decision(changes: Partial<ShownDecision> = {}): ShownDecision {
  return {
    sequence: 1,
    action: 'accepted',
    decidedAt: '2026-03-02T08:14:00.000Z',
    reviewer: 'A. Nurse',
    noteHash: 'hash-1',
    labelId: 'emergent',
    rationale: modelsRationale,
    comment: '',
    current: true,
    ...changes,
  };
}

export function draft(changes: Partial<Draft> = {}): Draft {
  return {
    noteId: 'ed-0071.txt',
    noteHash: 'hash-1',
    labelId: null,
    rationale: null,
    comment: '',
    editedAt: 1_000,
    ...changes,
  };
}
