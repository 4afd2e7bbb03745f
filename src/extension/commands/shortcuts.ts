import * as vscode from 'vscode';
import type { ReviewState, ShortcutCommand } from '../sidebar/messages.ts';
import { type KeyRule, keyLabel, keyOf, readKeyRules } from './keys.ts';

const commands: readonly ShortcutCommand[] = [
  'triage',
  'accept',
  'correct',
  'reject',
  'flag',
  'undo',
  'nextNote',
  'previousNote',
];

type Shortcuts = ReviewState['shortcuts'];

/**
 * The keys that the sidebar shows. The editor tells nobody what its keys are, so the user's own file of keys is read where
 * it lies beside the profile; where it does not (a remote window), the default keys are shown.
 */
export class ShortcutLabels {
  readonly #contributed: readonly KeyRule[];
  readonly #file: vscode.Uri;
  #labels: Shortcuts;

  constructor(context: vscode.ExtensionContext) {
    const manifest: { readonly contributes: { readonly keybindings: readonly KeyRule[] } } =
      context.extension.packageJSON;
    this.#contributed = manifest.contributes.keybindings;
    this.#file = vscode.Uri.joinPath(context.globalStorageUri, '..', '..', 'keybindings.json');
    this.#labels = this.#labelled([]);
  }

  get labels(): Shortcuts {
    return this.#labels;
  }

  /** Reads the user's keys again. */
  async refresh(): Promise<void> {
    try {
      const bytes = await vscode.workspace.fs.readFile(this.#file);
      this.#labels = this.#labelled(readKeyRules(new TextDecoder().decode(bytes)));
    } catch {
      this.#labels = this.#labelled([]);
    }
  }

  #labelled(users: readonly KeyRule[]): Shortcuts {
    const label = (command: ShortcutCommand) => {
      const key = keyOf(`reason2decide.${command}`, this.#contributed, users, process.platform);
      return key === undefined ? null : keyLabel(key, process.platform);
    };
    return Object.fromEntries(commands.map((command) => [command, label(command)])) as Shortcuts;
  }
}
