import { UserError } from '../common/index.ts';
import type { EvaluationFile } from '../evaluation/index.ts';
import { type Content, markup } from './markup.ts';
import { page } from './page.ts';
import { contents, type Section, section } from './section.ts';
import { comparison } from './sections/comparison.ts';
import { confidence, handingOver } from './sections/confidence.ts';
import { firstLook } from './sections/first-look.ts';
import { head } from './sections/head.ts';
import { levels } from './sections/levels.ts';
import { measuresTable } from './sections/measures-table.ts';
import { mistakes } from './sections/mistakes.ts';
import { training } from './sections/training.ts';
import { type Verdict, verdictCard } from './sections/verdict.ts';
import { subjectsOf } from './subject.ts';
import type { TrainingLog } from './training-log.ts';

export interface Report {
  /** Side by side where there are several; the others are compared with the first. */
  readonly evaluations: readonly EvaluationFile[];
  readonly trainingLogs?: readonly TrainingLog[];
  /** For a candidate, the second evaluation, that was held against the current model, the first. */
  readonly verdict?: Verdict;
}

/**
 * Renders a report as one HTML page that holds all it needs: it runs no script and loads nothing. The same input gives the same
 * page. It holds no text of any note.
 *
 * @throws UserError when there is no evaluation.
 */
export function renderReport({ evaluations, trainingLogs = [], verdict }: Report): string {
  const subjects = subjectsOf(evaluations);
  const [first, ...others] = subjects;
  if (first === undefined) throw new UserError('There is no evaluation to report on; give at least one.');
  const title = others.length === 0 ? `Evaluation of ${first.name}` : `${subjects.length} evaluations side by side`;
  const sections: Section[] = [
    firstLook(subjects),
    ...(others.length === 0 ? [] : [comparison(first, others)]),
    measuresTable(subjects),
    mistakes(subjects),
    levels(subjects),
    confidence(subjects),
    handingOver(subjects),
    ...(trainingLogs.length === 0 ? [] : [training(trainingLogs)]),
  ];
  const body: Content = markup`${head(title, subjects)}
${contents(sections)}
<main>
${verdict === undefined ? null : verdictCard(verdict)}
${sections.map(section)}
</main>
<footer>All this counts only for notes like these, and only if the model did not learn from them. The reference label is what the data say;
it too was given by someone, and may be wrong. This report holds no text of any
note. Made by Reason2Decide Review: a support for clinicians’ decisions, never a replacement.</footer>`;
  return page(title, body);
}
