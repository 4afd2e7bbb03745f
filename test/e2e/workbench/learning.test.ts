import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { generateSynthetic } from '../../../src/dataset/index.ts';
import { writeEvaluation } from '../../../src/evaluation/index.ts';
import { evaluationOf, times } from '../../unit/report/evaluations.ts';
import { asDecided, decisionOn } from '../../unit/retraining/corrections.ts';
import { withStore } from './harness/decisions.ts';
import { hasWorkbench, useWorkbench } from './harness/use-workbench.ts';

describe.skipIf(!hasWorkbench)('learning from the corrections in the workbench', () => {
  const under = useWorkbench('learning');

  test('is refused in one sentence while there are no decisions', async () => {
    const { window } = under;
    await window.palette.run('Reason2Decide: Retrain on corrections');
    await window.notifications.toast('There are no decisions in this workspace yet').waitFor();
  });

  test('asks before it begins, and says what is missing where there is too little to learn from', async () => {
    const { window } = under;
    const note = '04-right-lower-abdomen.txt';
    await window.triage(note);
    await window.sidebar.button(/^Accept as it is/).click();
    await window.sidebar.inState('accepted');
    await window.palette.run('Reason2Decide: Retrain on corrections');
    const question = window.page.getByRole('dialog').filter({ hasText: 'Learn from the accepted and corrected notes' });
    await question.waitFor();
    await under.keep('question');
    await question.getByRole('button', { name: 'Retrain' }).click();
    await window.notifications.toast('Every decision gives the same level (urgent)').waitFor();
    await under.keep('refused');
  });

  test('asks no language model to grade a rationale until the settings permit it', async () => {
    const { window } = under;
    await window.palette.run('Reason2Decide: Grade the rationale with a language model');
    await window.notifications.toast('note text would leave this one').waitFor();
  });

  test('shows how far it is, is paused without loss, goes on, and can be discarded', async () => {
    const { window, workbench } = under;
    withStore(workbench.corrections, (store) => {
      for (const decision of asDecided([...generateSynthetic({ count: 60, seed: 77 })]))
        store.append(decisionOn(decision));
    });
    const retrain = async (question: string | RegExp, answer: string) => {
      await window.palette.run('Reason2Decide: Retrain on corrections');
      const dialog = window.page.getByRole('dialog').filter({ hasText: question });
      await dialog.waitFor();
      await dialog.getByRole('button', { name: answer }).click();
    };
    const progress = window.notifications.toast('Learning from the corrections');
    const pause = async () => {
      await progress.getByRole('button', { name: 'Cancel' }).click();
      await window.notifications.toast('The retraining is paused and nothing of it is lost').waitFor();
      // Left there, it would answer for the next pause.
      await window.palette.run('Notifications: Clear All Notifications');
    };

    await retrain('Learn from the accepted and corrected notes', 'Retrain');
    await progress.filter({ hasText: /\d+ of \d+/ }).waitFor();
    await under.keep('retraining');
    await pause();

    await retrain('A retraining is unfinished', 'Go on');
    await progress.filter({ hasText: /\d+ of \d+/ }).waitFor();
    await pause();

    await retrain('A retraining is unfinished', 'Discard it');
    await retrain('Learn from the accepted and corrected notes', 'Cancel');
  });

  test('begins with the model that comes with the extension', async () => {
    const { window } = under;
    await window.palette.run('Reason2Decide: Trained models');
    await window.palette.row('comes with the extension').waitFor();
    await under.keep('models');
    await window.palette.pick('comes with the extension');
    await window.notifications.toast('comes with the extension and is in use').waitFor();
  });

  test('shows an evaluation as a report', async () => {
    const { window, workbench } = under;
    const file = join(workbench.workspace, 'evaluation.json');
    await writeEvaluation(file, evaluationOf([...times(8, { gold: 1, predicted: 1 }), { gold: 1, predicted: 2 }]));
    await window.palette.run('Reason2Decide: Show evaluation report');
    await window.palette.chooseFile('evaluation.json');
    const report = await frameWith(window.page, 'Under-triage');
    expect(await report.locator('h1').count()).toBe(1);
    await under.keep('report');
  });
});

/** The frame of a panel that shows these words. */
async function frameWith(page: Page, words: string): Promise<Frame> {
  for (;;) {
    for (const frame of page.frames()) {
      const found = await frame
        .locator('h1, h2, th, td')
        .filter({ hasText: words })
        .count()
        .catch(() => 0);
      if (found > 0) return frame;
    }
    await page.waitForTimeout(200);
  }
}
