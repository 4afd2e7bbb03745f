import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { asWriteError, errorCode, ProcessLock, UserError, writeFileAtomically } from '../common/index.ts';
import { type Plan, planSchema } from './plan.ts';

const folderName = 'retraining';
const lockName = 'retraining.lock';
/** Milliseconds to wait for the lock: who only looks whether it is held has it for a moment. */
const patience = 300;

const progressSchema = v.object({
  /** What is being done: `stage1`, `stage2`, or which model is asked about which examples. */
  phase: v.string(),
  done: v.number(),
  total: v.number(),
  /** The loss of the last step, in training. */
  loss: v.nullable(v.number()),
  updatedAt: v.string(),
  /** The process that works on it, or worked on it last. */
  processId: v.number(),
});

/** How far a retraining is. */
export type RetrainingProgress = v.InferOutput<typeof progressSchema>;

/** An unfinished retraining, as any process can see it. */
export interface RetrainingState {
  /** Whether a process works on it now. */
  readonly running: boolean;
  readonly plan: Plan;
  /** Undefined before the first step. */
  readonly progress: RetrainingProgress | undefined;
}

/**
 * Where one retraining keeps all that it needs to go on: one a registry, since each is measured against the model in use. It
 * holds the notes that teach, so it is readable by its owner alone and is removed when the retraining is done or discarded.
 */
export class RunFolder {
  readonly folder: string;
  readonly #lockFile: string;

  /** @param registry the registry's folder. */
  constructor(registry: string) {
    this.folder = join(registry, folderName);
    this.#lockFile = join(registry, lockName);
  }

  path(name: RunFile): string {
    return join(this.folder, name);
  }

  /**
   * Works on the folder while no other process does.
   *
   * @throws UserError when another one does.
   */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    try {
      await mkdir(join(this.folder, '..'), { recursive: true });
    } catch (error) {
      throw asWriteError(this.folder, error);
    }
    const lock = ProcessLock.acquire(this.#lockFile, patience);
    if (lock === undefined) {
      throw new UserError(`${this.folder}: a retraining is running there; wait until it is done, or stop it.`);
    }
    try {
      return await work();
    } finally {
      lock.release();
    }
  }

  /** Makes the folder anew; what an interrupted preparation left is of no use. */
  async create(): Promise<void> {
    try {
      await rm(this.folder, { recursive: true, force: true });
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw asWriteError(this.folder, error);
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Written when all else is there: with it, the retraining has begun. */
  async writePlan(plan: Plan): Promise<void> {
    await writeFileAtomically(this.path('plan.json'), (file) =>
      file.writeFile(`${JSON.stringify(plan, undefined, 2)}\n`),
    );
  }

  /**
   * @returns undefined when no retraining is unfinished.
   * @throws UserError when its plan is damaged.
   */
  async readPlan(): Promise<Plan | undefined> {
    const path = this.path('plan.json');
    const text = await readText(path);
    if (text === undefined) return undefined;
    try {
      return v.parse(planSchema, JSON.parse(text));
    } catch {
      throw new UserError(`${path}: is damaged, so this retraining cannot go on; discard it and begin anew.`);
    }
  }

  async writeProgress(progress: RetrainingProgress): Promise<void> {
    await writeFileAtomically(this.path('progress.json'), (file) => file.writeFile(`${JSON.stringify(progress)}\n`));
  }

  async state(): Promise<RetrainingState | undefined> {
    const plan = await this.readPlan();
    if (plan === undefined) return undefined;
    const lock = ProcessLock.acquire(this.#lockFile);
    lock?.release();
    return { running: lock === undefined, plan, progress: await this.#progress() };
  }

  async #progress(): Promise<RetrainingProgress | undefined> {
    const text = await readText(this.path('progress.json'));
    try {
      return text === undefined ? undefined : v.parse(progressSchema, JSON.parse(text));
    } catch {
      return undefined;
    }
  }
}

type RunFile =
  | 'plan.json'
  | 'progress.json'
  | 'corrections.jsonl'
  | 'replay.jsonl'
  | 'held-out.jsonl'
  | 'validation.jsonl'
  | 'training'
  | 'trained'
  | 'candidate'
  | 'held-out-parent.json'
  | 'held-out-candidate.json'
  | 'report.html';

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
