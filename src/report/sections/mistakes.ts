import type { EvaluationFile } from '../../evaluation/index.ts';
import { figure } from '../figure.ts';
import { confusionFigure, labelName } from '../figures/confusion-figure.ts';
import { type Content, markup } from '../markup.ts';
import { countText } from '../numbers.ts';
import { isOrdered, levelsApart } from '../outcomes.ts';
import type { Section } from '../section.ts';
import type { Subject } from '../subject.ts';
import { table } from '../table.ts';

interface Mistake {
  readonly gold: string;
  readonly predicted: string;
  readonly count: number;
  /** Positive when it is less urgent; 0 where the labels have no levels. */
  readonly apart: number;
}

const mostListed = 8;
const numberWords = ['no', 'one', 'two', 'three', 'four'];

/** The confusion matrix of each evaluation; of a single one also its mistakes by name. */
export function mistakes(subjects: readonly Subject[]): Section {
  const ordered = subjects.some(({ evaluation }) => isOrdered(evaluation.labels));
  return {
    id: 'confusion',
    title: 'Where the mistakes lie',
    lead: ordered
      ? 'Mistakes between neighbouring labels are common, among people too. Look at those far from the diagonal, and first at those to its right.'
      : 'Which labels the model takes for which others.',
    body: markup`<div class="grid">${subjects.map((subject) => figure(confusionFigure(subject)))}${
      subjects.length === 1 ? subjects.map(({ evaluation }) => worstCard(mistakesOf(evaluation), ordered)) : null
    }</div>`,
  };
}

/** All kinds of mistakes that occur: what is called less urgent first, the furthest and then the most frequent first. */
function mistakesOf({ labels, metrics }: EvaluationFile): Mistake[] {
  const found = labels.flatMap((gold, row) =>
    labels.flatMap((predicted, column) => {
      const count = metrics.confusion.counts[row]?.[column] ?? 0;
      if (row === column || count === 0) return [];
      return [
        { gold: labelName(gold), predicted: labelName(predicted), count, apart: levelsApart(gold, predicted) ?? 0 },
      ];
    }),
  );
  const harm = ({ apart }: Mistake) => Math.max(0, apart);
  return found.sort((left, right) => harm(right) - harm(left) || right.count - left.count);
}

function worstCard(found: readonly Mistake[], ordered: boolean): Content {
  if (found.length === 0)
    return markup`<div class="card"><h3>No mistakes</h3><p>Every note has its reference label.</p></div>`;
  const rest = found.slice(mostListed).reduce((sum, { count }) => sum + count, 0);
  return markup`<div class="card"><h3>${ordered ? 'The mistakes, those that harm most first' : 'The mistakes, the most frequent first'}</h3>${table(
    {
      caption: 'Reference label and what it was called',
      head: ['Reference', 'Called', 'How far', 'Notes'],
      rows: found
        .slice(0, mostListed)
        .map(({ gold, predicted, count, apart }) => [gold, predicted, distanceText(apart), countText(count)]),
    },
  )}${rest === 0 ? null : markup`<p class="small">Not listed: ${countText(rest)} more.</p>`}</div>`;
}

function distanceText(apart: number): string {
  if (apart === 0) return 'another label';
  const size = Math.abs(apart);
  return `${numberWords[size] ?? size} ${size === 1 ? 'level' : 'levels'} ${apart > 0 ? 'less' : 'more'} urgent`;
}
