import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noteHash } from '../../../src/corrections/index.ts';
import { type Example, readExamples } from '../../../src/dataset/index.ts';
import { EngineClient } from '../../../src/engine/index.ts';
import { reason2decide, root } from '../command-line.ts';
import { decisionsAbout, withStore } from './harness/decisions.ts';
import { HeldProcess } from './harness/engine-processes.ts';
import { logsWith } from './harness/logs.ts';
import { hasBrowser, useWorkbench } from './harness/use-workbench.ts';

const [collapse, chestPain, abdomen, fever, ankle, hand] = [
  '01-ambulance-collapse.txt',
  '03-chest-pain-shorthand.txt',
  '04-right-lower-abdomen.txt',
  '05-fever-telephone.txt',
  '06-ankle-record.txt',
  '07-cut-hand.md',
];

/** What the shipped model says of a note for a label, asked for without the editor. */
async function explanation(file: string, labelText: string): Promise<string> {
  const entry = join(root, 'dist', 'engine.js');
  const engine = new EngineClient({ entry, hangMilliseconds: 60_000, log: () => undefined });
  const { labels } = await engine.openModel(join(root, 'models', 'triage-small'), 'cpu');
  const label = labels.find(({ text }) => text === labelText);
  const rationale = await engine.explain(readFileSync(file, 'utf8'), label?.id ?? '', { priority: 'visible' });
  await engine.dispose();
  return rationale;
}

// One reviewer's session from the first note to the export: each test goes on where the one before ended.
describe.skipIf(!hasBrowser)('a review in the workbench', () => {
  const under = useWorkbench('review');

  test('triage shows the acuity, a bar for each level and the rationale that the command line gives too', async () => {
    const { window, workbench } = under;
    await window.triage(chestPain);

    const { stdout } = reason2decide(['triage', '--json', '--device', 'cpu', join(workbench.workspace, chestPain)]);
    const expected = JSON.parse(stdout);
    const { sidebar } = window;
    expect((await sidebar.acuity.innerText()).toLowerCase()).toBe(expected.label.text);
    expect(await sidebar.modelsRationale.innerText()).toBe(expected.rationale);
    expect(await sidebar.bars.count()).toBe(Object.keys(expected.probabilities).length);
    expect(await sidebar.announcement.innerText()).toContain(expected.rationale);
    await sidebar.inState('predicted');
    await under.keep('triaged');
  });

  test('the rationale streams', async () => {
    const { window, workbench } = under;
    await window.openNote(fever);
    const engine = new HeldProcess(workbench.engine());
    const parts: string[] = [];
    const patience = Date.now() + 40_000;
    try {
      await window.palette.run('Reason2Decide: Triage this note');
      await engine.stepUntil(async () => {
        const part = await window.sidebar.streamedSoFar();
        if (part !== '' && part !== parts.at(-1)) parts.push(part);
        return parts.length === 3 || Date.now() > patience ? parts : undefined;
      });
      await under.keep('streaming');
    } finally {
      engine.release();
    }
    await window.sidebar.triaged(fever);
    const whole = await window.sidebar.modelsRationale.innerText();
    expect(parts.length).toBeGreaterThan(0);
    for (const part of parts) {
      expect(part.length).toBeLessThan(whole.length);
      expect(whole.startsWith(part)).toBe(true);
    }
  });

  test('an accepted prediction is in the database by the time that the sidebar says so', async () => {
    const { window, workbench } = under;
    await window.triage(chestPain);
    const rationale = await window.sidebar.modelsRationale.innerText();
    await window.sidebar.button(/^Accept as it is/).click();
    await window.sidebar.inState('accepted');

    const decisions = decisionsAbout(chestPain, workbench);
    expect(decisions).toEqual([
      expect.objectContaining({
        action: 'accepted',
        noteHash: noteHash(readFileSync(join(workbench.workspace, chestPain), 'utf8')),
        rationale,
        rationaleSource: 'nurse-accepted',
        reviewer: 'R. Viewer',
      }),
    ]);
    expect(decisions[0]?.label?.id).toBe(decisions[0]?.predicted.labelId);
    await window.sidebar.notice(/^Accepted|Saved|accepted/).waitFor();
    await under.keep('accepted');
  });

  test('a correction shows what it changes and keeps both rationales', async () => {
    const { window, workbench } = under;
    await window.triage(abdomen);
    const { sidebar } = window;
    const models = await sidebar.modelsRationale.innerText();
    await sidebar.rationale.fill(`${models} Bent forward when walking.`);
    expect(await sidebar.difference.locator('ins').allInnerTexts()).toEqual([
      expect.stringContaining('Bent forward when walking'),
    ]);
    await sidebar.comment.fill('Seen with the surgeon.');
    await under.keep('correcting');
    await sidebar.button(/^Save correction/).click();
    await sidebar.inState('corrected');

    expect(decisionsAbout(abdomen, workbench)).toEqual([
      expect.objectContaining({
        action: 'corrected',
        rationale: `${models} Bent forward when walking.`,
        rationaleSource: 'nurse-post-processed',
        comment: 'Seen with the surgeon.',
        predicted: expect.objectContaining({ rationale: models }),
      }),
    ]);
  });

  test('another level offers the rationale that the model gives for it', async () => {
    const { window, workbench } = under;
    await window.triage(ankle);
    const { sidebar } = window;
    const predicted = (await sidebar.acuity.innerText()).toLowerCase();
    const other = predicted === 'non-urgent' ? 'less urgent' : 'non-urgent';
    await sidebar.level(other).click();
    await sidebar.button(/^Write the rationale for/).click();
    await sidebar.button('Use it').click();
    const offered = await sidebar.rationale.inputValue();
    expect(offered).toBe(await explanation(join(workbench.workspace, ankle), other));
    await under.keep('other-level');
    await sidebar.button(/^Save correction/).click();
    await sidebar.inState('corrected');

    const [decision] = decisionsAbout(ankle, workbench);
    expect(decision).toMatchObject({ action: 'corrected', offeredRationale: offered, label: { text: other } });
    expect(decision?.predicted.labelText).toBe(predicted);
  });

  test('the last decision can be undone, and nothing is forgotten', async () => {
    const { window, workbench } = under;
    await window.openNote(chestPain);
    await window.sidebar.inState('accepted');
    await window.palette.run('Reason2Decide: Undo last decision');
    // The last one was about the other note, so that one is shown.
    await window.sidebar.triaged(ankle);
    await window.sidebar.inState('predicted');
    expect(decisionsAbout(ankle, workbench).map(({ action }) => action)).toEqual(['corrected', 'undone']);
    expect(decisionsAbout(chestPain, workbench).map(({ action }) => action)).toEqual(['accepted']);
  });

  test('a flag carries its comment', async () => {
    const { window, workbench } = under;
    await window.triage(collapse);
    await window.sidebar.comment.fill('Please look at the blood pressure.');
    await window.palette.run('Reason2Decide: Flag for a second opinion');
    await window.sidebar.inState('flagged');
    expect(decisionsAbout(collapse, workbench)).toEqual([
      expect.objectContaining({ action: 'flagged', label: null, comment: 'Please look at the blood pressure.' }),
    ]);
  });

  test('the keyboard alone triages and accepts', async () => {
    const { window, workbench } = under;
    const { keyboard } = window.page;
    await window.openNote(hand);
    await keyboard.press('Control+Alt+KeyR');
    await keyboard.press('KeyT');
    await window.sidebar.triaged(hand);
    await keyboard.press('Control+Alt+KeyR');
    await keyboard.press('KeyA');
    await window.sidebar.inState('accepted');
    expect(decisionsAbout(hand, workbench)).toHaveLength(1);
  });

  test('a decision about a note that changed asks first', async () => {
    const { window, workbench } = under;
    const note = '08-prescription.txt';
    await window.triage(note);
    await window.typeInEditor(' Now short of breath.');
    await window.sidebar.notice('The note has changed since it was triaged').waitFor();
    await window.sidebar.button(/^Accept as it is/).click();
    await window.sidebar.question.waitFor();
    await under.keep('changed-note');
    expect(decisionsAbout(note, workbench)).toEqual([]);

    await window.sidebar.question.getByRole('button', { name: 'Triage again' }).click();
    await window.sidebar.notice('The note has changed').waitFor({ state: 'detached' });
    await window.sidebar.triaged(note);
    await window.sidebar.button(/^Accept as it is/).click();
    await window.sidebar.inState('accepted');
    expect(decisionsAbout(note, workbench)[0]?.noteText).toContain('Now short of breath.');
  });

  test('the export holds the decisions that stand, and the reader of datasets reads it', async () => {
    const { window, workbench } = under;
    const standing = withStore(workbench.corrections, (store) => [...store.latestOfAll()]).filter(
      ({ action }) => action === 'accepted' || action === 'corrected',
    );
    const file = join(workbench.folder, 'corrections.jsonl');
    await window.palette.run('Reason2Decide: Export corrections');
    await window.palette.pick('all columns');
    await window.palette.pick('Accepted and corrected');
    await window.palette.pick('All dates');
    await window.palette.pick('Export the notes as they are');
    await window.palette.saveAs(file);
    await window.notifications.toast(`Exported ${standing.length} decisions`).waitFor();
    await under.keep('exported');

    const examples: Example[] = [];
    for await (const example of readExamples(file)) examples.push(example);
    const exported = examples.map(({ question, label, rationale, rationale_source, reviewer }) => ({
      question,
      label,
      rationale,
      rationale_source,
      reviewer,
    }));
    const expected = standing.map(({ noteText, label, rationale, rationaleSource }) => ({
      question: noteText,
      label: label?.text,
      rationale,
      rationale_source: rationaleSource,
      reviewer: 'R. Viewer',
    }));
    const byQuestion = (left: { question: string }, right: { question: string }) =>
      left.question < right.question ? -1 : 1;
    expect(exported.toSorted(byQuestion)).toEqual(expected.toSorted(byQuestion));
    expect(exported.length).toBeGreaterThan(1);
  });

  test('the audit log is found intact', async () => {
    const { window, workbench } = under;
    const { intact, decisions } = withStore(workbench.corrections, (store) => store.check());
    expect(intact).toBe(true);
    await window.palette.run('Reason2Decide: Check the audit log');
    await window.notifications.toast(`The audit log is intact: ${decisions} decisions`).waitFor();
  });

  test('no log holds the text of a note', async () => {
    const { workbench } = under;
    expect(logsWith(workbench.logs, 'activated in')).not.toEqual([]);
    for (const words of ['Thready pulse', 'diaphoretic', 'Bent forward', 'blood pressure', 'Seen with the surgeon']) {
      expect(logsWith(workbench.logs, words)).toEqual([]);
    }
  });
});
