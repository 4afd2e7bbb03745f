import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { decisionsAbout, withStore } from './harness/decisions.ts';
import { HeldProcess } from './harness/engine-processes.ts';
import { hasWorkbench, useWorkbench, type WorkbenchUnderTest } from './harness/use-workbench.ts';

const [collapse, chestPain, abdomen, fever] = [
  '01-ambulance-collapse.txt',
  '03-chest-pain-shorthand.txt',
  '04-right-lower-abdomen.txt',
  '05-fever-telephone.txt',
];

describe.skipIf(!hasWorkbench)('a review that is interrupted', () => {
  const under = useWorkbench('interruptions', { settings: { 'reason2decide.engine.timeoutSeconds': 20 } });

  test('an unsaved form survives another note, a hidden view and a reload of the window', async () => {
    const { window, workbench } = under;
    const { sidebar, palette } = window;
    await window.triage(abdomen);
    await sidebar.level('emergent').click();
    await sidebar.rationale.fill('Guarding on the right side.');
    await sidebar.comment.fill('Half written');
    const expectForm = async () => {
      await sidebar.triaged(abdomen);
      await expect.poll(() => sidebar.rationale.inputValue()).toBe('Guarding on the right side.');
      expect(await sidebar.comment.inputValue()).toBe('Half written');
      expect(await sidebar.level('emergent').isChecked()).toBe(true);
    };

    await window.triage(fever);
    expect(await sidebar.rationale.inputValue()).not.toContain('Guarding');
    await window.openNote(abdomen);
    await expectForm();

    await palette.run('View: Show Explorer');
    await sidebar.noteName.waitFor({ state: 'hidden' });
    await window.showReview();
    await expectForm();

    await sidebar.comment.focus();
    await window.reload();
    // Which of the notes the editor shows again is its own matter.
    await window.showReview();
    await window.openNote(abdomen);
    await expectForm();
    await under.keep('after-reload');
    expect(decisionsAbout(abdomen, workbench)).toEqual([]);

    await sidebar.button(/^Save correction/).click();
    await sidebar.inState('corrected');
    expect(decisionsAbout(abdomen, workbench)).toEqual([
      expect.objectContaining({
        action: 'corrected',
        rationale: 'Guarding on the right side.',
        comment: 'Half written',
      }),
    ]);
  });

  test('an engine that is killed in the middle of a stream is started again, and the rationale comes whole', async () => {
    const { window, workbench } = under;
    await window.triage(fever);
    const whole = await window.sidebar.modelsRationale.innerText();
    const killed = workbench.engine();
    const decided = decisionsAbout(abdomen, workbench);
    const { part, engine, watched } = await holdInMidStream(under);
    expect(part.length).toBeLessThan(whole.length);
    engine.kill();
    const next = new HeldProcess(await workbench.engineAfter(killed));
    await under.keep('engine-killed');
    next.release();
    await window.sidebar.triaged(fever);
    expect(await watched.notices()).toContainEqual(expect.stringContaining('being started again'));
    expect(await window.sidebar.modelsRationale.innerText()).toBe(whole);
    expect(workbench.engine()).not.toBe(killed);
    expect(decisionsAbout(abdomen, workbench)).toEqual(decided);
  });

  test('an engine that hangs is started again', async () => {
    const { window, workbench } = under;
    const hung = workbench.engine();
    const engine = new HeldProcess(hung);
    await window.openNote(chestPain);
    await window.palette.run('Reason2Decide: Triage this note');
    await window.sidebar.triaged(chestPain);
    expect(workbench.engine()).not.toBe(hung);
    // A machine that is busy takes a moment to end a process.
    await expect.poll(() => isGone(engine)).toBe(true);
  });

  test('two windows on one workspace keep every decision', async () => {
    const { window, workbench } = under;
    const other = await workbench.openWindow();
    await window.triage(chestPain);
    await other.triage(fever);
    const accept = /^Accept as it is/;
    await Promise.all([window.sidebar.button(accept).click(), other.sidebar.button(accept).click()]);
    await Promise.all([window.sidebar.inState('accepted'), other.sidebar.inState('accepted')]);

    await other.triage(chestPain);
    await other.sidebar.inState('accepted');
    await other.sidebar.rationale.fill('Cardiac chest pain until shown otherwise.');
    await other.sidebar.button(/^Save correction/).click();
    await other.sidebar.inState('corrected');
    await under.keep('second-window', other);

    const [accepted, corrected] = decisionsAbout(chestPain, workbench);
    expect(corrected).toMatchObject({ action: 'corrected', supersedes: accepted?.sequence });
    expect(decisionsAbout(fever, workbench)).toHaveLength(1);
    expect(withStore(workbench.corrections, (store) => store.check().intact)).toBe(true);
    await other.close();
  });

  test('the engine leaves with the process that started it', async () => {
    const { window, workbench } = under;
    await window.triage(collapse);
    for (const engine of workbench.engines()) {
      const parent = Number(readFileSync(`/proc/${engine}/status`, 'utf8').match(/^PPid:\s+(\d+)/m)?.[1]);
      process.kill(parent, 'SIGKILL');
      await expect.poll(() => isRunning(engine)).toBe(false);
    }
  });
});

/** Triages the open note, and holds the engine when the rationale is there in part. */
async function holdInMidStream({ window, workbench }: WorkbenchUnderTest) {
  const { sidebar, palette } = window;
  // On a machine that is busy, the engine may get all its work done in one moment: then it is tried again.
  for (;;) {
    const engine = new HeldProcess(workbench.engine());
    const watched = await sidebar.watch();
    await palette.run('Reason2Decide: Triage this note');
    await watched.begun();
    const part = await engine.stepUntil(async () => {
      const written = await sidebar.streamedSoFar();
      return written === '' && (await sidebar.rationaleSoFar()) === '' ? undefined : written;
    });
    // What the engine wrote before it stood still may be on its way to the page: even the end.
    await delay(1_000);
    if (part !== '' && (await sidebar.streamedSoFar()) !== '') return { part, engine, watched };
    engine.release();
  }
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

function isGone(process: HeldProcess): boolean {
  try {
    process.release();
    return false;
  } catch {
    return true;
  }
}
