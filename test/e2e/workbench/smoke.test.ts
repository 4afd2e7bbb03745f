import { describe, expect, test } from 'vitest';
import { hasWorkbench, useWorkbench } from './harness/use-workbench.ts';

describe.skipIf(!hasWorkbench)('the extension in the workbench', () => {
  const under = useWorkbench('smoke');

  test('shows its icon and its commands, and loads no model before it is asked', async () => {
    const { window, workbench } = under;
    expect(await window.palette.offered('Reason2Decide: ')).toEqual(
      expect.arrayContaining([expect.stringContaining('Triage this note')]),
    );
    expect(workbench.engines()).toEqual([]);
    await under.keep('started');
  });
});
