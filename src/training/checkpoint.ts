import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { asWriteError, errorCode, UserError, writeFileAtomically } from '../common/index.ts';
import { readSafetensors, type Weights, writeSafetensors } from '../t5/index.ts';
import { makeFolder } from './folders.ts';

/** The stages of a run, in their order; each but the last may be left out. */
export const STAGES = ['quoting', 'stage1', 'stage2'] as const;

const progressSchema = v.object({
  stage: v.picklist(STAGES),
  /** Steps of this stage that are done. */
  step: v.number(),
  optimizerSteps: v.number(),
  /** The best validation score so far (higher is better), and evaluations since; null before the first. */
  best: v.nullable(v.object({ score: v.number(), step: v.number() })),
  evaluationsSinceBest: v.number(),
  /** The confidences of Reason2Decide-C. */
  confidence: v.optional(v.object({ threshold: v.nullable(v.number()), sum: v.number(), count: v.number() })),
});

/** Where a run stands. */
export type Progress = v.InferOutput<typeof progressSchema>;

/** Everything a run needs to go on to the same losses as if it had never stopped. */
export interface Checkpoint {
  readonly progress: Progress;
  readonly weights: Weights;
  readonly optimizerState: ReadonlyMap<string, Float32Array>;
}

const files = {
  progress: 'progress.json',
  weights: 'weights.safetensors',
  optimizer: 'optimizer.safetensors',
} as const;
const prefix = 'checkpoint-';
const unfinished = '.unfinished';

/** The checkpoints of one run: a folder each, which takes its name only when all of it is on disk. */
export class CheckpointStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Saves a checkpoint and removes those before it.
   *
   * @throws UserError when the disk is full; the checkpoint before is then still whole.
   */
  async save(checkpoint: Checkpoint): Promise<void> {
    const number = (await this.#numbers()).at(-1) ?? 0;
    const final = this.#path(number + 1);
    const temporary = `${final}${unfinished}`;
    try {
      await rm(temporary, { recursive: true, force: true });
      await makeFolder(temporary);
      await writeSafetensors(join(temporary, files.weights), checkpoint.weights);
      const state = [...checkpoint.optimizerState].map(
        ([name, data]) => [name, { shape: [data.length], data }] as const,
      );
      await writeSafetensors(join(temporary, files.optimizer), new Map(state));
      await writeFileAtomically(join(temporary, files.progress), (file) =>
        file.writeFile(JSON.stringify(checkpoint.progress)),
      );
      await rename(temporary, final);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      throw asWriteError(temporary, error);
    }
    for (const old of (await this.#numbers()).slice(0, -1)) await rm(this.#path(old), { recursive: true, force: true });
  }

  /**
   * The last whole checkpoint, or undefined when there is none.
   *
   * @throws UserError when something has damaged it since it was saved.
   */
  async loadLast(): Promise<Checkpoint | undefined> {
    const number = (await this.#numbers()).at(-1);
    if (number === undefined) return undefined;
    const folder = this.#path(number);
    const progress = await readProgress(join(folder, files.progress));
    const optimizer = await readSafetensors(join(folder, files.optimizer));
    return {
      progress,
      weights: await readSafetensors(join(folder, files.weights)),
      optimizerState: new Map([...optimizer].map(([name, { data }]) => [name, data])),
    };
  }

  /** The weights that did best on validation in a stage that has been evaluated. */
  async loadBest(stage: Progress['stage']): Promise<Weights> {
    return readSafetensors(this.#bestPath(stage));
  }

  async saveBest(stage: Progress['stage'], weights: Weights): Promise<void> {
    await makeFolder(this.#folder);
    await writeSafetensors(this.#bestPath(stage), weights);
  }

  #bestPath(stage: Progress['stage']): string {
    return join(this.#folder, `best-${stage}.safetensors`);
  }

  #path(number: number): string {
    return join(this.#folder, `${prefix}${String(number).padStart(6, '0')}`);
  }

  /** Numbers of the whole checkpoints, ascending. */
  async #numbers(): Promise<number[]> {
    let names: string[];
    try {
      names = await readdir(this.#folder);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
    return names
      .filter((name) => name.startsWith(prefix) && /^[0-9]+$/.test(name.slice(prefix.length)))
      .map((name) => Number(name.slice(prefix.length)))
      .sort((a, b) => a - b);
  }
}

async function readProgress(path: string): Promise<Progress> {
  try {
    return v.parse(progressSchema, JSON.parse(await readFile(path, 'utf8')));
  } catch {
    throw new UserError(`${path}: this checkpoint is damaged; remove its folder and resume, to begin this run anew.`);
  }
}
