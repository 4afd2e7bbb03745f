import { draftPrompt } from './draft-prompt.ts';
import type { ChatMessage, LanguageModel } from './language-model.ts';
import { bareReply } from './reply.ts';

/** What a draft can lack. */
export type DraftFault = 'empty' | 'too long' | 'numbers that do not stand in the note';

/** A draft as it is judged: of the last attempt. */
export interface Draft {
  readonly rationale: string;
  readonly fault: DraftFault | null;
}

export interface DraftOptions {
  /** The share of the rationale's numbers that stand in the note, from 0 to 1; null where it holds none. */
  readonly groundedNumbers: (explained: readonly { note: string; rationale: string }[]) => number | null;
  readonly signal?: AbortSignal;
}

/** A rationale of training data is a few sentences, in characters. */
const longestRationale = 1500;
const attempts = 2;

/**
 * Has a language model write the rationale for a note's label. A draft with a fault is sent back once.
 *
 * @throws what the language model throws.
 */
export async function draftRationale(
  model: LanguageModel,
  { note, label }: { readonly note: string; readonly label: string },
  { groundedNumbers, signal }: DraftOptions,
): Promise<Draft> {
  const messages: ChatMessage[] = draftPrompt(note, label);
  for (let attempt = 1; ; attempt++) {
    const reply = await model.complete({ messages, ...(signal === undefined ? {} : { signal }) });
    const rationale = bareRationale(reply);
    const grounded = groundedNumbers([{ note, rationale }]);
    const fault = faultOf(rationale, grounded);
    if (fault === null || attempt === attempts) return { rationale, fault };
    messages.push({ role: 'assistant', content: rationale }, { role: 'user', content: remarks[fault] });
  }
}

const remarks: Readonly<Record<DraftFault, string>> = {
  empty: 'There was no rationale in your answer. Write it.',
  'too long': 'That is too long. Write one to three sentences.',
  'numbers that do not stand in the note':
    'That holds a number that does not stand in the note in these digits. Write it again with no number but those of the note.',
};

function faultOf(rationale: string, grounded: number | null): DraftFault | null {
  if (rationale === '') return 'empty';
  if (rationale.length > longestRationale) return 'too long';
  return grounded === null || grounded === 1 ? null : 'numbers that do not stand in the note';
}

/** The answer as one line of text, without a heading or quotation marks around it. */
function bareRationale(reply: string): string {
  const text = bareReply(reply)
    .replace(/^\**(?:rationale|reason|explanation)\**\s*:\**\s*/i, '')
    .replace(/\s+/g, ' ')
    .trim();
  return /^"([^"]*)"$/.exec(text)?.[1]?.trim() ?? text;
}
