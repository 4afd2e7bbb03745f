import { figure } from '../figure.ts';
import { levelsFigure } from '../figures/levels-figure.ts';
import { markup } from '../markup.ts';
import { isOrdered } from '../outcomes.ts';
import type { Section } from '../section.ts';
import type { Subject } from '../subject.ts';

/** Recall and precision of each label. */
export function levels(subjects: readonly Subject[]): Section {
  const ordered = subjects.some(({ evaluation }) => isOrdered(evaluation.labels));
  const missed = ordered
    ? 'Low recall in the urgent labels is where patients are missed.'
    : 'Low recall is where a label is missed.';
  return {
    id: 'levels',
    title: 'Label by label',
    lead: `${missed} The rarer a label, the wider its interval, and the less its dot can be trusted.`,
    body: markup`<div class="grid">${figure(levelsFigure(subjects, 'recall'))}${figure(levelsFigure(subjects, 'precision'))}</div>`,
  };
}
