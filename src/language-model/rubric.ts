/** What a judge grades, each from 1 to 5. */
export const CRITERIA = ['clinical_correctness', 'faithfulness', 'completeness', 'label_consistency'] as const;
export type Criterion = (typeof CRITERIA)[number];

interface CriterionGuide {
  readonly question: string;
  /** What the scores 1, 3 and 5 mean. */
  readonly anchors: readonly [string, string, string];
}

/**
 * The rubric, of the kind with which rationales are graded by a language model (Zheng et al. 2023, arXiv 2306.05685): one question
 * a criterion and three anchors, so that two judges mean the same by a 3. Its version is recorded with every verdict.
 */
export const RUBRIC_VERSION = 1;
export const RUBRIC: Readonly<Record<Criterion, CriterionGuide>> = {
  clinical_correctness: {
    question: 'Is what the rationale says of the findings and their urgency clinically right?',
    anchors: [
      'wrong in a way that could harm the patient',
      'right in the main, with an error that changes nothing',
      'right throughout',
    ],
  },
  faithfulness: {
    question: 'Does everything that the rationale states stand in the note?',
    anchors: [
      'its main finding or number is invented or misread',
      'a minor detail is not in the note',
      'each finding and number stands in the note',
    ],
  },
  completeness: {
    question: 'Does the rationale name the findings of the note that matter for the urgency?',
    anchors: [
      'the deciding finding is missing',
      'the deciding finding is there, others that matter are missing',
      'all that matter are there',
    ],
  },
  label_consistency: {
    question: 'Does the rationale argue for the label that was given?',
    anchors: [
      'it argues for another label',
      'it would fit a neighbouring label as well',
      'it leads to this label and no other',
    ],
  },
};
