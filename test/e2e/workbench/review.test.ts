import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noteHash } from '../../../src/corrections/index.ts';
import { type Example, readExamples } from '../../../src/dataset/index.ts';
import { EngineClient } from '../../../src/engine/index.ts';
import { reason2decide, root } from '../command-line.ts';
import { decisionsAbout, withStore } from './harness/decisions.ts';
import { logsWith } from './harness/logs.ts';
import { hasWorkbench, useWorkbench } from './harness/use-workbench.ts';

const [collapse, cough, chestPain, abdomen, fever, cut] = [
  '01-ambulance-collapse.txt',
  '02-child-barking-cough.md',
  '03-chest-pain-shorthand.txt',
  '04-right-lower-abdomen.txt',
  '05-fever-telephone.txt',
  '07-cut-hand.md',
];

/**
 * A note and a level for which the shipped model, asked without the editor, writes another rationale than for the level that
 * it predicts.
 */
async function anotherLevelsRationale(folder: string, notes: readonly string[]) {
  const entry = join(root, 'dist', 'engine.js');
  const engine = new EngineClient({ entry, hangMilliseconds: 300_000, log: () => undefined });
  try {
    const { labels } = await engine.openModel(join(root, 'models', 'triage-small'), 'cpu');
    for (const note of notes) {
      const text = readFileSync(join(folder, note), 'utf8');
      const { prediction, rationale: models } = await engine.triage(text, { priority: 'visible' });
      for (const { id, text: level } of labels.toReversed()) {
        const rationale = await engine.explain(text, id, { priority: 'visible' });
        if (rationale !== models) return { note, predicted: prediction.label.text, level, rationale };
      }
    }
  } finally {
    await engine.dispose();
  }
  throw new Error('The model writes the same rationale for every level of each of these notes.');
}

// One reviewer's session from the first note to the export: each test goes on where the one before ended.
describe.skipIf(!hasWorkbench)('a review in the workbench', () => {
  const under = useWorkbench('review');
  /** The note whose level was changed. */
  let corrected = '';

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
    const { window } = under;
    await window.openNote(fever);
    const parts = await window.triageOpenNote(fever);
    const whole = await window.sidebar.modelsRationale.innerText();
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) expect(whole.startsWith(part), part).toBe(true);
    const lengths = parts.map(({ length }) => length);
    expect(lengths).toEqual(lengths.toSorted((left, right) => left - right));
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
    await window.sidebar.notice('Saved: 03-chest-pain-shorthand.txt accepted').waitFor();
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
    const { note, predicted, level, rationale } = await anotherLevelsRationale(workbench.workspace, [fever, cough]);
    await window.triage(note);
    const { sidebar } = window;
    expect((await sidebar.acuity.innerText()).toLowerCase()).toBe(predicted);
    await sidebar.level(level).click();
    await sidebar.button(/^Write the rationale for/).click();
    await sidebar.button('Use it').click();
    await expect.poll(() => sidebar.rationale.inputValue()).toBe(rationale);
    await under.keep('other-level');
    await sidebar.button(/^Save correction/).click();
    await sidebar.inState('corrected');
    expect(decisionsAbout(note, workbench)).toEqual([
      expect.objectContaining({
        action: 'corrected',
        offeredRationale: rationale,
        rationaleSource: 'nurse-accepted',
        label: expect.objectContaining({ text: level }),
        predicted: expect.objectContaining({ labelText: predicted }),
      }),
    ]);
    corrected = note;
  });

  test('the last decision can be undone, and nothing is forgotten', async () => {
    const { window, workbench } = under;
    await window.openNote(chestPain);
    await window.sidebar.inState('accepted');
    await window.palette.run('Reason2Decide: Undo last decision');
    // The last one was about the other note, so that one is shown.
    await window.sidebar.triaged(corrected);
    await window.sidebar.inState('predicted');
    expect(decisionsAbout(corrected, workbench).map(({ action }) => action)).toEqual(['corrected', 'undone']);
    expect(decisionsAbout(chestPain, workbench).map(({ action }) => action)).toEqual(['accepted']);
    await under.keep('undone');
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
    await window.openNote(cut);
    await keyboard.press('Control+Alt+KeyR');
    await keyboard.press('KeyT');
    await window.sidebar.triaged(cut);
    await keyboard.press('Control+Alt+KeyR');
    await keyboard.press('KeyA');
    await window.sidebar.inState('accepted');
    expect(decisionsAbout(cut, workbench)).toHaveLength(1);
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
    await window.palette.run('Notifications: Show Notifications');
    await window.notifications.message(`Exported ${standing.length} decisions`).waitFor();
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
    await window.palette.run('Notifications: Show Notifications');
    await window.notifications.message(`The audit log is intact: ${decisions} decisions`).waitFor();
  });

  test('no log holds the text of a note', async () => {
    const { workbench } = under;
    expect(logsWith(workbench.logs, 'activated in')).not.toEqual([]);
    for (const words of ['Thready pulse', 'diaphoretic', 'Bent forward', 'blood pressure', 'Seen with the surgeon']) {
      expect(logsWith(workbench.logs, words)).toEqual([]);
    }
  });
});
