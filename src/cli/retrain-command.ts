import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../common/index.ts';
import { parseDeviceRequest } from '../onnx/index.ts';
import type { ModelRegistry } from '../registry/index.ts';
import {
  defaultSettings,
  discardRetraining,
  type Plan,
  type RetrainingOptions,
  type RetrainingOutcome,
  type RetrainingProgress,
  readRetraining,
  readRetrainingSettings,
  resumeRetraining,
  startRetraining,
} from '../retraining/index.ts';
import { readArguments } from './arguments.ts';
import { defaultModelFolder, openRegistry } from './default-model.ts';
import { ProgressLine, timeLeft } from './progress.ts';

const startUsage =
  'retrain --workspace DIR|--store FILE [--registry DIR] [--examples A,B] [--evaluation FILE] [--recipe FILE] ' +
  '[--settings FILE] [--promote] [--json] [--device auto|gpu|cpu|NAME]';
const resumeUsage =
  'retrain --resume|--status|--discard [--registry DIR] [--promote] [--json] [--device auto|gpu|cpu|NAME]';
export const retrainUsages = [startUsage, resumeUsage];

/** The exit code of a command that was interrupted by Ctrl-C, as shells have it. */
const interrupted = 130;

/** @returns whether a candidate was made, or the exit code. */
export async function retrainCommand(argv: readonly string[]): Promise<boolean | number> {
  const names = {
    values: ['workspace', 'store', 'registry', 'examples', 'evaluation', 'recipe', 'settings', 'device'],
    flags: ['resume', 'status', 'discard', 'promote', 'json'],
  } as const;
  const { values, flags, positionals } = readArguments(argv, names, startUsage);
  const going = [flags.resume, flags.status, flags.discard].filter(Boolean).length;
  const begins = values.workspace !== undefined || values.store !== undefined;
  if (
    positionals.length > 0 ||
    going + Number(begins) !== 1 ||
    (values.workspace !== undefined && values.store !== undefined)
  ) {
    throw new UserError(
      `Say which decisions to learn from, or what to do with an unfinished retraining; use: ${retrainUsages.join('  or  ')}`,
    );
  }
  const registry = openRegistry(values.registry);
  if (flags.status) return status(registry, flags.json);
  if (flags.discard) return discard(registry);

  const line = new ProgressLine();
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const options: RetrainingOptions = {
    device: parseDeviceRequest(values.device ?? 'auto'),
    signal: stop.signal,
    onPlan: (plan) => (flags.json ? tell(planMessage(plan)) : line.keep(describePlan(plan))),
    onDevice: (explanation) => line.keep(`Training on ${explanation}.`),
    onProgress: flags.json ? (progress) => tell({ kind: 'progress', ...progress }) : showProgress(line),
  };
  try {
    const outcome = flags.resume
      ? await resumeRetraining(registry, options)
      : await startRetraining(
          {
            registry,
            store: values.store ?? join(values.workspace ?? '', '.reason2decide', 'corrections.db'),
            settings: values.settings === undefined ? defaultSettings : await readRetrainingSettings(values.settings),
            recipe: values.recipe ?? (await recipeOf(registry)),
            examples: values.examples?.split(',').map((file) => resolve(file.trim())) ?? [],
            evaluation: values.evaluation === undefined ? undefined : resolve(values.evaluation),
          },
          options,
        );
    line.clear();
    if (flags.json) tell(outcomeMessage(outcome));
    else console.log(describeOutcome(outcome));
    if (flags.promote) await promote(registry, outcome);
    return true;
  } catch (error) {
    if (!stop.signal.aborted || UserError.is(error)) throw error;
    line.keep(
      (await readRetraining(registry)) === undefined
        ? 'Stopped before anything was learnt; nothing has changed.'
        : 'Stopped. Nothing is lost: go on with retrain --resume, or remove what was done with retrain --discard.',
    );
    return interrupted;
  } finally {
    line.clear();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** The recipe that the program has for a model of this name. */
async function recipeOf(registry: ModelRegistry): Promise<string | undefined> {
  const { manifest } = await registry.current();
  const path = join(dirname(dirname(defaultModelFolder())), 'recipes', `${manifest.id}.yaml`);
  return existsSync(path) ? path : undefined;
}

async function promote(registry: ModelRegistry, { candidate, provenance }: RetrainingOutcome): Promise<void> {
  if (!provenance.verdict.offered) {
    console.log('It is not promoted.');
    return;
  }
  const current = await registry.current();
  if (current.name !== provenance.parent.name) {
    console.log(`It is not promoted: ${current.name} came into use meanwhile, and it was not measured against that.`);
    return;
  }
  await registry.promote(candidate.name);
  console.log(`${candidate.name} is in use now.`);
}

/** One JSON object a line, for programs that follow. */
function tell(message: object): void {
  console.log(JSON.stringify(message));
}

function planMessage({ decisions, contradictions, parent, version }: Plan): object {
  const { taught, heldOut } = decisions;
  return { kind: 'plan', version, parent: parent.name, taught, heldOut, contradictions: contradictions.length };
}

function outcomeMessage({ candidate: { name, folder }, provenance: { verdict } }: RetrainingOutcome): object {
  const reasons = verdict.criteria.map(({ met, reason }) => ({ met, reason }));
  return { kind: 'outcome', name, folder, report: reportOf(folder), offered: verdict.offered, reasons };
}

const reportOf = (folder: string) => join(folder, 'report.html');

async function status(registry: ModelRegistry, asJson: boolean): Promise<boolean> {
  const state = await readRetraining(registry);
  if (asJson) {
    if (state === undefined) tell({ unfinished: false });
    else {
      const { running, plan, progress } = state;
      const { phase, done, total } = progress ?? { phase: null, done: 0, total: 0 };
      tell({ unfinished: true, running, version: plan.version, parent: plan.parent.name, phase, done, total });
    }
  } else if (state === undefined) console.log('No retraining is unfinished.');
  else {
    const { phase, done, total } = state.progress ?? { phase: 'before the first step', done: 0, total: 0 };
    const place = total === 0 ? phase : `${phase} ${done} of ${total}`;
    console.log(
      `${state.running ? 'Running' : 'Stopped'}: ${state.plan.version} from ${state.plan.parent.name}, ${place}.`,
    );
  }
  return true;
}

async function discard(registry: ModelRegistry): Promise<boolean> {
  console.log((await discardRetraining(registry)) ? 'The retraining is discarded.' : 'No retraining is unfinished.');
  return true;
}

function showProgress(line: ProgressLine): (progress: RetrainingProgress) => void {
  let phase = '';
  let started = 0;
  let first = 0;
  return (progress) => {
    if (progress.phase !== phase) {
      phase = progress.phase;
      started = performance.now();
      first = progress.done;
    }
    const { done, total, loss } = progress;
    const left = timeLeft(done - first, total - first, (performance.now() - started) / 1000);
    line.show([`${phase} ${done}/${total}`, ...(loss === null ? [] : [`loss ${loss.toFixed(3)}`]), left].join('  '));
  };
}

function describePlan({
  decisions,
  leftOut,
  contradictions,
  parent,
  repeat,
  stage1Steps,
  stage2Steps,
  data,
}: Plan): string {
  const left = [
    ...(leftOut.rejected > 0 ? [`${leftOut.rejected} rejected`] : []),
    ...(leftOut.flagged > 0 ? [`${leftOut.flagged} flagged`] : []),
    ...(leftOut.otherLabels > 0 ? [`${leftOut.otherLabels} with labels that this model does not have`] : []),
    ...(leftOut.repeated > 0 ? [`${leftOut.repeated} on a text that was decided on again`] : []),
  ];
  return [
    `From ${parent.name}: ${decisions.taught} decisions teach and ${decisions.heldOut} are held out` +
      `${left.length > 0 ? `; left out: ${left.join(', ')}` : ''}.`,
    ...contradictions.map(
      ({ kept, contradicted }) =>
        `Decision ${kept} contradicts ${contradicted.join(', ')} on the same text; the latest counts.`,
    ),
    `An epoch shows each ${repeat === 1 ? 'once' : `${repeat} times`}, beside ${data.replay.examples} notes of replay; ${stage1Steps} + ${stage2Steps} steps.`,
  ].join('\n');
}

function describeOutcome({ candidate, provenance: { verdict } }: RetrainingOutcome): string {
  return [
    `${candidate.name} ${verdict.offered ? 'is offered for promotion' : 'is not offered for promotion'}:`,
    ...verdict.criteria.map(({ met, reason }) => `  ${met ? '✓' : '✗'} ${reason}`),
    `Report: ${reportOf(candidate.folder)}`,
  ].join('\n');
}
