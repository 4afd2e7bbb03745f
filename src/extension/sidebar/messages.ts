/**
 * All that the sidebar's page and the extension say to each other: `ToPage` and `FromPage`.
 *
 * The truth lives in the extension. The page says `ready` whenever it is created anew, draws each `state` it is given, and
 * asks for what the reviewer wants. Whatever can fail is a request, and every request is answered, with a result or with
 * one sentence for the reviewer.
 *
 * No value here is HTML: the page shows every string as plain text.
 */

/** Where a note stands in its review. A prediction alone is no review. */
export type NoteState = 'not triaged' | 'predicted' | 'accepted' | 'corrected' | 'rejected' | 'flagged';

/** What a reviewer can decide about a prediction. */
export type DecisionAction = 'accepted' | 'corrected' | 'rejected' | 'flagged';

/** The decisions that a command may ask the page to make with the form as it stands. */
export type DecisionCommand = 'accept' | 'correct' | 'reject' | 'flag';

/** The commands whose keys are shown beside what they do. */
export type ShortcutCommand = DecisionCommand | 'triage' | 'undo' | 'nextNote' | 'previousNote';

/** The commands that the page can start by name, without anything about a note. */
export type PlainCommand = 'showLog' | 'chooseModel' | 'changeKeys';

/** One label of the model, most urgent first in every list. `level` is null where the labels have no order. */
export interface Label {
  readonly id: string;
  readonly text: string;
  readonly level: number | null;
  /** `#rrggbb`, as the model folder gives it. */
  readonly colour: string;
  readonly description: string;
}

export interface ShownNote {
  readonly id: string;
  /** The file's name, or the title of an untitled document. */
  readonly name: string;
  /** Which part is triaged, such as `lines 3–9`; null for the whole text. */
  readonly part: string | null;
  /** Of the text as it is now. Where it differs from the prediction's `noteHash`, the prediction is stale. */
  readonly hash: string;
  readonly state: NoteState;
}

export interface ShownPrediction {
  readonly id: string;
  /** Of the text that the model read. */
  readonly noteHash: string;
  readonly labelId: string;
  /** One for each label, in the labels' order, each in [0, 1]. */
  readonly probabilities: readonly { readonly labelId: string; readonly probability: number }[];
  /** The rationale so far; whole when the activity is `done`. */
  readonly rationale: string;
  /** Whether the note was longer than what the model reads. */
  readonly truncated: boolean;
  /** Why the model would rather not decide, as one sentence; null when it does. */
  readonly abstained: string | null;
  /** The model's name and version. */
  readonly model: string;
}

/** What the engine does for the note on screen. */
export type Activity =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading model' }
  | { readonly kind: 'predicting' }
  /** The label is there, the rationale is on its way. */
  | { readonly kind: 'streaming' }
  | { readonly kind: 'done' }
  /** `message` is one sentence: what is wrong and what to do, and `about` which of the two it is to be done to. */
  | { readonly kind: 'failed'; readonly message: string; readonly about: 'note' | 'model' }
  /** The engine ended or hung, and is being started again; the request is repeated by itself. */
  | { readonly kind: 'restarting' };

/** One row of the note's history. */
export interface ShownDecision {
  readonly sequence: number;
  readonly action: DecisionAction | 'undone';
  /** ISO 8601, UTC. */
  readonly decidedAt: string;
  readonly reviewer: string;
  readonly noteHash: string;
  /** What the reviewer decided; null where the decision names no label. */
  readonly labelId: string | null;
  readonly rationale: string | null;
  readonly comment: string;
  /** The decision that holds now. At most one of a note's decisions is current. */
  readonly current: boolean;
}

/**
 * What stands in the form and is not saved yet. It belongs to one text of one note. A null field is untouched: it follows
 * the decision that holds, or else the prediction.
 */
export interface Draft {
  readonly noteId: string;
  readonly noteHash: string;
  readonly labelId: string | null;
  readonly rationale: string | null;
  readonly comment: string;
  /** Milliseconds since 1970: of two drafts for the same text the later one wins. */
  readonly editedAt: number;
}

export interface QueuePosition {
  /** From 1; null when the note is not in the queue. */
  readonly position: number | null;
  readonly total: number;
  /** Such as `most urgent first`. */
  readonly order: string;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

/** Everything that the page shows. */
export interface ReviewState {
  /** Null when no note is open. */
  readonly note: ShownNote | null;
  readonly queue: QueuePosition;
  /** Empty until a model is open. */
  readonly labels: readonly Label[];
  readonly activity: Activity;
  readonly prediction: ShownPrediction | null;
  /** Newest first. */
  readonly decisions: readonly ShownDecision[];
  /** All that are kept for this note, for whatever text of it. */
  readonly drafts: readonly Draft[];
  /** Such as `Ctrl+Enter`; null where the command has no key. */
  readonly shortcuts: Readonly<Record<ShortcutCommand, string | null>>;
}

/** A decision as the reviewer sees it on screen when deciding. */
export interface DecisionRequest {
  readonly action: DecisionAction;
  readonly noteId: string;
  /** The prediction's, not the note's: it names the text that the decision is about. */
  readonly noteHash: string;
  readonly predictionId: string;
  /** Null for `rejected` and `flagged`. */
  readonly labelId: string | null;
  /** Null for `rejected` and `flagged`, and for a correction without a rationale. */
  readonly rationale: string | null;
  readonly comment: string;
  /**
   * The reviewer was told that the note has changed, and decides about the earlier text all the same. Without it, a decision
   * about an earlier text is refused with the reason `stale`.
   */
  readonly forEarlierText: boolean;
}

/** What the page can ask for, and what it then gets. */
export interface Requests {
  /** Triages the note on screen (again), or the open document when no note is shown. Answered when it has begun. */
  triage: { request: { readonly noteId: string | null }; result: null };
  /** Answered only when the decision is durable, and after a `state` that shows it. */
  decide: { request: DecisionRequest; result: { readonly sequence: number; readonly decidedAt: string } };
  /** Undoes that decision, which must be the note's current one. Answered as `decide` is. */
  undo: { request: { readonly noteId: string; readonly sequence: number }; result: { readonly sequence: number } };
  /** The model's rationale for another label. `explaining` messages with the request's id come before the answer. */
  explain: {
    request: { readonly noteId: string; readonly noteHash: string; readonly labelId: string };
    result: { readonly rationale: string };
  };
  keepDraft: { request: Draft; result: null };
  dropDraft: { request: { readonly noteId: string; readonly noteHash: string }; result: null };
  nextNote: { request: null; result: null };
  previousNote: { request: null; result: null };
  run: { request: { readonly command: PlainCommand }; result: null };
}

export type RequestName = keyof Requests;

export type RequestMessage<Name extends RequestName = RequestName> = {
  [Each in Name]: {
    readonly type: 'request';
    /** Chosen by the page, never used twice in its life. */
    readonly id: number;
    readonly name: Each;
    readonly body: Requests[Each]['request'];
  };
}[Name];

/** Why a request was refused, where the page can do better than show the sentence. */
export type RefusalReason = 'stale' | 'cancelled' | 'other';

export type Answer<Result> =
  | { readonly ok: Result }
  | { readonly error: string /* one sentence for the reviewer */; readonly reason: RefusalReason };

export type ReplyMessage<Name extends RequestName = RequestName> = {
  [Each in Name]: {
    readonly type: 'reply';
    readonly id: number;
    readonly name: Each;
    readonly answer: Answer<Requests[Each]['result']>;
  };
}[Name];

export type ToPage =
  | { readonly type: 'state'; readonly state: ReviewState }
  /** The rationale of that prediction so far, whole text, not the last token. Ignored when it is not the one shown. */
  | { readonly type: 'rationale'; readonly predictionId: string; readonly text: string }
  /** The answer to an `explain` request so far, whole text. */
  | { readonly type: 'explaining'; readonly id: number; readonly text: string }
  /** A command or key asks for what the button does. Refused by the page when it shows another note or prediction. */
  | {
      readonly type: 'perform';
      readonly command: DecisionCommand;
      readonly noteId: string;
      readonly predictionId: string;
    }
  | ReplyMessage;

export type FromPage =
  /** The page was created, or created anew: it wants the state. */
  | { readonly type: 'ready' }
  /** The answer to that request is not wanted any more; it is still answered. */
  | { readonly type: 'cancel'; readonly id: number }
  | RequestMessage;
