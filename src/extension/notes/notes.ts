import * as vscode from 'vscode';
import type { CorrectionsStore } from '../../corrections/index.ts';
import type { Memory, ModelEngine } from '../engine/index.ts';
import type { Log, PredictionCache } from '../predictions/index.ts';
import { NoteDecorations } from './note-decorations.ts';
import { NoteIndex } from './note-index.ts';
import { type NoteOrder, orderWords } from './note-order.ts';
import { TriageAll } from './triage-all.ts';
import { TriageStatus } from './triage-status.ts';
import { WorkspaceNotes } from './workspace-notes.ts';
import { WorkspaceQueue } from './workspace-queue.ts';

export interface NotesParts {
  readonly engine: ModelEngine;
  readonly cache: PredictionCache;
  readonly corrections: {
    /** Where the database is, or will be. */
    readonly file: string;
    /** Undefined as long as nothing was decided. */
    openExisting(): Promise<CorrectionsStore | undefined>;
  };
  /** Where the cache is. */
  readonly cacheFile: string;
  /** Of this workspace: remembers the order of the notes. */
  readonly memory: Memory;
  readonly log: Log;
  /** An error that is nobody's mistake but ours. */
  readonly failed: (error: unknown) => void;
}

const orderKey = 'reason2decide.notesOrder';

/** The workspace's notes: their index, what the editor shows of them, and the batch over all of them. */
export class Notes implements vscode.Disposable {
  readonly index: NoteIndex;
  readonly queue: WorkspaceQueue;
  readonly status: TriageStatus;
  readonly #parts: NotesParts;
  readonly #workspace: WorkspaceNotes;
  readonly #triageAll: TriageAll;
  readonly #subscription: vscode.Disposable;
  #store: CorrectionsStore | undefined;

  constructor(parts: NotesParts) {
    this.#parts = parts;
    const { engine, cache, corrections, cacheFile, log, failed } = parts;
    this.#workspace = new WorkspaceNotes([corrections.file, cacheFile], {
      fileChanged: (path) => this.index.fileChanged(path),
      placesChanged: () => {
        if (this.index.started) this.refresh().catch(failed);
      },
      othersMayHaveWritten: () => {
        this.#readOthers().catch(failed);
      },
    });
    this.index = new NoteIndex({
      places: () => this.#workspace.places,
      cache,
      decisions: () => this.#store,
      log,
    });
    const order = parts.memory.get<NoteOrder>(orderKey);
    if (order !== undefined && order in orderWords) this.index.order = order;
    this.queue = new WorkspaceQueue(this.index, (noteId) => {
      this.#noteKept(noteId).catch(failed);
    });
    this.status = new TriageStatus(engine);
    this.#triageAll = new TriageAll({
      index: this.index,
      cache,
      engine,
      roots: () => this.#workspace.places.roots,
      onProgress: (progress) => {
        this.status.batch = progress;
      },
      failed,
    });
    this.#subscription = vscode.Disposable.from(
      this.index,
      this.status,
      this.#triageAll,
      this.#workspace,
      new NoteDecorations(this.index),
      engine.onDidChange(() => {
        this.#followModel().catch(failed);
      }),
    );
  }

  /** Lists the notes, once. */
  async start(): Promise<void> {
    if (!this.index.started) {
      await this.#openStore();
      await this.#followModel();
    }
    await this.index.start();
  }

  /** Lists the notes anew. */
  async refresh(): Promise<void> {
    await this.#openStore();
    await this.index.relist();
  }

  /** Sorts the notes, now and the next time. */
  async setOrder(order: NoteOrder): Promise<void> {
    this.index.order = order;
    await this.#parts.memory.update(orderKey, order);
  }

  /**
   * Triages all notes of some folders; asks which where none is named.
   *
   * @param values what the editor gives a command of the explorer's menu: a folder, and all that are selected.
   * @throws UserError or EngineError when it cannot begin.
   */
  async triageAll(...[folder, selected]: readonly unknown[]): Promise<void> {
    const named = Array.isArray(selected) && selected.length > 0 ? selected : [folder];
    await this.start();
    await this.#triageAll.run(named.flatMap((uri) => (uri instanceof vscode.Uri ? [uri.fsPath] : [])));
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #noteKept(noteId: string): Promise<void> {
    if (!this.index.started) return;
    // The first decision of a workspace makes its database.
    await this.#openStore();
    await this.index.refresh(noteId);
  }

  async #openStore(): Promise<void> {
    this.#store ??= await this.#parts.corrections.openExisting();
  }

  async #readOthers(): Promise<void> {
    if (!this.index.started) return;
    await this.#openStore();
    this.index.refreshFromOthers();
  }

  /** Shows the predictions of the model that is open, or was when the settings' model was last open. */
  async #followModel(): Promise<void> {
    const { engine } = this.#parts;
    const known = await engine.knownModel();
    // Looked at last, for a model may have been opened meanwhile.
    const model = engine.openModel ?? known;
    this.index.setModel(model?.fingerprint);
  }
}
