import { figure } from '../figure.ts';
import { trainingFigures } from '../figures/training-figures.ts';
import { type Markup, markup } from '../markup.ts';
import { counted } from '../numbers.ts';
import type { Section } from '../section.ts';
import { courseOf, stageTitle } from '../training-course.ts';
import type { TrainingLog } from '../training-log.ts';

/** How the models came about, from the logs of their runs. */
export function training(logs: readonly TrainingLog[]): Section {
  return {
    id: 'training',
    title: 'Training',
    lead: 'How a model came about. Good curves here do not make a good model: only the measures above, on notes it never saw, speak of that.',
    body: markup`<div class="stack">${logs.map(run)}</div>`,
  };
}

function run(log: TrainingLog, index: number): Markup {
  const course = courseOf(log);
  const stages = course.stages.map(({ name, steps }) => `${stageTitle(name)}, ${counted(steps, 'step')}`);
  return markup`<div class="run"><h3>${log.name}</h3><p class="small">${stages.join('; ')}. Lines are the mean over equal lengths of the run.</p>
<div class="grid">${trainingFigures(course, `run-${index + 1}`).map((each) => figure(each))}</div></div>`;
}
