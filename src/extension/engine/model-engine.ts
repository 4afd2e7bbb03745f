import * as vscode from 'vscode';
import type { EngineClient, EngineState, ModelStatus } from '../../engine/index.ts';
import { deviceRequest, hangMilliseconds, modelFolder, touches } from '../settings.ts';
import type { KnownModels } from './known-models.ts';

export interface ModelEngineParts {
  /** Path of the engine's program. */
  readonly entry: string;
  /** The folder of the model that comes with the extension. */
  readonly shippedModel: string;
  readonly knownModels: KnownModels;
  readonly log: vscode.LogOutputChannel;
}

/** The one engine of this window, with the model that the settings name. Nothing is loaded before it is asked for. */
export class ModelEngine implements vscode.Disposable {
  readonly #parts: ModelEngineParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[] = [];
  #client: Promise<EngineClient> | undefined;
  #running: EngineClient | undefined;
  #opening: { readonly key: string; readonly model: Promise<ModelStatus> } | undefined;

  /** The model, its device or the state of its process changed, or the settings now name another model. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: ModelEngineParts) {
    this.#parts = parts;
    this.#subscriptions.push(
      this.#changed,
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (touches(event, 'engine.timeoutSeconds')) this.#restart();
        if (touches(event, 'model', 'device', 'engine.timeoutSeconds')) this.#changed.fire();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()),
    );
  }

  get state(): EngineState {
    return this.#running?.state ?? 'stopped';
  }

  /** The number of the engine's process while there is one. */
  get processId(): number | undefined {
    return this.#running?.processId;
  }

  get shippedModel(): string {
    return this.#parts.shippedModel;
  }

  /** The model that is open now. */
  get openModel(): ModelStatus | undefined {
    return this.#running?.model;
  }

  /**
   * What is known of the model that the settings name, from this session or an earlier one, without starting the engine.
   * Undefined when it was never opened, changed since, or cannot be used.
   */
  async knownModel(): Promise<ModelStatus | undefined> {
    try {
      return await this.#parts.knownModels.find(modelFolder(this.#parts.shippedModel));
    } catch {
      return undefined;
    }
  }

  /**
   * The engine with the settings' model open.
   *
   * @throws UserError, or EngineError when the model cannot be opened.
   */
  async ready(): Promise<{ readonly client: EngineClient; readonly model: ModelStatus }> {
    const folder = modelFolder(this.#parts.shippedModel);
    const client = await this.#start();
    return { client, model: await this.#open(client, folder) };
  }

  /**
   * Opens a model to see whether it can be used; it then stays open.
   *
   * @throws UserError, or EngineError as `ready`.
   */
  async tryModel(folder: string): Promise<ModelStatus> {
    return await this.#open(await this.#start(), folder);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    void this.#stop();
  }

  async #open(client: EngineClient, folder: string): Promise<ModelStatus> {
    const device = deviceRequest();
    const key = `${device} ${folder}`;
    if (this.#opening?.key === key) return await this.#opening.model;
    const model = client.openModel(folder, device);
    this.#opening = { key, model };
    try {
      const status = await model;
      this.#parts.log.info(`model ${status.id} ${status.version} on ${status.deviceExplanation}`);
      await this.#parts.knownModels.remember(folder, status);
      return status;
    } catch (error) {
      if (this.#opening?.model === model) this.#opening = undefined;
      throw error;
    }
  }

  #start(): Promise<EngineClient> {
    this.#client ??= this.#load();
    return this.#client;
  }

  async #load(): Promise<EngineClient> {
    const { EngineClient } = await import('../../engine/index.ts');
    const { entry, log } = this.#parts;
    const client = new EngineClient({
      entry,
      hangMilliseconds: hangMilliseconds(),
      log: (line) => log.info(line),
    });
    client.onDidChangeState(() => this.#changed.fire());
    client.onDidChangeModel(() => this.#changed.fire());
    this.#running = client;
    return client;
  }

  #restart(): void {
    void this.#stop();
    this.#client = undefined;
    this.#running = undefined;
    this.#opening = undefined;
  }

  async #stop(): Promise<void> {
    const client = await this.#client;
    await client?.dispose();
  }
}
