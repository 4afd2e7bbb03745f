import { describe, expect, test } from 'vitest';
import { hasWorkbench, useWorkbench } from './harness/use-workbench.ts';

describe.skipIf(!hasWorkbench)('the extension in the workbench', () => {
  const under = useWorkbench('smoke');

  test('shows its icon and its commands, and loads no model before it is asked', async () => {
    const { window, workbench } = under;
    // The palette draws only the rows that fit, so each command is asked for by its name.
    for (const title of [
      'Triage this note',
      'Export corrections',
      'Retrain on corrections',
      'Show evaluation report',
    ]) {
      expect(await window.palette.offered(`Reason2Decide: ${title}`)).toContainEqual(expect.stringContaining(title));
    }
    expect(workbench.engines()).toEqual([]);
    await under.keep('started');
  });
});
