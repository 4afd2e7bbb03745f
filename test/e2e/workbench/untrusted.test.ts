import { describe, expect, test } from 'vitest';
import { hasWorkbench, useWorkbench } from './harness/use-workbench.ts';

const note = 'note.txt';

describe.skipIf(!hasWorkbench)('a workspace that is not trusted', () => {
  const under = useWorkbench('untrusted', {
    settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
    files: {
      [note]: '66 y/o M - Rx refill - BP tabs finished, no symptoms - BP 138/84, P 72, RR 16, T 36.5, sats 98%\n',
      // A folder that is no model: whoever uses it fails.
      'model/config.json': '{}',
      '.vscode/settings.json': '{ "reason2decide.model": "./model", "reason2decide.device": "cuda" }',
    },
  });

  test('cannot choose the model: the shipped one is used', async () => {
    const { window } = under;
    await window.triage(note);
    expect(await window.sidebar.frame.locator('.why .model').innerText()).toMatch(/^triage-small /);
    await under.keep('restricted');
  });

  test('can choose it once it is trusted', async () => {
    const { window } = under;
    await window.palette.run('Workspaces: Manage Workspace Trust');
    await window.page.getByRole('button', { name: 'Trust', exact: true }).click();
    await window.page.getByText('You trust this folder').waitFor();
    await window.palette.run('View: Close All Editors');
    await window.page.getByText('You trust this folder').waitFor({ state: 'detached' });
    await window.openNote(note);
    await window.palette.run('Reason2Decide: Triage this note');
    await window.sidebar.frame.getByRole('alert').waitFor();
    await under.keep('trusted');
  });
});
