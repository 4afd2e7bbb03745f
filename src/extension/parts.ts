import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { ShortcutLabels } from './commands/shortcuts.ts';
import { CorrectionsKeeper, reviewerName } from './corrections/index.ts';
import { KnownModels, ModelEngine } from './engine/index.ts';
import { describeForLog } from './log.ts';
import { Notes } from './notes/index.ts';
import { PredictionCache } from './predictions/index.ts';
import { DraftKeeper } from './review/draft-keeper.ts';
import { keptPredictions } from './review/kept-predictions.ts';
import { ReviewDesk } from './review/review-desk.ts';
import type { ReviewView } from './sidebar/review-view.ts';

/** Everything that works behind the commands and views. */
export interface Parts {
  readonly engine: ModelEngine;
  readonly knownModels: KnownModels;
  readonly corrections: CorrectionsKeeper;
  readonly notes: Notes;
  readonly desk: ReviewDesk;
}

/**
 * Builds the parts and ties them together. The engine is started, the decisions are opened and the notes are listed only when
 * something needs them.
 */
export function createParts(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, view: ReviewView): Parts {
  const failed = (error: unknown) => log.error(describeForLog(error));
  const knownModels = new KnownModels(context.globalState);
  const engine = new ModelEngine({
    entry: context.asAbsolutePath(join('dist', 'engine.js')),
    shippedModel: context.asAbsolutePath(join('models', 'triage-small')),
    knownModels,
    log,
  });
  const corrections = new CorrectionsKeeper(context, log);
  const cacheFile = join(storageFolder(context), 'predictions.db');
  const cache = PredictionCache.open(cacheFile, (line) => log.info(line));
  const notes = new Notes({
    engine,
    cache,
    cacheFile,
    corrections,
    memory: context.workspaceState,
    log: (line) => log.info(line),
    failed,
  });
  const shortcuts = new ShortcutLabels(context);
  const desk = new ReviewDesk({
    view,
    engine,
    corrections,
    predictions: keptPredictions(cache),
    drafts: new DraftKeeper(context.workspaceState),
    reviewerName,
    queue: notes.queue,
    startQueue: () => notes.start(),
    shortcuts,
    failed,
  });
  context.subscriptions.push(
    engine,
    corrections,
    notes,
    desk,
    { dispose: () => cache.close() },
    engine.onDidChange(() => void desk.session.engineChanged().catch(failed)),
    notes.index.onDidChange(() => desk.push()),
  );
  void desk.start();
  return { engine, knownModels, corrections, notes, desk };
}

/** The editor's own folder for this workspace: what comes with a workspace's files is no prediction of this machine's. */
function storageFolder(context: vscode.ExtensionContext): string {
  const folder = (context.storageUri ?? context.globalStorageUri).fsPath;
  mkdirSync(folder, { recursive: true });
  return folder;
}
