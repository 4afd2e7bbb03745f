import { fence, fenceRule } from './fence.ts';
import type { ChatMessage } from './language-model.ts';

/** Asks for the rationale of a label that a note was given. */
export function draftPrompt(note: string, label: string): ChatMessage[] {
  return [
    {
      role: 'system',
      content: [
        'You write the rationale for the acuity label that a clinician gave to a triage note. The label is decided: explain it, do not judge it.',
        fenceRule,
        'Write one to three plain sentences in English, as a triage nurse would: name the findings of the note that decide the label, and what each means.',
        'Use only what the note states. Copy every number exactly as the note has it, and write no other number: no level, no time limit, no normal range.',
        'Answer with the rationale alone: no heading, no list, no quotation marks.',
      ].join('\n'),
    },
    { role: 'user', content: `The label: ${label}\n\n${fence('note', note)}\n\nWrite the rationale for the label.` },
  ];
}
