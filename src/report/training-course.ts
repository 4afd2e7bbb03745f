import type { Point } from './drawing/plot.ts';
import type { TrainingLog, TrainingRecord } from './training-log.ts';

/** A stage of a run on the axis of all its steps. */
export interface StageSpan {
  readonly name: string;
  /** Steps before its first one, in the stages before it. */
  readonly offset: number;
  readonly steps: number;
}

/** A run's stages one after the other. */
export interface Course {
  readonly stages: readonly StageSpan[];
  readonly steps: number;
  readonly records: readonly TrainingRecord[];
}

export function courseOf({ records }: TrainingLog): Course {
  const lasts = new Map<string, number>();
  for (const { stage, step } of records) lasts.set(stage, Math.max(step, lasts.get(stage) ?? 0));
  let steps = 0;
  const stages = [...lasts].map(([name, last]): StageSpan => {
    steps += last;
    return { name, offset: steps - last, steps: last };
  });
  return { stages, steps, records };
}

/** `stage1` as people say it. */
export function stageTitle(name: string): string {
  return name.replace(/^stage(\d+)$/, 'stage $1');
}

export type StepRecord = Extract<TrainingRecord, { kind: 'step' }>;

/** A value of the steps over the run; steps without it are left out. */
export function stepValues(course: Course, value: (record: StepRecord) => number | null): Point[] {
  return course.records.flatMap((record) => {
    const y = record.kind === 'step' ? value(record) : null;
    return y === null ? [] : [{ x: stepOf(course, record), y }];
  });
}

/** A measure of the validations over the run, and which of them was the best so far. */
export function validationValues(course: Course, metric: string): (Point & { readonly best: boolean })[] {
  return course.records.flatMap((record) => {
    const y = record.kind === 'evaluation' ? record.metrics[metric] : undefined;
    return y === undefined || record.kind === 'step' ? [] : [{ x: stepOf(course, record), y, best: record.best }];
  });
}

/** The mean of the points within equal lengths of the run, none across the end of a stage. */
export function averaged(course: Course, points: readonly Point[], most: number): Point[] {
  const length = Math.max(1, course.steps / most);
  return course.stages.flatMap(({ offset, steps }) => {
    const bins = new Map<number, Point[]>();
    for (const point of points) {
      if (point.x <= offset || point.x > offset + steps) continue;
      const bin = Math.floor((point.x - offset - 1) / length);
      const held = bins.get(bin);
      if (held === undefined) bins.set(bin, [point]);
      else held.push(point);
    }
    return [...bins.values()].map((held) => ({ x: mean(held.map(({ x }) => x)), y: mean(held.map(({ y }) => y)) }));
  });
}

function stepOf({ stages }: Course, { stage, step }: TrainingRecord): number {
  return (stages.find(({ name }) => name === stage)?.offset ?? 0) + step;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
