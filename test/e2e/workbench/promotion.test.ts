import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generateSynthetic } from '../../../src/dataset/index.ts';
import { decisionOn } from '../../unit/retraining/corrections.ts';
import { interrupted } from '../command-line.ts';
import { withStore } from './harness/decisions.ts';
import { hasWorkbench, useWorkbench } from './harness/use-workbench.ts';

/**
 * Enough to learn that this reviewer calls nearly everything emergent, in some seconds. With ten frozen notes nothing could be shown of the
 * rest, so the margins permit anything there.
 */
const settings = `
heldOutShare: 0.3
replayExamples: 8
correctionsShare: 0.9
batchSize: 8
learningRate: 0.004
warmUpSteps: 0
stage1Steps: 0
stage2Steps: 40
passes: 1
parentShare: 0
checkpointEvery: 5
frozenExamples: 10
frozenRationales: 1
macroF1Margin: 2
underTriageMargin: 2
`;

describe.skipIf(!hasWorkbench)('a retraining that makes the model better', () => {
  const under = useWorkbench('promotion');

  test('goes on after its window went away, is offered, taken into use, triages, and is rolled back', async () => {
    const { window, workbench } = under;
    const notes = [...generateSynthetic({ count: 60, seed: 77 })];
    withStore(workbench.corrections, (store) => {
      for (const { question, level } of notes)
        store.append(decisionOn({ note: question, level: level === 1 ? 1 : 2, rationale: 'It is emergent.' }));
    });

    // Begun where its settings can be made so small, and gone on with in the editor.
    const file = join(workbench.folder, 'settings.yaml');
    writeFileSync(file, settings);
    const begin = ['retrain', '--store', workbench.corrections, '--registry', workbench.registry, '--settings', file];
    const begun = await interrupted([...begin, '--device', 'cpu'], { when: 'Training on', signal: 'SIGINT' });
    expect(begun).toMatchObject({ code: 130 });

    const goOn = async () => {
      await window.palette.run('Reason2Decide: Retrain on corrections');
      const unfinished = window.page.getByRole('dialog').filter({ hasText: 'A retraining is unfinished' });
      await unfinished.getByRole('button', { name: 'Go on' }).click();
    };
    await goOn();
    await window.notifications
      .toast('Learning from the corrections')
      .filter({ hasText: /stage2 \d+ of 40/ })
      .waitFor();
    // The window goes away in the middle of it.
    await window.reload();
    await goOn();
    const offer = window.page.getByRole('dialog').filter({ hasText: 'is better than the model in use' });
    await offer.waitFor();
    expect(await offer.textContent()).toMatch(/✓ .*✓ .*✓ .*✓ /);
    await under.keep('offer');
    await offer.getByRole('button', { name: 'Use the new version' }).click();
    await window.notifications.toast(/Notes are now triaged with triage-small-\S+\+1/).waitFor();

    // It has learnt that a repeat prescription is emergent, which is what shows that it is the one that answers.
    await window.triage('08-prescription.txt');
    await expect.poll(() => window.sidebar.acuity.textContent()).toBe('Emergent');
    await under.keep('in-use');

    await window.palette.run('Reason2Decide: Roll back the model');
    await window.notifications.toast(/Notes are triaged with triage-small \S+ again/).waitFor();
    await window.triage('08-prescription.txt');
    await expect.poll(() => window.sidebar.acuity.textContent()).not.toBe('Emergent');
  });
});
