import { type JudgedRationale, judgePrompt, VERDICT_FORM } from './judge-prompt.ts';
import type { ChatMessage, LanguageModel } from './language-model.ts';
import { parseVerdict, type Verdict } from './verdict.ts';

const attempts = 2;

/**
 * Has a language model grade one rationale. An answer of another form is asked for once more.
 *
 * @param labels every label, the most urgent first.
 * @returns null when neither answer was a verdict.
 * @throws what the language model throws.
 */
export async function judgeRationale(
  judge: LanguageModel,
  judged: JudgedRationale,
  labels: readonly string[],
  signal?: AbortSignal,
): Promise<Verdict | null> {
  const messages: ChatMessage[] = judgePrompt(judged, labels);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const reply = await judge.complete({ messages, form: VERDICT_FORM, ...(signal === undefined ? {} : { signal }) });
    const verdict = parseVerdict(reply);
    if (verdict !== null) return verdict;
    if (attempt === 1) messages.push({ role: 'assistant', content: reply }, { role: 'user', content: remark });
  }
  return null;
}

const remark = 'That is not one JSON object of the form asked for. Answer again with that object and nothing else.';
