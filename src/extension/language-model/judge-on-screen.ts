import * as vscode from 'vscode';
import { UserError } from '../../common/index.ts';
import { CRITERIA, judgeRationale } from '../../language-model/index.ts';
import type { HeldPrediction } from '../review/held-prediction.ts';
import { chooseLanguageModel } from './choose-language-model.ts';

/**
 * Has a language model of the editor grade the rationale on screen, and shows its grades.
 *
 * @throws UserError when there is no whole rationale, the user's settings do not permit it, or the judge gives no verdict.
 */
export async function judgeOnScreen(held: HeldPrediction | undefined): Promise<void> {
  if (held === undefined || !held.whole)
    throw new UserError('Triage the note first; then its rationale can be graded.');
  const labels = held.model.labels.map(({ text }) => text);
  const judged = { note: held.text, label: held.prediction.label.text, rationale: held.rationale };
  const judge = await chooseLanguageModel();
  if (judge === undefined) return;
  const verdict = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `${judge.name} grades the rationale`, cancellable: true },
    async (_, token) => {
      const stop = new AbortController();
      const listening = token.onCancellationRequested(() => stop.abort());
      try {
        return await judgeRationale(judge, judged, labels, stop.signal);
      } catch (error) {
        if (stop.signal.aborted) return undefined;
        throw error;
      } finally {
        listening.dispose();
      }
    },
  );
  if (verdict === undefined) return;
  if (verdict === null) {
    throw new UserError(`${judge.name} gave no verdict in the form that was asked for; try another language model.`);
  }
  const lines = CRITERIA.map((criterion) => {
    const { score, reason } = verdict[criterion];
    return `${criterion.replaceAll('_', ' ')}: ${score} of 5. ${reason}`;
  });
  await vscode.window.showInformationMessage(`${judge.name} on this rationale`, {
    modal: true,
    detail: [...lines, 'A language model is no clinician: its grades are one more opinion.'].join('\n\n'),
  });
}
