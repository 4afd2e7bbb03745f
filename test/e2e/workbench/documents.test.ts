import { describe, expect, test } from 'vitest';
import { noteHash } from '../../../src/corrections/index.ts';
import { decisionsAbout } from './harness/decisions.ts';
import { hasWorkbench, useWorkbench } from './harness/use-workbench.ts';

// Short enough to be one line on screen, which is what the End key knows.
const visit = '58M, chest pain for 2 hours, diaphoretic. BP 152/94, HR 96.';
const history = 'Appendectomy in 1998.';

describe.skipIf(!hasWorkbench)('what is triaged', () => {
  const under = useWorkbench('documents', { files: { 'visit.txt': `${visit}\n${history}\n` } });

  test('is the selection where there is one, whose decision is no review of the note', async () => {
    const { window, workbench } = under;
    const { sidebar } = window;
    await window.openNote('visit.txt');
    await window.page.keyboard.press('Control+Home');
    await window.page.keyboard.press('Shift+End');
    await window.palette.run('Reason2Decide: Triage this note');
    await sidebar.triaged('visit.txt part of line 1');
    await sidebar.button(/^Accept as it is/).click();
    await sidebar.inState('accepted');
    await under.keep('selection');

    expect(decisionsAbout(`visit.txt#0-${visit.length}`, workbench)).toEqual([
      expect.objectContaining({ action: 'accepted', noteText: visit, noteHash: noteHash(visit) }),
    ]);
    expect(decisionsAbout('visit.txt', workbench)).toEqual([]);
    await window.notes.row('not triaged · 1 part reviewed').waitFor();
  });

  test('is a document that was never saved, as it stands', async () => {
    const { window, workbench } = under;
    await window.palette.run('File: New Untitled Text File');
    await window.tab('Untitled-1').waitFor();
    await window.typeInEditor(visit);
    await window.palette.run('Reason2Decide: Triage this note');
    await window.sidebar.triaged('Untitled-1');
    await window.sidebar.button(/^Accept as it is/).click();
    await window.sidebar.inState('accepted');
    await under.keep('untitled');
    expect(decisionsAbout('untitled:Untitled-1', workbench)).toEqual([expect.objectContaining({ noteText: visit })]);
  });
});
