import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelStatus } from '../../engine/index.ts';

/** Where small values outlive the window; `vscode.Memento` is one. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): Thenable<void>;
}

interface KnownModel {
  readonly folder: string;
  /** Size and time of the weights and the manifest: when they change, the model is another one. */
  readonly stamp: string;
  readonly status: ModelStatus;
}

const key = 'reason2decide.knownModels';
const mostKept = 8;

/** What was learnt of models when they were opened, so that a cached prediction can be shown before the engine runs. */
export class KnownModels {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Folders of models opened before, the latest first. */
  get folders(): readonly string[] {
    return this.#all().map(({ folder }) => folder);
  }

  async find(folder: string): Promise<ModelStatus | undefined> {
    const known = this.#all().find((model) => model.folder === folder);
    if (known === undefined) return undefined;
    return (await stampOf(folder)) === known.stamp ? known.status : undefined;
  }

  async remember(folder: string, status: ModelStatus): Promise<void> {
    const stamp = await stampOf(folder);
    if (stamp === undefined) return;
    const others = this.#all().filter((model) => model.folder !== folder);
    await this.#memory.update(key, [{ folder, stamp, status }, ...others].slice(0, mostKept));
  }

  #all(): readonly KnownModel[] {
    return this.#memory.get<readonly KnownModel[]>(key) ?? [];
  }
}

async function stampOf(folder: string): Promise<string | undefined> {
  try {
    const files = await Promise.all(
      ['model.safetensors', 'reason2decide.json'].map((name) => stat(join(folder, name))),
    );
    return files.map(({ size, mtimeMs }) => `${size} ${mtimeMs}`).join(' ');
  } catch {
    return undefined;
  }
}
