import { fence, fenceRule } from './fence.ts';
import type { AnswerForm, ChatMessage } from './language-model.ts';
import { CRITERIA, RUBRIC } from './rubric.ts';

/** A rationale to be graded, with what it is about. */
export interface JudgedRationale {
  readonly note: string;
  /** The label that the rationale is for. */
  readonly label: string;
  readonly rationale: string;
}

/** The one form of a verdict: every criterion with its score and the reason for it, and nothing else. */
export const VERDICT_FORM: AnswerForm = {
  name: 'verdict',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: [...CRITERIA],
    properties: Object.fromEntries(
      CRITERIA.map((criterion) => [
        criterion,
        {
          type: 'object',
          additionalProperties: false,
          required: ['reason', 'score'],
          properties: { reason: { type: 'string' }, score: { type: 'integer', minimum: 1, maximum: 5 } },
        },
      ]),
    ),
  },
};

/**
 * Asks for a verdict.
 *
 * @param labels every label, the most urgent first.
 */
export function judgePrompt({ note, label, rationale }: JudgedRationale, labels: readonly string[]): ChatMessage[] {
  const criteria = CRITERIA.map((criterion) => {
    const { question, anchors } = RUBRIC[criterion];
    return `- ${criterion}: ${question} 1: ${anchors[0]}. 3: ${anchors[1]}. 5: ${anchors[2]}.`;
  });
  const form = CRITERIA.map((criterion) => `"${criterion}": {"reason": "…", "score": 1}`).join(', ');
  return [
    {
      role: 'system',
      content: [
        'You grade the rationale that a program wrote for the label it gave to a clinical note. Be strict: a rationale that sounds right but states what the note does not is not faithful.',
        fenceRule,
        'Grade each criterion by itself, with a whole number from 1 to 5 (2 and 4 lie between the anchors), and give the reason in one sentence before the score:',
        ...criteria,
        `Answer with one JSON object and nothing else, of exactly this form: {${form}}`,
      ].join('\n'),
    },
    {
      role: 'user',
      content: [
        `The labels, the most urgent first: ${labels.join(', ')}.`,
        fence('note', note),
        `The label that was given: ${label}`,
        fence('rationale', rationale),
        'Grade the rationale.',
      ].join('\n\n'),
    },
  ];
}
