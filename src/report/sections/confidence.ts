import { type Figure, figure } from '../figure.ts';
import { reliabilityFigure } from '../figures/reliability-figure.ts';
import { riskFigure } from '../figures/risk-figure.ts';
import { type Content, markup } from '../markup.ts';
import { isOrdered } from '../outcomes.ts';
import type { Section } from '../section.ts';
import type { Subject } from '../subject.ts';
import { table } from '../table.ts';

/** Whether the model is right as often as it is sure. */
export function confidence(subjects: readonly Subject[]): Section {
  const figures = subjects.map(reliabilityFigure);
  return {
    id: 'reliability',
    title: 'Can its confidence be believed?',
    lead: 'A model that says 80\u00a0% should be right in eight of ten such notes. One that is surer than right makes its mistakes look like knowledge.',
    body: markup`<div class="grid">${figures.map((each) => (figures.length === 1 ? [figure(each, 'elsewhere'), numbersCard(each)] : figure(each)))}</div>`,
  };
}

/** What it would gain to leave to a clinician what the model is least sure of. */
export function handingOver(subjects: readonly Subject[]): Section {
  const ordered = subjects.some(({ evaluation }) => isOrdered(evaluation.labels));
  return {
    id: 'risk',
    title: 'What handing over the unsure notes would gain',
    lead: 'The model can leave the notes it is least sure of to a clinician. These curves show what the remaining ones would cost. Choose no threshold from the very data that are shown here: it would look better than it is.',
    body: markup`<div class="grid">${ordered ? figure(riskFigure(subjects, 'underTriage')) : null}${figure(riskFigure(subjects, 'risk'))}</div>`,
  };
}

/** Beside a figure that stands alone there is room for its numbers. */
function numbersCard({ table: numbers }: Figure): Content {
  return markup`<div class="card"><h3>${numbers.caption}</h3>${table({ ...numbers, caption: 'Each range of confidence that occurs' })}</div>`;
}
