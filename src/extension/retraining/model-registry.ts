import * as v from 'valibot';
import { runCommandLine } from '../command-line.ts';

const versionSchema = v.object({
  name: v.string(),
  folder: v.string(),
  current: v.boolean(),
  shipped: v.boolean(),
  id: v.string(),
  version: v.string(),
  provenance: v.optional(
    v.object({
      createdAt: v.string(),
      parent: v.object({ name: v.string() }),
      decisions: v.object({ taught: v.number() }),
      verdict: v.object({ offered: v.boolean() }),
    }),
  ),
});

/** A version of the model, as the registry lists it. */
export type ModelVersion = v.InferOutput<typeof versionSchema>;

const statusSchema = v.variant('unfinished', [
  v.object({ unfinished: v.literal(false) }),
  v.object({
    unfinished: v.literal(true),
    running: v.boolean(),
  }),
]);

/** A retraining that was begun, or none. */
export type RetrainingStatus = v.InferOutput<typeof statusSchema>;

const messageSchema = v.variant('kind', [
  v.object({ kind: v.literal('plan'), taught: v.number(), heldOut: v.number(), contradictions: v.number() }),
  v.object({ kind: v.literal('progress'), phase: v.string(), done: v.number(), total: v.number() }),
  v.object({
    kind: v.literal('outcome'),
    name: v.string(),
    folder: v.string(),
    report: v.string(),
    offered: v.boolean(),
    reasons: v.array(v.object({ met: v.boolean(), reason: v.string() })),
  }),
]);

export type RetrainingMessage = v.InferOutput<typeof messageSchema>;

/** The registry of this user's models, asked through the command line. */
export class RegistryProcess {
  readonly #entry: string;
  readonly folder: string;

  /**
   * @param entry path of the command line's program.
   * @param folder where the user's models are; created when there is one.
   */
  constructor(entry: string, folder: string) {
    this.#entry = entry;
    this.folder = folder;
  }

  async list(): Promise<ModelVersion[]> {
    return v.parse(v.array(versionSchema), JSON.parse(await this.#ask(['models', 'list', '--json'])));
  }

  async status(): Promise<RetrainingStatus> {
    return v.parse(statusSchema, JSON.parse(await this.#ask(['retrain', '--status', '--json'])));
  }

  /** @throws UserError when the version is none. */
  async promote(name: string): Promise<void> {
    await this.#ask(['models', 'promote', name, '--anyway']);
  }

  /** @throws UserError when there is no version before the one in use. */
  async rollBack(): Promise<void> {
    await this.#ask(['models', 'rollback']);
  }

  /** @throws UserError for the version in use and the one that comes with the extension. */
  async delete(name: string): Promise<void> {
    await this.#ask(['models', 'delete', name]);
  }

  async discard(): Promise<void> {
    await this.#ask(['retrain', '--discard']);
  }

  /**
   * Begins a retraining, or goes on with the one that is unfinished. Aborting pauses it: what was done is kept.
   *
   * @param store the database of decisions to begin from; undefined to go on.
   * @throws UserError when there is too little to learn from, or the candidate is worth nothing.
   */
  async retrain(
    store: string | undefined,
    onMessage: (message: RetrainingMessage) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const what = store === undefined ? ['--resume'] : ['--store', store];
    await runCommandLine(this.#entry, ['retrain', ...what, '--registry', this.folder, '--json'], {
      signal,
      onLine: (line) => onMessage(v.parse(messageSchema, JSON.parse(line))),
    });
  }

  async #ask(command: readonly string[]): Promise<string> {
    const lines: string[] = [];
    await runCommandLine(this.#entry, [...command, '--registry', this.folder], { onLine: (line) => lines.push(line) });
    return lines.join('\n');
  }
}
