import type { DecisionAction, DecisionCommand, DecisionRequest } from '../src/extension/sidebar/messages.ts';
import { type Form, findLabel, isStale, isWhole, type ShownReview } from './form.ts';
import type { Offer } from './offered-rationale.ts';
import { labelName } from './text.ts';

/** What the reviewer has already said when asked. */
export interface Answers {
  readonly forEarlierText?: boolean;
  readonly withoutMyChanges?: boolean;
  readonly otherLevelsRationale?: 'keep' | 'leave out';
  readonly withoutComment?: boolean;
}

export type Choice =
  | { readonly kind: 'decide'; readonly command: DecisionCommand; readonly answers: Answers }
  | { readonly kind: 'triage again' }
  | { readonly kind: 'write the rationale'; readonly labelId: string }
  | { readonly kind: 'write a comment' }
  | { readonly kind: 'keep editing' };

/** Something to settle before a decision is made. The first choice is the one that loses nothing. */
export interface Question {
  readonly text: string;
  readonly choices: readonly { readonly text: string; readonly choice: Choice }[];
}

const actions: Readonly<Record<DecisionCommand, DecisionAction>> = {
  accept: 'accepted',
  correct: 'corrected',
  reject: 'rejected',
  flag: 'flagged',
};

/** Why a decision cannot be made as things stand, as one sentence; undefined when it can. */
export function obstacle(command: DecisionCommand, state: ShownReview, form: Form): string | undefined {
  const changed = form.levelChanged || form.rationaleChanged;
  if (command === 'accept') {
    if (!isWhole(state)) return 'The rationale is not whole yet, so it cannot be accepted.';
    const held = state.decisions.find(({ current }) => current);
    if (held?.action === 'accepted' && held.noteHash === state.prediction.noteHash && !changed) {
      return 'This is accepted already.';
    }
  }
  if (command === 'correct') {
    if (form.labelId === null) return 'Choose a level first.';
    if (!changed) return 'Nothing is changed yet: change the level or the rationale, or accept it as it is.';
    if (!isWhole(state) && !form.rationaleChanged) return 'Write a rationale, or wait until the model’s is whole.';
  }
  return undefined;
}

/**
 * What has to be asked before this decision, or undefined when nothing has.
 *
 * @param offer the model's rationale for the level that was chosen, where it was asked for.
 */
export function openQuestion(
  command: DecisionCommand,
  state: ShownReview,
  form: Form,
  answers: Answers,
  offer?: Offer,
): Question | undefined {
  if (isStale(state) && !answers.forEarlierText) return earlierTextQuestion(command, answers);
  if (command === 'accept' && (form.levelChanged || form.rationaleChanged) && !answers.withoutMyChanges) {
    return unsavedFormQuestion(answers);
  }
  if (command === 'correct' && arguesForAnotherLevel(state, form) && answers.otherLevelsRationale === undefined) {
    return otherLevelsRationaleQuestion(state, form, answers, offer);
  }
  if (command === 'flag' && form.comment.trim() === '' && !answers.withoutComment) return noCommentQuestion(answers);
  return undefined;
}

/** The level is the reviewer's, and the rationale is the model's for its own level, word for word. */
export function arguesForAnotherLevel({ prediction }: ShownReview, form: Form): boolean {
  return form.labelId !== prediction.labelId && form.rationale !== '' && form.rationale === prediction.rationale;
}

/** The model was asked for another level's rationale and wrote the one of its own level again. */
export function isNothingNew(offer: Offer | undefined, { prediction }: ShownReview): boolean {
  return offer?.state === 'whole' && offer.text === prediction.rationale;
}

/** The decision about what is on screen. */
export function decisionRequest(
  command: DecisionCommand,
  state: ShownReview,
  form: Form,
  answers: Answers,
): DecisionRequest {
  const { note, prediction } = state;
  return {
    action: actions[command],
    noteId: note.id,
    noteHash: prediction.noteHash,
    predictionId: prediction.id,
    ...decided(command, state, form, answers),
    comment: form.comment.trim(),
    forEarlierText: answers.forEarlierText ?? false,
  };
}

function decided(
  command: DecisionCommand,
  { prediction }: ShownReview,
  form: Form,
  answers: Answers,
): Pick<DecisionRequest, 'labelId' | 'rationale'> {
  switch (command) {
    case 'accept':
      return { labelId: prediction.labelId, rationale: prediction.rationale };
    case 'correct': {
      const leftOut = answers.otherLevelsRationale === 'leave out' || form.rationale.trim() === '';
      return { labelId: form.labelId, rationale: leftOut ? null : form.rationale };
    }
    default:
      return { labelId: null, rationale: null };
  }
}

/** Also asked when the extension sees that the note has changed before the page does. */
export function earlierTextQuestion(command: DecisionCommand, answers: Answers): Question {
  return {
    text: 'The note has changed since it was triaged. What you see here is about the earlier text.',
    choices: [
      { text: 'Triage again', choice: { kind: 'triage again' } },
      {
        text: 'Save for the earlier text',
        choice: { kind: 'decide', command, answers: { ...answers, forEarlierText: true } },
      },
      keepEditing,
    ],
  };
}

function unsavedFormQuestion(answers: Answers): Question {
  return {
    text: 'You changed the level or the rationale. Accepting keeps the model’s and discards your changes.',
    choices: [
      { text: 'Save my correction', choice: { kind: 'decide', command: 'correct', answers } },
      {
        text: 'Accept the model’s',
        choice: { kind: 'decide', command: 'accept', answers: { ...answers, withoutMyChanges: true } },
      },
      keepEditing,
    ],
  };
}

function otherLevelsRationaleQuestion(
  state: ShownReview,
  form: Form,
  answers: Answers,
  offer: Offer | undefined,
): Question {
  const predicted = findLabel(state.labels, state.prediction.labelId);
  const chosen = findLabel(state.labels, form.labelId);
  const save = (otherLevelsRationale: 'keep' | 'leave out'): Choice => ({
    kind: 'decide',
    command: 'correct',
    answers: { ...answers, otherLevelsRationale },
  });
  return {
    text: `The rationale is still the model’s for ${predicted === undefined ? 'another level' : labelName(predicted)}.`,
    choices: [
      ...(chosen === undefined || isNothingNew(offer, state)
        ? []
        : [
            {
              text: `Write the rationale for ${labelName(chosen)}`,
              choice: { kind: 'write the rationale', labelId: chosen.id } as const,
            },
          ]),
      { text: 'Save without a rationale', choice: save('leave out') },
      { text: 'Save it as it is', choice: save('keep') },
      keepEditing,
    ],
  };
}

function noCommentQuestion(answers: Answers): Question {
  return {
    text: 'A comment tells the second reader what to look at.',
    choices: [
      { text: 'Write a comment', choice: { kind: 'write a comment' } },
      {
        text: 'Flag without a comment',
        choice: { kind: 'decide', command: 'flag', answers: { ...answers, withoutComment: true } },
      },
    ],
  };
}

const keepEditing = { text: 'Keep editing', choice: { kind: 'keep editing' } } as const;
