import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { generateSynthetic } from '../../../src/dataset/index.ts';
import { HeldProcess } from './harness/engine-processes.ts';
import { hasWorkbench, useWorkbench } from './harness/use-workbench.ts';

const total = 40;

describe.skipIf(!hasWorkbench)('many notes in the workbench', () => {
  const under = useWorkbench('many-notes', { files: syntheticNotes() });
  const cancelled = /(\d+) notes? triaged(?:, (\d+) triaged before)?\. It was cancelled/;
  let done = 0;
  let accepted = '';

  test('a batch shows its progress and can be cancelled', async () => {
    const { window, workbench } = under;
    await window.triage('note-02.txt');
    const engine = new HeldProcess(workbench.engine());
    const progress = window.notifications.toast(`Triaging ${total} notes`);
    try {
      await window.palette.run('Reason2Decide: Triage all notes');
      await window.palette.pick('The whole workspace');
      await engine.stepUntil(async () => {
        const [text = ''] = await progress.allInnerTexts();
        return new RegExp(`([3-9]|\\d\\d) of ${total}`).test(text) || undefined;
      });
      await under.keep('batch');
      await progress.getByRole('button', { name: 'Cancel' }).click();
    } finally {
      engine.release();
    }
    const told = await window.notifications.toast(cancelled).locator('.notification-list-item-message').innerText();
    const [, triaged, before] = told.match(cancelled) ?? [];
    expect(Number(before)).toBe(1);
    done = Number(triaged) + Number(before);
    expect(done).toBeGreaterThan(1);
    expect(done).toBeLessThan(total);
    // A prediction is no review, and nothing was decided.
    expect(existsSync(workbench.corrections)).toBe(false);
  });

  test('begun again, it goes on where it ended', async () => {
    const { window } = under;
    await window.palette.run('Reason2Decide: Triage all notes');
    await window.palette.pick('The whole workspace');
    await window.notifications.toast(`${total - done} notes triaged, ${done} triaged before.`).waitFor();
  });

  test('the most urgent note stands first, and the queue leads on from it', async () => {
    const { window } = under;
    await expect.poll(async () => (await window.notes.descriptions()).length).toBeGreaterThan(3);
    const levels = (await window.notes.descriptions()).map((description) => Number(description.charAt(0)));
    expect(levels).toEqual(levels.toSorted((left, right) => left - right));
    const [first = '', second = ''] = await window.notes.names();
    await under.keep('by-urgency');

    await window.notes.row(first).click();
    await window.sidebar.triaged(first);
    expect(await window.sidebar.queue.innerText()).toContain(`1 of ${total}`);
    await window.sidebar.button(/^Accept as it is/).click();
    await window.sidebar.inState('accepted');
    accepted = first;
    await window.palette.run('Reason2Decide: Next note');
    await window.sidebar.triaged(second);
    await under.keep('second-note');
  });

  test('each note carries its badge in the explorer', async () => {
    const { window } = under;
    await window.palette.run('View: Show Explorer');
    // The explorer opens the folder of the note that the editor shows.
    await window.openNote(accepted);
    await expect.poll(() => window.explorerBadges()).toContainEqual(expect.stringMatching(/^[1-5]✓$/));
    expect((await window.explorerBadges()).filter((badge) => /^[1-5]\?$/.test(badge)).length).toBeGreaterThan(5);
    await under.keep('explorer');
  });
});

/** Notes as files of a workspace, some of them in folders. */
function syntheticNotes(): Record<string, string> {
  const files: Record<string, string> = {};
  let count = 0;
  for (const { question } of generateSynthetic({ count: total, seed: 4 })) {
    const folder = count % 4 === 0 ? 'night shift/' : '';
    files[`${folder}note-${String(++count).padStart(2, '0')}.txt`] = question;
  }
  return files;
}
