import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../common/index.ts';
import type { ModelRegistry, ModelVersion, Provenance } from '../registry/index.ts';
import { modelFingerprint } from '../triage/index.ts';
import { judgeCandidate } from './judge-candidate.ts';
import type { Plan } from './plan.ts';
import { prepare, type RetrainingRequest } from './prepare.ts';
import { ProgressReport } from './progress-report.ts';
import { type RetrainingState, RunFolder } from './run-folder.ts';
import { trainCandidate } from './train-candidate.ts';
import type { RetrainingOptions } from './work.ts';

/** What a finished retraining gives: a version that is in the registry and not in use. */
export interface RetrainingOutcome {
  readonly candidate: ModelVersion;
  readonly provenance: Provenance;
}

/**
 * Learns from the corrections of a store: trains a candidate from the model in use, measures both, and puts the candidate into
 * the registry with the verdict. All it needs to go on lies in the registry, so the process may end at any moment.
 *
 * @throws UserError when there is too little to learn from, a retraining is unfinished or running, the candidate diverges, or
 *   the disk is full.
 * @throws the signal's reason when aborted.
 */
export async function startRetraining(
  request: RetrainingRequest,
  options: RetrainingOptions,
): Promise<RetrainingOutcome> {
  const run = new RunFolder(request.registry.folder);
  return run.exclusively(async () => {
    if ((await run.readPlan()) !== undefined) {
      throw new UserError(`${run.folder}: a retraining is unfinished; go on with it by --resume, or --discard it.`);
    }
    const plan = await prepare(request, run);
    return finish(request.registry, run, plan, options);
  });
}

/**
 * Goes on with the registry's unfinished retraining, to the same candidate as if it had never stopped.
 *
 * @throws UserError when there is none, or the model that it began with is no longer there; else as `startRetraining`.
 */
export async function resumeRetraining(
  registry: ModelRegistry,
  options: RetrainingOptions,
): Promise<RetrainingOutcome> {
  const run = new RunFolder(registry.folder);
  return run.exclusively(async () => {
    const plan = await run.readPlan();
    if (plan === undefined) throw new UserError(`${registry.folder}: no retraining is unfinished; begin one.`);
    return finish(registry, run, plan, options);
  });
}

/** The registry's unfinished retraining; undefined when there is none. */
export async function readRetraining(registry: ModelRegistry): Promise<RetrainingState | undefined> {
  return new RunFolder(registry.folder).state();
}

/**
 * Removes an unfinished retraining, with its copies of notes.
 *
 * @returns whether there was one.
 * @throws UserError while it is running.
 */
export async function discardRetraining(registry: ModelRegistry): Promise<boolean> {
  const run = new RunFolder(registry.folder);
  return run.exclusively(async () => {
    const there = await exists(run.folder);
    await run.remove();
    return there;
  });
}

async function finish(
  registry: ModelRegistry,
  run: RunFolder,
  plan: Plan,
  options: RetrainingOptions,
): Promise<RetrainingOutcome> {
  options.onPlan?.(plan);
  const parent = await sameParent(registry, plan);
  const report = new ProgressReport(run, options.onProgress);
  const work = { registry, run, plan, parent, report, options };
  try {
    await trainCandidate(work);
    const provenance = await judgeCandidate(work);
    const candidate = await registry.add(run.path('candidate'), provenance, {
      'training-log.jsonl': join(run.path('training'), 'log.jsonl'),
      'held-out-parent.json': run.path('held-out-parent.json'),
      'held-out.json': run.path('held-out-candidate.json'),
      'report.html': run.path('report.html'),
    });
    await report.settle();
    await run.remove();
    return { candidate, provenance };
  } finally {
    await report.settle();
  }
}

/** @throws UserError when the model that the retraining began with is gone or another one. */
async function sameParent(registry: ModelRegistry, { parent }: Plan): Promise<ModelVersion> {
  const version = await registry.find(parent.name);
  if ((await modelFingerprint(version.folder)) === parent.fingerprint) return version;
  throw new UserError(
    `${version.folder}: is another model than the one this retraining began with; discard it and begin anew.`,
  );
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
