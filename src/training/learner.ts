import type { Random } from '../common/index.ts';
import type { Example } from '../dataset/index.ts';
import {
  type Gradients,
  generateGreedy,
  type TeacherForcedBatch,
  type Tokenizer,
  type TrainableT5,
} from '../t5/index.ts';
import { fillPrompt, type Prompts } from '../triage/index.ts';
import { chunks } from './batches.ts';
import type { Lesson, TaskLessons } from './objectives.ts';

/** Limits of what one graph run is given. */
export interface LearnerLimits {
  readonly inputTokens: number;
  /** Tokens of the longest label text, the end token included. */
  readonly labelTokens: number;
  readonly rationaleTokens: number;
  readonly microBatchSize: number;
}

/** Mean token losses of a step's tasks; null where a task had no lesson. */
export interface TaskLosses {
  readonly total: number;
  readonly predict: number | null;
  readonly explain: number | null;
}

/** Rows decoded together when labels are predicted. */
const predictionBatch = 32;

/** A T5 with its tokenizer and prompts, as the training loop sees it. */
export class Learner {
  readonly model: TrainableT5;
  readonly tokenizer: Tokenizer;
  readonly prompts: Prompts;
  readonly #limits: LearnerLimits;

  constructor(model: TrainableT5, tokenizer: Tokenizer, prompts: Prompts, limits: LearnerLimits) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.prompts = prompts;
    this.#limits = limits;
  }

  /** Tokens of an example's longest prompt and target: what its batch is sorted by. */
  length({ question, rationale }: Example): number {
    return this.tokenizer.encodeIds(question, { maxLength: this.#limits.inputTokens }).length + rationale.length / 5;
  }

  /**
   * Adds the gradients of a step's loss, Σ over tasks of weight × mean token loss.
   *
   * @param random draws dropout; left out, nothing is dropped.
   */
  async accumulate(tasks: readonly TaskLessons[], gradients: Gradients, random?: Random): Promise<TaskLosses> {
    let total = 0;
    const means: Record<Lesson['task'], number | null> = { predict: null, explain: null };
    for (const { weight, lessons } of tasks) {
      const encoded = this.#encode(lessons);
      const tokens = encoded.reduce((sum, { target }) => sum + target.length, 0);
      // At α = 0 a task teaches nothing, and its gradients would only cost time.
      if (tokens === 0 || weight === 0) continue;
      let loss = 0;
      for (const part of chunks(encoded, this.#limits.microBatchSize)) {
        loss += await this.model.accumulateGradients(asBatch(part, weight / tokens), gradients, random);
      }
      total += loss;
      const task = lessons[0]?.task;
      if (task !== undefined) means[task] = loss / weight;
    }
    return { total, ...means };
  }

  /** The mean token loss of lessons, without dropout. */
  async meanLoss(lessons: readonly Lesson[]): Promise<number> {
    const encoded = this.#encode(lessons).sort((a, b) => a.source.length - b.source.length);
    const tokens = encoded.reduce((sum, { target }) => sum + target.length, 0);
    let loss = 0;
    for (const part of chunks(encoded, this.#limits.microBatchSize)) {
      loss += (await this.model.measureLoss(asBatch(part, 1 / tokens))).loss;
    }
    return loss;
  }

  /** The label text that the model greedily writes for each note. */
  async predictLabels(notes: readonly string[]): Promise<string[]> {
    const texts = new Array<string>(notes.length).fill('');
    if (notes.length === 0) return texts;
    const runner = await this.model.runner();
    const prompts = notes.map((note, index) => ({
      index,
      ids: this.#encodeInput(fillPrompt(this.prompts.predict, note)),
    }));
    prompts.sort((a, b) => a.ids.length - b.ids.length);
    for (const part of chunks(prompts, predictionBatch)) {
      const encoded = await runner.encode(part.map(({ ids }) => ids));
      const rows = await generateGreedy(runner, encoded, { maxNewTokens: this.#limits.labelTokens });
      part.forEach(({ index }, row) => {
        texts[index] = this.tokenizer.decode(rows[row] ?? []);
      });
    }
    return texts;
  }

  #encode(lessons: readonly Lesson[]): EncodedLesson[] {
    const { labelTokens, rationaleTokens } = this.#limits;
    return lessons.map(({ task, prompt, target }) => ({
      source: this.#encodeInput(prompt),
      target: this.tokenizer.encodeIds(target, { maxLength: task === 'predict' ? labelTokens : rationaleTokens }),
    }));
  }

  #encodeInput(prompt: string): number[] {
    return this.tokenizer.encodeIds(prompt, { maxLength: this.#limits.inputTokens });
  }
}

interface EncodedLesson {
  readonly source: readonly number[];
  readonly target: readonly number[];
}

function asBatch(lessons: readonly EncodedLesson[], tokenWeight: number): TeacherForcedBatch {
  return {
    sources: lessons.map(({ source }) => source),
    targets: lessons.map(({ target }) => target),
    tokenWeights: lessons.map(() => tokenWeight),
  };
}
