import * as vscode from 'vscode';
import { UserError } from '../../common/index.ts';
import type { LanguageModel } from '../../language-model/index.ts';
import { EditorLanguageModel } from './editor-language-model.ts';

const section = 'reason2decide';
const permission = 'languageModel.notesMayLeaveThisMachine';

/**
 * Lets the user choose one of the editor's language models, and says first that note text goes to its vendor. Called on the user's own action
 * alone: the editor asks for consent on the first use.
 *
 * @returns undefined when the user chose none.
 * @throws UserError where the setting does not permit it, or the editor offers no language model.
 */
export async function chooseLanguageModel(): Promise<LanguageModel | undefined> {
  if (!notesMayLeave()) {
    throw new UserError(
      `A language model of the editor may run on another machine, and note text would leave this one; where it may, switch on the setting ${section}.${permission}.`,
    );
  }
  const chats = await vscode.lm.selectChatModels();
  if (chats.length === 0) {
    throw new UserError('The editor offers no language model; install an extension that does, then try again.');
  }
  const chosen = await vscode.window.showQuickPick(
    chats.map((chat) => ({ label: chat.name, description: chat.vendor, chat })),
    { title: 'Language model', placeHolder: 'Note text leaves this machine: it is sent to the vendor you choose' },
  );
  return chosen === undefined ? undefined : new EditorLanguageModel(chosen.chat);
}

/** The user's own setting: a workspace, which may be someone else's, cannot permit it. */
function notesMayLeave(): boolean {
  return vscode.workspace.getConfiguration(section).inspect<boolean>(permission)?.globalValue === true;
}
