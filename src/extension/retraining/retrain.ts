import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { UserError } from '../../common/index.ts';
import { inform } from '../messages.ts';
import { saveModelFolder } from '../settings.ts';
import type { RegistryProcess, RetrainingMessage } from './model-registry.ts';

type Outcome = Extract<RetrainingMessage, { kind: 'outcome' }>;

/**
 * Learns from the decisions of this workspace: begins a retraining or goes on with the unfinished one, shows how far it is, and
 * offers its candidate when it is proved better.
 *
 * @param store the database of decisions.
 * @throws UserError when there is nothing to learn from.
 */
export async function retrain(registry: RegistryProcess, store: string, shippedModel: string): Promise<void> {
  const begins = await chooseBeginning(registry, store);
  if (begins === undefined) return;
  const outcome = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Learning from the corrections', cancellable: true },
    (progress, token) => follow(registry, begins === 'anew' ? store : undefined, progress, token),
  );
  if (outcome !== undefined) return offer(registry, outcome, shippedModel);
  const { unfinished } = await registry.status();
  inform(
    unfinished
      ? 'The retraining is paused and nothing of it is lost: “Retrain on corrections…” goes on with it.'
      : 'The retraining was stopped before it had learnt anything; nothing has changed.',
  );
}

/** @returns whether to begin anew or to go on; undefined when the user wants neither. */
async function chooseBeginning(registry: RegistryProcess, store: string): Promise<'anew' | 'on' | undefined> {
  const status = await registry.status();
  if (status.unfinished) {
    if (status.running) throw new UserError('A retraining is running already, in another window; wait for it to end.');
    const goOn = 'Go on';
    const discard = 'Discard it';
    const answer = await vscode.window.showInformationMessage(
      'A retraining is unfinished.',
      { modal: true, detail: 'It goes on where it was. Discarding it removes what it has learnt and no decision.' },
      goOn,
      discard,
    );
    if (answer === discard) await registry.discard();
    return answer === goOn ? 'on' : undefined;
  }
  if (!existsSync(store)) {
    throw new UserError('There are no decisions in this workspace yet; accept or correct some notes first.');
  }
  const begin = 'Retrain';
  const answer = await vscode.window.showInformationMessage(
    'Learn from the accepted and corrected notes of this workspace?',
    {
      modal: true,
      detail:
        'A new version of the model is trained on this machine, which takes some minutes, and is held against the one in use. ' +
        'Nothing changes unless you take it into use.',
    },
    begin,
  );
  return answer === begin ? 'anew' : undefined;
}

/** @returns undefined when it was paused. */
async function follow(
  registry: RegistryProcess,
  store: string | undefined,
  progress: vscode.Progress<{ message: string }>,
  token: vscode.CancellationToken,
): Promise<Outcome | undefined> {
  const pause = new AbortController();
  const listening = token.onCancellationRequested(() => pause.abort());
  let outcome: Outcome | undefined;
  try {
    await registry.retrain(
      store,
      (message) => {
        if (message.kind === 'outcome') outcome = message;
        else progress.report({ message: words(message) });
      },
      pause.signal,
    );
  } catch (error) {
    if (!pause.signal.aborted) throw error;
  } finally {
    listening.dispose();
  }
  return outcome;
}

function words(message: Exclude<RetrainingMessage, Outcome>): string {
  if (message.kind === 'progress') return `${message.phase} ${message.done} of ${message.total}`;
  const { taught, heldOut, contradictions } = message;
  const contradicted = contradictions === 0 ? '' : `; ${contradictions} contradict each other, the latest counts`;
  return `${taught} decisions teach, ${heldOut} are held out${contradicted}`;
}

async function offer(
  registry: RegistryProcess,
  { name, folder, report, offered, reasons }: Outcome,
  shippedModel: string,
): Promise<void> {
  const use = 'Use the new version';
  const show = 'Show report';
  const detail = reasons.map(({ met, reason }) => `${met ? '✓' : '✗'} ${reason}`).join('\n');
  for (;;) {
    const answer = await vscode.window.showInformationMessage(
      offered
        ? `${name} is better than the model in use.`
        : `${name} is not proved better than the model in use, which stays.`,
      { modal: true, detail },
      ...(offered ? [use, show] : [show]),
    );
    if (answer === show) {
      await vscode.commands.executeCommand('reason2decide.showReport', vscode.Uri.file(report));
      if (!offered) return;
      continue;
    }
    if (answer !== use) return;
    await registry.promote(name);
    await saveModelFolder(folder, shippedModel);
    inform(`Notes are now triaged with ${name}. “Trained models…” can roll back.`);
    return;
  }
}
