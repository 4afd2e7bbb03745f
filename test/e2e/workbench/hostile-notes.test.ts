import { describe, expect, test } from 'vitest';
import { decisionsAbout } from './harness/decisions.ts';
import { hasWorkbench, useWorkbench } from './harness/use-workbench.ts';

const script = '<script>globalThis.intruder = true</script><img src=x onerror="globalThis.intruder = true">';
const marked = '<img src=x onerror=intruder()>.txt';
const huge = 'ten-megabytes.txt';
const sentence = '58M with chest pain for 2 hours, BP 152/94, HR 96, SpO2 97%. ';

describe.skipIf(!hasWorkbench)('a note that means ill', () => {
  const under = useWorkbench('hostile-notes', {
    files: {
      [marked]: `${script} 58M with chest pain, BP 152/94, HR 96. ${script}\n`,
      [huge]: sentence.repeat(Math.ceil(10_000_000 / sentence.length)),
      'ordinary.txt': `${sentence}\n`,
    },
  });

  test('is text wherever it is shown', async () => {
    const { window, workbench } = under;
    const { sidebar } = window;
    await window.triage(marked);
    await sidebar.rationale.fill(`${script} is not a reason.`);
    await sidebar.comment.fill(script);
    await sidebar.difference.getByText('is not a reason').waitFor();
    await sidebar.button(/^Save correction/).click();
    await sidebar.inState('corrected');
    await sidebar.frame.getByText(/^Earlier decisions/).click();
    expect(await sidebar.earlierDecisions.innerText()).toContain(script);
    await under.keep('script');

    expect(await sidebar.noteName.innerText()).toBe(marked);
    expect(await sidebar.frame.locator('img').count()).toBe(0);
    expect(await sidebar.frame.locator('body').evaluate(() => 'intruder' in globalThis)).toBe(false);
    expect(decisionsAbout(marked, workbench)[0]?.comment).toBe(script);
  });

  test('of 10 MB is answered, and the next note is triaged as ever', async () => {
    const { window } = under;
    await window.openNote(huge);
    await window.palette.run('Reason2Decide: Triage this note');
    await window.sidebar.frame.locator('.notice').first().waitFor();
    await under.keep('ten-megabytes');
    await window.triage('ordinary.txt');
  });
});
