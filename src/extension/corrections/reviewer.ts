import * as vscode from 'vscode';
import { UserError } from '../../common/index.ts';
import { reviewerSetting, saveReviewer } from '../settings.ts';

const longestName = 120;
let asking: Promise<string> | undefined;

/**
 * The name that stands beside the decisions: the setting's, or asked for once and then kept there.
 *
 * @throws UserError when the reviewer gives none.
 */
export async function reviewerName(): Promise<string> {
  const known = reviewerSetting();
  if (known !== '') return known;
  asking ??= ask().finally(() => {
    asking = undefined;
  });
  return await asking;
}

async function ask(): Promise<string> {
  const answer = await vscode.window.showInputBox({
    title: 'Your name as the reviewer',
    prompt:
      'It stands beside every decision you make. You are asked only once; the setting reason2decide.reviewer keeps it.',
    placeHolder: 'Such as R. Okafor, RN',
    ignoreFocusOut: true,
    validateInput: (value) => {
      if (value.trim() === '') return 'A decision needs a name beside it.';
      return value.trim().length > longestName ? `At most ${longestName} characters.` : undefined;
    },
  });
  const name = answer?.trim() ?? '';
  if (name === '')
    throw new UserError('Nothing was saved, for a decision needs the name of its reviewer; decide again.');
  await saveReviewer(name);
  return name;
}
