import { isDeepStrictEqual } from 'node:util';
import { errorCode } from '../common/index.ts';
import { CrashHistory } from './crash-history.ts';
import { EngineError } from './engine-error.ts';
import { type EngineOptions, EngineProcess, type ProcessEnd, ProcessEndedError } from './engine-process.ts';
import type { CallOptions, Method, ModelStatus, OpenProgress, ParametersOf, ResultOf } from './protocol.ts';

export type EngineState = 'stopped' | 'starting' | 'ready' | 'restarting';

export interface SupervisorEvents {
  onState(state: EngineState): void;
  onModel(model: ModelStatus): void;
  /** The process ended: `restart` is to be called before anything else is attempted. */
  onRestart(): void;
  /** The process ended too often: what waits is to be refused with this sentence. */
  onGivingUp(refusal: string): void;
}

/** Starts the engine's process when it is needed, with its model again after its end, and knows when to leave it alone. */
export class Supervisor {
  readonly #options: EngineOptions;
  readonly #events: SupervisorEvents;
  readonly #crashes = new CrashHistory();
  #state: EngineState = 'stopped';
  #process: EngineProcess | undefined;
  /** The process that has the model open. */
  #modelHolder: EngineProcess | undefined;
  /** What to open again in a new process. */
  #modelRequest: ParametersOf<'openModel'> | undefined;
  #model: ModelStatus | undefined;
  /** Names what is attempted now. */
  #attempted: string | undefined;

  constructor(options: EngineOptions, events: SupervisorEvents) {
    this.#options = options;
    this.#events = events;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** The model opened last, with the device it runs on. */
  get model(): ModelStatus | undefined {
    return this.#model;
  }

  get processId(): number | undefined {
    return this.#process?.id;
  }

  /**
   * Does one piece of work, which makes its requests through this object; one at a time.
   *
   * @param name the same when the same work is attempted again; holds no text of a note.
   * @throws EngineError, and nothing else.
   */
  async attempt<T>(name: string, work: () => Promise<T>): Promise<T> {
    const refusal = this.#crashes.refusalOf(name, Date.now());
    if (refusal !== undefined) throw new EngineError('crashed', refusal, false);
    this.#attempted = name;
    try {
      return await work();
    } catch (error) {
      throw this.#asEngineError(error, name);
    } finally {
      this.#attempted = undefined;
    }
  }

  /** Opens a model, which is opened again in every later process until another takes its place. */
  async openModel(
    request: ParametersOf<'openModel'>,
    onProgress: ((progress: OpenProgress) => void) | undefined,
  ): Promise<ModelStatus> {
    const status = await this.#open(this.#startedProcess(), request, onProgress);
    this.#modelRequest = request;
    return status;
  }

  /** Makes a request to the open model; `options` is given the model that will answer. */
  async ask<M extends Method>(
    method: M,
    parameters: ParametersOf<M>,
    options: (model: ModelStatus) => CallOptions<M>,
  ): Promise<{ readonly answer: ResultOf<M>; readonly model: ModelStatus }> {
    const { process, model } = await this.#processWithModel();
    const answer = await this.#request(process, method, parameters, options(model));
    // An opened model is no answer: one that ends the process at each note would be opened again without end.
    this.#crashes.answered();
    return { answer, model };
  }

  /** Starts a process in the place of one that ended, with the same model; to be attempted under `restartName`. */
  async restart(): Promise<void> {
    await this.#processWithModel();
  }

  async close(): Promise<void> {
    await this.#process?.close();
    this.#setState('stopped');
  }

  async #processWithModel(): Promise<{ readonly process: EngineProcess; readonly model: ModelStatus }> {
    const process = this.#startedProcess();
    if (this.#modelHolder === process && this.#model !== undefined) return { process, model: this.#model };
    if (this.#modelRequest === undefined) throw new EngineError('user', 'No model is open; choose a model first.');
    return { process, model: await this.#open(process, this.#modelRequest) };
  }

  #startedProcess(): EngineProcess {
    if (this.#process !== undefined) return this.#process;
    const process = new EngineProcess(this.#options, (end) => this.#onProcessEnd(end));
    this.#process = process;
    this.#options.log(`engine: started as process ${process.id ?? '(none)'}`);
    if (this.#state === 'stopped') this.#setState('starting');
    process.onDeviceChanged((model) => this.#setModel(model));
    return process;
  }

  async #open(
    process: EngineProcess,
    request: ParametersOf<'openModel'>,
    onProgress?: (progress: OpenProgress) => void,
  ): Promise<ModelStatus> {
    const model = await this.#request(process, 'openModel', request, { onProgress });
    this.#modelHolder = process;
    this.#setModel(model);
    return model;
  }

  async #request<M extends Method>(
    process: EngineProcess,
    method: M,
    parameters: ParametersOf<M>,
    options: CallOptions<M>,
  ): Promise<ResultOf<M>> {
    try {
      return await process.request(method, parameters, options);
    } finally {
      if (this.#process === process) this.#setState('ready');
    }
  }

  #onProcessEnd({ reason, how }: ProcessEnd): void {
    this.#process = undefined;
    this.#options.log(`engine: the process ended (${how})`);
    if (reason === 'closed') return;
    const now = Date.now();
    this.#crashes.crashed(this.#attempted ?? 'idle', now);
    const refusal = this.#crashes.refusal(now);
    if (refusal !== undefined) {
      this.#setState('stopped');
      this.#events.onGivingUp(refusal);
    } else if (this.#modelRequest === undefined || this.#crashes.refusalOf(restartName, now) !== undefined) {
      this.#setState('stopped');
    } else {
      this.#setState('restarting');
      this.#events.onRestart();
    }
  }

  #asEngineError(error: unknown, name: string): EngineError {
    if (EngineError.is(error)) return error;
    if (!(error instanceof ProcessEndedError)) {
      const why = errorCode(error) ?? (error instanceof Error ? error.name : typeof error);
      return new EngineError('crashed', `The model's process could not be started (${why}); see the log.`);
    }
    const { reason, how } = error.end;
    if (reason === 'closed') return engineClosed();
    const refusal = this.#crashes.refusalOf(name, Date.now());
    if (refusal !== undefined) return new EngineError(reason, refusal, false);
    const sentence =
      reason === 'hung'
        ? `The model gave ${how}, so its process was stopped and is started again; try once more, or allow it more time.`
        : `The model's process ended unexpectedly (${how}) and is started again; try once more.`;
    return new EngineError(reason, sentence);
  }

  #setModel(model: ModelStatus): void {
    if (isDeepStrictEqual(model, this.#model)) return;
    this.#model = model;
    this.#options.log(`engine: ${model.id} ${model.version} on ${model.deviceExplanation}`);
    this.#events.onModel(model);
  }

  #setState(state: EngineState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#events.onState(state);
  }
}

export const restartName = 'restart';

export const engineClosed = () => new EngineError('cancelled', 'The request was cancelled, for the model was closed.');
