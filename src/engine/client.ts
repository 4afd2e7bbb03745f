import { createHash } from 'node:crypto';
import { resolve as resolvePath } from 'node:path';
import type { DeviceRequest } from '../onnx/index.ts';
import { EngineError } from './engine-error.ts';
import type { EngineOptions } from './engine-process.ts';
import { FairQueue, type Priority, type Urgency } from './fair-queue.ts';
import { callSafely, type Disposable, Listeners } from './listeners.ts';
import type { ModelStatus, OpenProgress, TriageAnswer, TriagePrediction } from './protocol.ts';
import { type EngineState, engineClosed, restartName, Supervisor } from './supervisor.ts';

export interface RequestOptions {
  readonly priority: Priority;
  /** Names the batch that a request of priority `batch` belongs to; batches take turns. */
  readonly batch?: string;
  readonly signal?: AbortSignal;
  /** Called with the number of requests that are served before this one, when it changes; 0 when its turn has come. */
  readonly onQueued?: (position: number) => void;
  /** Called with the whole rationale so far, at every token; on another device it may begin anew. */
  readonly onRationale?: (text: string) => void;
}

export interface TriageRequestOptions extends RequestOptions {
  /** Called before the first `onRationale`, with the model that made the prediction. */
  readonly onPrediction?: (prediction: TriagePrediction, model: ModelStatus) => void;
}

export interface TriageOutcome extends TriageAnswer {
  /** The model that made the prediction. */
  readonly model: ModelStatus;
}

interface Job {
  /** The same when the same request is made again; holds no text of a note. */
  readonly name: string;
  readonly run: () => Promise<void>;
  readonly fail: (error: unknown) => void;
  readonly onQueued: ((position: number) => void) | undefined;
  position: number | undefined;
}

interface JobOptions extends Pick<RequestOptions, 'batch' | 'signal' | 'onQueued'> {
  readonly urgency: Urgency;
  readonly name: string;
}

/**
 * The engine as the rest of the program sees it. Its process is started at the first request, works on one request at a
 * time, and is started again, with its model, when it ends or gives no sign. The request it was working on then fails
 * and can be made again; those that wait are served by the new process.
 */
export class EngineClient {
  readonly #queue = new FairQueue<Job>();
  readonly #stateListeners = new Listeners<EngineState>();
  readonly #modelListeners = new Listeners<ModelStatus>();
  readonly #supervisor: Supervisor;
  #current: Job | undefined;
  /** How many unsettled jobs want to know their position. */
  #positionsWanted = 0;
  #disposed = false;

  constructor(options: EngineOptions) {
    this.#supervisor = new Supervisor(options, {
      onState: (state) => this.#stateListeners.tell(state),
      onModel: (model) => this.#modelListeners.tell(model),
      onRestart: () => {
        // Failing, it leaves the start to the next request.
        this.#enqueue({ urgency: 'first', name: restartName }, () => this.#supervisor.restart()).catch(
          (error: EngineError) => options.log(`engine: not ready again: ${error.message}`),
        );
      },
      onGivingUp: (refusal) => this.#failAll(new EngineError('crashed', refusal, false)),
    });
  }

  get state(): EngineState {
    return this.#supervisor.state;
  }

  /** The model opened last, with the device it runs on. */
  get model(): ModelStatus | undefined {
    return this.#supervisor.model;
  }

  /** The number of the engine's process while there is one. */
  get processId(): number | undefined {
    return this.#supervisor.processId;
  }

  onDidChangeState(listener: (state: EngineState) => void): Disposable {
    return this.#stateListeners.add(listener);
  }

  /** Tells of a model that was opened, and of one that moved to another device. */
  onDidChangeModel(listener: (model: ModelStatus) => void): Disposable {
    return this.#modelListeners.add(listener);
  }

  /**
   * Opens a model, unless it is open already and its files are unchanged. It stays open, across restarts, until another
   * is opened; a model that cannot be opened leaves the one before in its place.
   *
   * @throws EngineError with reason `user` when the folder is not a whole model or the device cannot be used.
   */
  async openModel(
    folder: string,
    device: DeviceRequest,
    onProgress?: (progress: OpenProgress) => void,
  ): Promise<ModelStatus> {
    const request = { folder: resolvePath(folder), device };
    return await this.#enqueue({ urgency: 'first', name: `open ${device} ${request.folder}` }, () =>
      this.#supervisor.openModel(request, onProgress),
    );
  }

  /**
   * Predicts a note's label and explains it.
   *
   * @throws EngineError
   */
  async triage(note: string, options: TriageRequestOptions): Promise<TriageOutcome> {
    const { onPrediction, onRationale, signal } = options;
    return await this.#enqueue(jobOptions(options, 'triage', note), async () => {
      const { answer, model } = await this.#supervisor.ask('triage', { note }, (answering) => ({
        signal,
        onProgress: (progress) => {
          if ('prediction' in progress) onPrediction?.(progress.prediction, answering);
          else onRationale?.(progress.rationale);
        },
      }));
      return { ...answer, model };
    });
  }

  /**
   * Writes the rationale for a label of the model, predicted or not.
   *
   * @throws EngineError
   */
  async explain(note: string, labelId: string, options: RequestOptions): Promise<string> {
    const { onRationale, signal } = options;
    return await this.#enqueue(jobOptions(options, `explain ${labelId}`, note), async () => {
      const { answer } = await this.#supervisor.ask('explain', { note, labelId }, () => ({
        signal,
        onProgress: ({ rationale }) => onRationale?.(rationale),
      }));
      return answer.rationale;
    });
  }

  /** Ends the process; what is asked or waits then fails as cancelled. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#failAll(engineClosed());
    await this.#supervisor.close();
  }

  #enqueue<T>({ urgency, name, batch, signal, onQueued }: JobOptions, work: () => Promise<T>): Promise<T> {
    if (this.#disposed) return Promise.reject(engineClosed());
    if (signal?.aborted === true) return Promise.reject(cancelled());
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const job: Job = { name, run: () => work().then(resolve), fail: reject, onQueued, position: undefined };
    // The caller is let go at once; a process at work for it stops at its next token.
    const abort = () => {
      reject(cancelled());
      this.#queue.remove(job);
      this.#tellPositions();
    };
    signal?.addEventListener('abort', abort);
    if (onQueued !== undefined) this.#positionsWanted++;
    this.#queue.push(job, urgency, batch ?? '');
    this.#tellPositions();
    void this.#workOffQueue();
    return promise.finally(() => {
      signal?.removeEventListener('abort', abort);
      if (onQueued !== undefined) this.#positionsWanted--;
    });
  }

  async #workOffQueue(): Promise<void> {
    if (this.#current !== undefined) return;
    for (let job = this.#queue.take(); job !== undefined; job = this.#queue.take()) {
      this.#current = job;
      this.#tellPositions();
      await this.#supervisor.attempt(job.name, job.run).catch(job.fail);
    }
    this.#current = undefined;
  }

  #tellPositions(): void {
    if (this.#positionsWanted === 0) return;
    const jobs = [...(this.#current === undefined ? [] : [this.#current]), ...this.#queue.inOrder()];
    for (const [position, job] of jobs.entries()) {
      if (job.position === position) continue;
      job.position = position;
      if (job.onQueued !== undefined) callSafely(job.onQueued, position);
    }
  }

  #failAll(error: EngineError): void {
    for (const job of this.#queue.clear()) job.fail(error);
  }
}

/** A note is named by its hash, for the name outlives the request. */
function jobOptions({ priority, ...options }: RequestOptions, task: string, note: string): JobOptions {
  return { ...options, urgency: priority, name: `${task} ${createHash('sha256').update(note).digest('hex')}` };
}

const cancelled = () => new EngineError('cancelled', 'The request was cancelled.');
