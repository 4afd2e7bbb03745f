import { relative } from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../common/index.ts';
import type { ModelEngine } from '../engine/index.ts';
import { inform } from '../messages.ts';
import type { PredictionCache } from '../predictions/index.ts';
import { foldersWithNotes, isInFolders } from './batch-scope.ts';
import { type BatchProgress, type BatchReport, type FailedNote, triageBatch } from './batch-triage.ts';
import type { NoteIndex } from './note-index.ts';
import { counted } from './status-words.ts';

export interface TriageAllParts {
  readonly index: NoteIndex;
  readonly cache: PredictionCache;
  readonly engine: Pick<ModelEngine, 'ready'>;
  /** The workspace's folders. */
  readonly roots: () => readonly string[];
  /** How far the batch is; undefined when it has ended. */
  readonly onProgress: (progress: BatchProgress | undefined) => void;
  /** An error that is nobody's mistake but ours. */
  readonly failed: (error: unknown) => void;
}

/** Milliseconds between two reports of progress: the notes that are skipped go by in thousands. */
const reporting = 100;

/** Triages all notes of a folder or the workspace, with progress and a way to cancel. One batch at a time. */
export class TriageAll implements vscode.Disposable {
  readonly #parts: TriageAllParts;
  #running: AbortController | undefined;

  constructor(parts: TriageAllParts) {
    this.#parts = parts;
  }

  /**
   * Runs a batch and tells what came of it.
   *
   * @param folders those to triage; without them the reviewer is asked.
   * @throws UserError when there is nothing to triage or a batch is under way; EngineError when the model cannot be opened.
   */
  async run(folders: readonly string[]): Promise<void> {
    if (this.#running !== undefined) {
      throw new UserError('A batch is under way already; let it end, or cancel it, before you begin another.');
    }
    const running = new AbortController();
    this.#running = running;
    try {
      const report = await this.#runOnce(folders, running);
      if (report !== undefined && !this.#isDisposed(running)) await this.#tell(report);
    } finally {
      this.#running = undefined;
      this.#parts.onProgress(undefined);
    }
  }

  dispose(): void {
    this.#running?.abort(disposed);
  }

  #isDisposed({ signal }: AbortController): boolean {
    return signal.reason === disposed;
  }

  async #runOnce(folders: readonly string[], running: AbortController): Promise<BatchReport | undefined> {
    const { index, roots } = this.#parts;
    await index.start();
    const chosen = folders.length > 0 ? folders : await askForFolders(index, roots());
    if (chosen === undefined) return undefined;
    // The notes that are shown go first, in the order in which they are shown.
    const notes = new Set(index.entries);
    for (const entry of index.all) notes.add(entry);
    const noteIds = [...notes].filter((entry) => isInFolders(entry, chosen)).map(({ id }) => id);
    if (noteIds.length === 0) {
      throw new UserError(
        'There are no notes to triage there; the setting reason2decide.notes says which files are notes.',
      );
    }
    const title = `Triaging ${countedNotes(noteIds.length)}`;
    return await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (progress, token) => {
        token.onCancellationRequested(() => running.abort());
        return this.#batch(noteIds, running.signal, progress);
      },
    );
  }

  async #batch(
    noteIds: readonly string[],
    signal: AbortSignal,
    progress: vscode.Progress<{ message?: string; increment?: number }>,
  ): Promise<BatchReport> {
    const { index, cache, engine, onProgress, failed } = this.#parts;
    progress.report({ message: 'opening the model' });
    const { client, model } = await engine.ready();
    index.setModel(model.fingerprint);
    let reported = 0;
    let told = Number.NEGATIVE_INFINITY;
    return await triageBatch(noteIds, {
      engine: client,
      modelFingerprint: model.fingerprint,
      cache,
      knownHash: (noteId) => index.knownHash(noteId),
      read: (noteId) => index.read(noteId),
      signal,
      failed,
      onProgress: (now) => {
        if (performance.now() - told < reporting && now.done < now.total) return;
        told = performance.now();
        onProgress(now);
        const increment = (100 * (now.done - reported)) / now.total;
        reported = now.done;
        progress.report({ message: progressWords(now), increment });
      },
    });
  }

  async #tell({ triaged, skipped, failed, stopped }: BatchReport): Promise<void> {
    const parts = [`${countedNotes(triaged)} triaged`];
    if (skipped > 0) parts.push(`${counted(skipped)} triaged before`);
    if (failed.length > 0) parts.push(`${counted(failed.length)} could not be`);
    const message = `${parts.join(', ')}.${stopped === null ? '' : ` ${stopped}`}`;
    if (failed.length === 0) {
      inform(message);
      return;
    }
    const show = 'Show Which and Why';
    const answer = await vscode.window.showWarningMessage(message, show);
    if (answer === show) await showFailed(failed, this.#parts.index);
  }
}

/** Why a batch ends with its window. */
const disposed = new Error('The window closes.');

const countedNotes = (count: number) => `${counted(count)} ${count === 1 ? 'note' : 'notes'}`;

function progressWords({ done, total, failed }: BatchProgress): string {
  const words = `${counted(done)} of ${counted(total)}`;
  return failed === 0 ? words : `${words}, ${counted(failed)} could not be triaged`;
}

/** The folders to triage; all of the workspace's where there is no choice. Undefined when the reviewer gives it up. */
async function askForFolders(index: NoteIndex, roots: readonly string[]): Promise<readonly string[] | undefined> {
  const folders = foldersWithNotes(index.all, roots);
  if (folders.length === 0) return roots;
  const whole = {
    label: 'The whole workspace',
    description: countedNotes(index.size),
    folders: roots,
  };
  const choices = folders.map(({ path, notes }) => ({
    label: `$(folder) ${relative(roots[0] ?? '', path)}`,
    description: countedNotes(notes),
    folders: [path],
  }));
  const choice = await vscode.window.showQuickPick([whole, ...choices], {
    title: 'Triage all notes',
    placeHolder: 'Which notes? Those that this model has triaged already are skipped.',
  });
  return choice?.folders;
}

async function showFailed(failed: readonly FailedNote[], index: NoteIndex): Promise<void> {
  const items = failed.map(({ noteId, message }) => ({ label: noteId, detail: message, noteId }));
  const choice = await vscode.window.showQuickPick(items, {
    title: 'Notes That Could Not Be Triaged',
    placeHolder: 'Choose one to open it',
    matchOnDetail: true,
  });
  const entry = choice && index.get(choice.noteId);
  if (entry !== undefined) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(entry.path));
}
