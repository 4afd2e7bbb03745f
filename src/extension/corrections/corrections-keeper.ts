import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { asWriteError } from '../../common/index.ts';
import type { CorrectionsStore, RecoveryReport } from '../../corrections/index.ts';
import { warn } from '../messages.ts';

/** The folder that a workspace keeps what belongs to its reviews in. */
export const workspaceFolderName = '.reason2decide';

/** The corrections of this workspace, opened at the first need. */
export class CorrectionsKeeper implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #log: vscode.LogOutputChannel;
  #store: CorrectionsStore | undefined;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.#context = context;
    this.#log = log;
  }

  /** Where the database is, or will be. */
  get file(): string {
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
    return folder === undefined
      ? join(this.#context.globalStorageUri.fsPath, 'corrections.db')
      : join(folder.uri.fsPath, workspaceFolderName, 'corrections.db');
  }

  /**
   * Opens the database, which is created when there is none.
   *
   * @throws UserError when its folder cannot be written.
   */
  async open(): Promise<CorrectionsStore> {
    if (this.#store !== undefined) return this.#store;
    const { CorrectionsStore } = await import('../../corrections/index.ts');
    // Another caller may have opened it while it was loaded.
    if (this.#store !== undefined) return this.#store;
    const { file } = this;
    makeFolder(file);
    this.#store = CorrectionsStore.open(file, { onRecovery: (report) => this.#tellRecovery(report) });
    this.#log.info(`corrections: opened, ${this.#store.count()} decisions`);
    return this.#store;
  }

  /** The database if there is one: looking at a note creates nothing. */
  async openExisting(): Promise<CorrectionsStore | undefined> {
    return this.#store !== undefined || existsSync(this.file) ? await this.open() : undefined;
  }

  #tellRecovery({ recovered, lost, setAside, damagedFile }: RecoveryReport): void {
    const missing = lost.reduce((sum, [first, last]) => sum + last - first + 1, 0);
    this.#log.warn(`corrections: damaged, set aside as ${setAside}; ${recovered} recovered, ${missing} not readable`);
    const rest = missing === 0 ? 'none is known to be lost' : `${missing} could not be read`;
    warn(
      `The database of decisions was damaged. It is kept as ${damagedFile}; ${recovered} decisions were recovered, ${rest}.`,
    );
  }

  dispose(): void {
    this.#store?.close();
    this.#store = undefined;
  }
}

/** Decisions hold the text of notes, so they should not slip into version control with the rest of the folder. */
function makeFolder(file: string): void {
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
    const ignore = join(folder, '.gitignore');
    if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
  } catch (error) {
    throw asWriteError(file, error);
  }
}
