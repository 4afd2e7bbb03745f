import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasWorkbench, useWorkbench } from './harness/use-workbench.ts';

const command = 'Reason2Decide: Grade the rationale with a language model';

describe.skipIf(!hasWorkbench)('grading a rationale with a language model of the editor', () => {
  const under = useWorkbench('grading', {
    extension: join(import.meta.dirname, 'local-judge'),
    settings: { 'reason2decide.languageModel.notesMayLeaveThisMachine': true, 'chat.disableAIFeatures': false },
  });

  test('needs a rationale', async () => {
    const { window } = under;
    await window.palette.run(command);
    await window.notifications.toast('Triage the note first').waitFor();
  });

  test('says where the note goes, and shows grades with reasons', async () => {
    const { window } = under;
    await window.triage('03-chest-pain-shorthand.txt');
    await window.palette.run(command);
    await window.palette.row('local-judge').waitFor();
    expect(await window.palette.input.getAttribute('placeholder')).toContain('Note text leaves this machine');
    await under.keep('choice');
    await window.palette.pick('Ruler');
    const grades = window.page.getByRole('dialog').filter({ hasText: 'on this rationale' });
    await grades.waitFor();
    await under.keep('grades');
    const text = await grades.innerText();
    expect(text).toContain('local-judge/ruler on this rationale');
    expect(text).toMatch(/\w+: 1 of 5\. The question has many words after the label/);
    expect(text).toContain('A language model is no clinician');
  });
});
