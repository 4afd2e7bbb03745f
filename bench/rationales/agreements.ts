import { withoutLevelWords } from './level-words.ts';

/** How a report names what the label predicted from a rationale is compared with. */
export const AGREEMENTS = {
  accuracy: 'label of the note is the gold one',
  consistency: 'label of the rationale alone is that of the note',
  consistencyWithoutLevels: '  the level words cut out of the rationale',
  sufficiency: 'label of the rationale alone is the gold one',
  sufficiencyWithoutLevels: '  the level words cut out of the rationale',
  goldRobustness: 'label of the gold rationale alone is the gold one',
  goldRobustnessWithoutLevels: '  the level words cut out of the rationale',
} as const;
export type Agreement = keyof typeof AGREEMENTS;

/** The labels and the rationales of one note. */
export interface ExplainedLabels {
  readonly predicted: string;
  readonly label: string;
  /** As the model wrote it. */
  readonly rationale: string;
  readonly gold: string;
}

/**
 * Reads the rationales as if they were notes and compares the labels.
 *
 * @param labelOf predicts the label of a text; nothing for an empty one, which agrees with no label.
 */
export async function agreementsOf(
  { predicted, label, rationale, gold }: ExplainedLabels,
  labelOf: (text: string) => Promise<string | undefined>,
): Promise<Record<Agreement, boolean>> {
  const fromWritten = await labelOf(rationale);
  const fromGold = await labelOf(gold);
  const fromWrittenCut = await labelOf(withoutLevelWords(rationale));
  const fromGoldCut = await labelOf(withoutLevelWords(gold));
  return {
    accuracy: predicted === label,
    consistency: fromWritten === predicted,
    sufficiency: fromWritten === label,
    goldRobustness: fromGold === label,
    consistencyWithoutLevels: fromWrittenCut === predicted,
    sufficiencyWithoutLevels: fromWrittenCut === label,
    goldRobustnessWithoutLevels: fromGoldCut === label,
  };
}
