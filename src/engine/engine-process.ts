import { type ChildProcess, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { MessageConnection } from 'vscode-jsonrpc/node';
import { errorCode } from '../common/index.ts';
import { EngineError } from './engine-error.ts';
import { HangWatch } from './hang-watch.ts';
import type { CallOptions, EngineCall, Method, ModelStatus, ParametersOf, ResultOf } from './protocol.ts';
import { connect, onNotice, sendRequest } from './wire.ts';

export interface EngineOptions {
  /** Path of the engine's program. */
  readonly entry: string;
  /** The Node that runs it; left out, the one that runs this. */
  readonly node?: string;
  readonly execArgv?: readonly string[];
  /** A process that gives no sign for so long while it works is stopped. */
  readonly hangMilliseconds: number;
  /** Called with each line of the log; none holds the text of a note. */
  readonly log: (line: string) => void;
}

/** How a process came to its end. */
export interface ProcessEnd {
  readonly reason: 'crashed' | 'hung' | 'closed';
  /** Its exit code or signal, or why it could not be started or was stopped. */
  readonly how: string;
}

/** The process ended before it answered. */
export class ProcessEndedError extends Error {
  readonly end: ProcessEnd;

  constructor(end: ProcessEnd) {
    super(`the process ended: ${end.how}`);
    this.end = end;
  }
}

/** One life of the engine's process, from its start to its end. It works on one request at a time. */
export class EngineProcess {
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #watch: HangWatch;
  readonly #onEnd: (end: ProcessEnd) => void;
  readonly #exited: Promise<void>;
  #end: ProcessEnd | undefined;
  /** Fails the request at work. */
  #interrupt: ((error: ProcessEndedError) => void) | undefined;

  /** @param onEnd called once, whatever ends the process, before the request that it was working on fails. */
  constructor({ entry, node, execArgv = [], hangMilliseconds, log }: EngineOptions, onEnd: (end: ProcessEnd) => void) {
    this.#onEnd = onEnd;
    const child = spawn(node ?? process.execPath, [...execArgv, entry], {
      // Never a workspace's folder, from which a library could be loaded.
      cwd: dirname(entry),
      env: childEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      windowsHide: true,
    });
    this.#child = child;
    this.#exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#finish({ reason: 'crashed', how: signal === null ? `exit code ${code}` : `signal ${signal}` });
        resolve();
      });
      child.on('error', (error) => {
        if (child.pid !== undefined) return;
        this.#finish({ reason: 'crashed', how: `it could not be started: ${errorCode(error) ?? error.name}` });
        resolve();
      });
    });
    for (const output of [child.stdout, child.stderr]) if (output !== null) logLines(output, log);
    this.#watch = new HangWatch(hangMilliseconds, () => {
      this.#finish({ reason: 'hung', how: `no sign for ${Math.round(hangMilliseconds / 100) / 10} s` });
      child.kill('SIGKILL');
    });
    child.on('message', () => this.#watch.sign());
    this.#connection = connect(child);
    this.#connection.listen();
  }

  /** The process's number; undefined when it could not be started. */
  get id(): number | undefined {
    return this.#child.pid;
  }

  onDeviceChanged(listener: (status: ModelStatus) => void): void {
    onNotice(this.#connection, 'deviceChanged', listener);
  }

  /** @throws EngineError when the engine refuses, ProcessEndedError when the process ends first. */
  readonly request: EngineCall = async <M extends Method>(
    method: M,
    parameters: ParametersOf<M>,
    options: CallOptions<M> = {},
  ): Promise<ResultOf<M>> => {
    if (this.#end !== undefined) throw new ProcessEndedError(this.#end);
    const { promise, resolve, reject } = Promise.withResolvers<ResultOf<M>>();
    this.#interrupt = reject;
    this.#watch.start();
    sendRequest(this.#connection, method, parameters, options).then(resolve, (error: unknown) => {
      // Any other failure is the connection's, which tells less than the end of the process that follows.
      if (EngineError.is(error)) reject(error);
    });
    try {
      return await promise;
    } finally {
      this.#watch.stop();
      this.#interrupt = undefined;
    }
  };

  /** Ends the process at once; settles when it is gone, or does not go. */
  async close(): Promise<void> {
    this.#finish({ reason: 'closed', how: 'closed' });
    this.#child.kill('SIGKILL');
    await Promise.race([this.#exited, new Promise((resolve) => setTimeout(resolve, 2000).unref())]);
  }

  #finish(end: ProcessEnd): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#watch.stop();
    this.#connection.dispose();
    this.#onEnd(end);
    this.#interrupt?.(new ProcessEndedError(end));
  }
}

function childEnvironment(): NodeJS.ProcessEnv {
  // Options of the editor's own Node, an inspector's port among them, are not the engine's.
  const { NODE_OPTIONS: _, ...environment } = process.env;
  // Inside the editor, Node is its Electron program, which would open a window.
  return process.versions.electron === undefined ? environment : { ...environment, ELECTRON_RUN_AS_NODE: '1' };
}

function logLines(output: Readable, log: (line: string) => void): void {
  createInterface({ input: output }).on('line', (line) => log(`engine: ${line}`));
}
