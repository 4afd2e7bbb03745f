import * as vscode from 'vscode';
import type { ModelStatus } from '../../engine/index.ts';
import { type BatchFacts, type StatusFacts, statusWords } from './status-words.ts';

/** The engine, as far as the status bar tells of it. */
export interface StatusSource {
  readonly state: StatusFacts['engine'];
  readonly openModel: ModelStatus | undefined;
  knownModel(): Promise<ModelStatus | undefined>;
  onDidChange(listener: () => void): vscode.Disposable;
}

/** The status bar's item: the model, the device and why not the GPU, and how far a batch is. */
export class TriageStatus implements vscode.Disposable {
  readonly #source: StatusSource;
  readonly #item: vscode.StatusBarItem;
  readonly #subscription: vscode.Disposable;
  #known: ModelStatus | undefined;
  #batch: BatchFacts | undefined;

  constructor(source: StatusSource) {
    this.#source = source;
    this.#item = vscode.window.createStatusBarItem('reason2decide.status', vscode.StatusBarAlignment.Right, 50);
    this.#item.name = 'Reason2Decide';
    this.#item.command = 'reason2decide.chooseModel';
    this.#subscription = source.onDidChange(() => void this.refresh());
    void this.refresh();
  }

  /** How far a batch is; undefined when none is under way. */
  set batch(batch: BatchFacts | undefined) {
    this.#batch = batch;
    this.#draw();
  }

  async refresh(): Promise<void> {
    this.#draw();
    this.#known = await this.#source.knownModel();
    this.#draw();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #draw(): void {
    const open = this.#source.openModel;
    const words = statusWords({
      engine: this.#source.state,
      model: open ?? this.#known,
      open: open !== undefined,
      batch: this.#batch,
    });
    this.#item.text = words.text;
    this.#item.tooltip = [...words.tooltip, 'Click to choose another model.'].join('\n');
    this.#item.accessibilityInformation = { label: `Reason2Decide. ${words.spoken}`, role: 'button' };
    this.#item.show();
  }
}
