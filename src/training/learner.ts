import type { Random } from '../common/index.ts';
import type { Example } from '../dataset/index.ts';
import {
  type CycleBatch,
  type Gradients,
  generateGreedy,
  type TeacherForcedBatch,
  type Tokenizer,
  type TrainableT5,
} from '../t5/index.ts';
import { fillPrompt, type Prompts } from '../triage/index.ts';
import type { ConfidentLabel } from './adaptive-training.ts';
import { chunks } from './batches.ts';
import type { CycleLessons, Lesson, TaskLessons } from './objectives.ts';

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
  /** The mean token loss of the labels recovered from what was written; absent where nothing was read again. */
  readonly cycle?: number;
}

/** What a step draws at random; what is left out is not drawn. */
export interface StepDraws {
  readonly dropout?: Random;
  /** The Gumbel noise of a lesson by its place in its task, so that it is the same in whatever parts the batch is run. */
  readonly gumbel?: (lesson: number) => Random;
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

  /** Adds the gradients of a step's loss, Σ over tasks of weight × mean token loss, and of the cycle where a task has one. */
  async accumulate(
    tasks: readonly TaskLessons[],
    gradients: Gradients,
    { dropout, gumbel }: StepDraws = {},
  ): Promise<TaskLosses> {
    let total = 0;
    let recovered: number | undefined;
    const means: Record<Lesson['task'], number | null> = { predict: null, explain: null };
    for (const { weight, lessons, cycle } of tasks) {
      const encoded = this.#encode(lessons);
      const tokens = encoded.reduce((sum, { target }) => sum + target.length, 0);
      // At α = 0 a task teaches nothing, and its gradients would only cost time.
      if (tokens === 0 || weight === 0) continue;
      const cycleOf = cycle === undefined ? undefined : this.#cycle(cycle, gumbel);
      let loss = 0;
      let cycleLoss = 0;
      let first = 0;
      for (const part of chunks(encoded, this.#limits.microBatchSize)) {
        const batch = asBatch(part, weight / tokens);
        if (cycleOf === undefined) loss += await this.model.accumulateGradients(batch, gradients, dropout);
        else {
          const again = cycleOf(first, part.length);
          const losses = await this.model.accumulateCycleGradients(batch, again, gradients, dropout);
          loss += losses.loss;
          cycleLoss += losses.cycleLoss;
        }
        first += part.length;
      }
      total += loss + cycleLoss;
      const task = lessons[0]?.task;
      if (task !== undefined) means[task] = loss / weight;
      if (cycle !== undefined) recovered = cycleLoss / cycle.weight;
    }
    return { total, ...means, ...(recovered === undefined ? {} : { cycle: recovered }) };
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
    await this.#decodeLabels(notes, (index, tokens) => {
      texts[index] = this.tokenizer.decode(tokens);
    });
    return texts;
  }

  /** The same, and how sure the model is of each. */
  async predictConfidently(notes: readonly string[]): Promise<ConfidentLabel[]> {
    const labels: ConfidentLabel[] = notes.map(() => ({ label: '', confidence: 0 }));
    const sums = notes.map(() => ({ logarithm: 0, tokens: 0 }));
    await this.#decodeLabels(
      notes,
      (index, tokens) => {
        const { logarithm = 0, tokens: count = 1 } = sums[index] ?? {};
        labels[index] = { label: this.tokenizer.decode(tokens), confidence: Math.exp(logarithm / count) };
      },
      (index, logProbability) => {
        const sum = sums[index];
        if (sum === undefined) return;
        sum.logarithm += logProbability;
        sum.tokens++;
      },
    );
    return labels;
  }

  async #decodeLabels(
    notes: readonly string[],
    onLabel: (index: number, tokens: readonly number[]) => void,
    onLogProbability?: (index: number, logProbability: number) => void,
  ): Promise<void> {
    if (notes.length === 0) return;
    const runner = await this.model.runner();
    const prompts = notes.map((note, index) => ({
      index,
      ids: this.#encodeInput(fillPrompt(this.prompts.predict, note)),
    }));
    prompts.sort((a, b) => a.ids.length - b.ids.length);
    for (const part of chunks(prompts, predictionBatch)) {
      const indexOf = (row: number) => part[row]?.index ?? 0;
      const encoded = await runner.encode(part.map(({ ids }) => ids));
      const rows = await generateGreedy(runner, encoded, {
        maxNewTokens: this.#limits.labelTokens,
        ...(onLogProbability && {
          onLogProbability: (row: number, logProbability: number) => onLogProbability(indexOf(row), logProbability),
        }),
      });
      rows.forEach((tokens, row) => {
        onLabel(indexOf(row), tokens);
      });
    }
  }

  /** The second pass of a task's lessons from `first` on. */
  #cycle({ weight, temperature, labels }: CycleLessons, gumbel: StepDraws['gumbel']) {
    if (gumbel === undefined) throw new RangeError('a cycle needs Gumbel noise');
    const { labelTokens } = this.#limits;
    const targets = labels.map((label) => this.tokenizer.encodeIds(label, { maxLength: labelTokens }));
    const tokens = targets.reduce((sum, target) => sum + target.length, 0);
    // The prompt of a note that is empty, without its end token.
    const prefix = this.tokenizer.encodeIds(fillPrompt(this.prompts.predict, '')).slice(0, -1);
    return (first: number, count: number): CycleBatch => {
      const part = targets.slice(first, first + count);
      return {
        prefix,
        targets: part,
        tokenWeights: part.map(() => weight / tokens),
        temperature,
        noise: (row) => gumbel(first + row),
      };
    };
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
