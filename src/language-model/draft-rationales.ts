import { extname } from 'node:path';
import { UserError } from '../common/index.ts';
import type { Example } from '../dataset/index.ts';
import type { AnswerLog } from './answer-log.ts';
import { forEachConcurrently } from './concurrently.ts';
import { type DraftOptions, draftRationale } from './draft.ts';
import { type DraftedExample, draftKey, openDrafts, openRejected, type RejectedDraft } from './draft-log.ts';
import { FailureWatch } from './failure-watch.ts';
import type { LanguageModel } from './language-model.ts';

export interface DraftingOptions extends DraftOptions {
  /** The file that drafts are added to, `.jsonl`. */
  readonly out: string;
  /** Questions under way at once. */
  readonly concurrency?: number;
  /** What becomes of a draft whose numbers do not all stand in the note, after it was sent back once; `reject` by default. */
  readonly ungrounded?: 'reject' | 'flag';
  /** Whether examples that have a rationale are copied, so that the file is the whole data set. */
  readonly copyOthers?: boolean;
  readonly onProgress?: (report: DraftingReport) => void;
}

/** What has been done so far; every example counts once. */
export interface DraftingReport {
  /** Drafted by this run. */
  drafted: number;
  /** Drafted, but with numbers that do not stand in the note, by this run. */
  flagged: number;
  /** Not drafted for their faults, by this run. */
  rejected: number;
  /** Done by an earlier run, or the same note and label once more. */
  alreadyDone: number;
  /** Examples that have a rationale. */
  needless: number;
  /** Not answered this time; the next run asks again. */
  unanswered: number;
}

const defaultConcurrency = 4;

/**
 * Drafts rationales for the examples that have a label and none: the data of the method's first stage. What is done is never
 * asked for again, whatever interrupts the work.
 *
 * @throws UserError where the language model cannot be asked any more, or a file is another's; what is done stays done.
 */
export async function draftRationales(
  model: LanguageModel,
  examples: AsyncIterable<Example>,
  options: DraftingOptions,
): Promise<DraftingReport> {
  const { out, concurrency = defaultConcurrency } = options;
  if (extname(out).toLowerCase() !== '.jsonl') throw new UserError(`${out}: drafts need a name that ends in .jsonl.`);
  const drafts = await openDrafts(out, model.name);
  const rejected = await openRejected(out, model.name).catch(async (error: unknown) => {
    await drafts.close();
    throw error;
  });
  const drafting = new Drafting(model, drafts, rejected, options);
  try {
    await forEachConcurrently(drafting.remaining(examples), concurrency, (example) => drafting.draft(example));
  } finally {
    await Promise.all([drafts.close(), rejected.close()]);
  }
  return drafting.report;
}

class Drafting {
  readonly report: DraftingReport = {
    drafted: 0,
    flagged: 0,
    rejected: 0,
    alreadyDone: 0,
    needless: 0,
    unanswered: 0,
  };
  readonly #model: LanguageModel;
  readonly #drafts: AnswerLog<DraftedExample>;
  readonly #rejected: AnswerLog<RejectedDraft>;
  readonly #options: DraftingOptions;
  /** Asked about by this run, so that the same note is not asked about twice at once. */
  readonly #taken = new Set<string>();
  readonly #failures: FailureWatch;

  constructor(
    model: LanguageModel,
    drafts: AnswerLog<DraftedExample>,
    rejected: AnswerLog<RejectedDraft>,
    options: DraftingOptions,
  ) {
    this.#model = model;
    this.#drafts = drafts;
    this.#rejected = rejected;
    this.#options = options;
    this.#failures = new FailureWatch(model.name);
  }

  /** The examples that must still be asked about. */
  async *remaining(examples: AsyncIterable<Example>): AsyncGenerator<Example, void, undefined> {
    for await (const example of examples) {
      this.#options.signal?.throwIfAborted();
      const key = draftKey(example);
      const done = this.#drafts.has(key) || this.#rejected.has(key) || this.#taken.has(key);
      if (example.rationale.trim() !== '') {
        this.report.needless++;
        if (this.#options.copyOthers === true && !done) await this.#drafts.append(example);
      } else if (done) this.report.alreadyDone++;
      else {
        this.#taken.add(key);
        yield example;
      }
    }
    this.#options.onProgress?.(this.report);
  }

  async draft(example: Example): Promise<void> {
    const { question: note, label } = example;
    const draft = await this.#failures.watch(() => draftRationale(this.#model, { note, label }, this.#options));
    if (draft === null) this.report.unanswered++;
    else {
      const { rationale, fault } = draft;
      const isFlagged = fault === 'numbers that do not stand in the note' && this.#options.ungrounded === 'flag';
      if (fault === null || isFlagged) {
        const share = isFlagged ? this.#options.groundedNumbers([{ note, rationale }]) : null;
        await this.#drafts.append({
          ...example,
          rationale,
          rationale_source: 'llm',
          rationale_model: this.#model.name,
          ...(share === null ? {} : { grounded_numbers: share }),
        });
        this.report[isFlagged ? 'flagged' : 'drafted']++;
      } else {
        const key = draftKey(example);
        await this.#rejected.append({ key, id: example.id ?? null, why: fault, rationale_model: this.#model.name });
        this.report.rejected++;
      }
    }
    this.#options.onProgress?.(this.report);
  }
}
