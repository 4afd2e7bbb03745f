import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateSynthetic } from '../../src/dataset/index.ts';
import { asDecided, storeOf } from '../unit/retraining/corrections.ts';
import { interrupted, reason2decide, root, temporaryFolder } from './command-line.ts';

/** So few steps and notes that the shipped model is retrained in some seconds; what it learns does not matter here. */
const settings = `
heldOutShare: 0.3
replayExamples: 12
batchSize: 4
stage1Steps: 2
stage2Steps: 4
mostSteps: 4
checkpointEvery: 1
frozenExamples: 10
frozenRationales: 1
`;

/** A workspace with decisions on synthetic notes, and an empty registry beside it. */
function workspace() {
  const folder = temporaryFolder();
  mkdirSync(join(folder, '.reason2decide'));
  const notes = asDecided([...generateSynthetic({ count: 30, seed: 77 })]);
  storeOf(
    [...notes, { note: 'dizzy', action: 'rejected' }, { ...notes[0], note: notes[0]?.note ?? '', level: 5 }],
    join(folder, '.reason2decide'),
  );
  const settingsFile = join(folder, 'settings.yaml');
  writeFileSync(settingsFile, settings);
  const registry = join(folder, 'models');
  return {
    registry,
    start: ['retrain', '--workspace', folder, '--registry', registry, '--settings', settingsFile, '--device', 'cpu'],
  };
}

const models = (registry: string, ...rest: string[]) => reason2decide(['models', ...rest, '--registry', registry]);

const candidate = /^(\S+) is (?:not )?offered for promotion:/m;

it('learns from a workspace, and the registry lists, compares, promotes, rolls back and deletes what came of it', () => {
  const { registry, start } = workspace();
  const { code, stdout, stderr } = reason2decide([...start, '--promote']);
  expect(stderr).toContain('left out: 1 rejected');
  expect(stderr).toMatch(/Decision 32 contradicts 1 on the same text; the latest counts\./);
  expect(code).toBe(0);
  const name = candidate.exec(stdout)?.[1] ?? '';
  expect(stdout.match(/^ {2}[✓✗] .*\.$/gm)).toHaveLength(4);
  // Four steps on twelve notes: it is not offered, and so not promoted although that was asked for.
  expect(stdout).toContain('It is not promoted.');

  const shipped = modelOf(join(root, 'models', 'triage-small'));
  expect(name).toBe(`${shipped.id}-${shipped.version}+1`);
  expect(models(registry, 'list').stdout).toMatch(/▸ shipped .*comes with the program\n {2}\S+\+1 .*not offered\n$/);
  expect(readFileSync(join(registry, name, 'report.html'), 'utf8')).toContain('is not promoted');
  expect(models(registry, 'compare', 'shipped', name, '--device', 'cpu').stdout).toContain('10 frozen notes');

  expect(models(registry, 'promote', name)).toMatchObject({ code: 2, stderr: expect.stringContaining('not offered') });
  expect(models(registry, 'promote', name, '--anyway').stdout).toContain('is in use now');
  expect(models(registry, 'delete', name)).toMatchObject({ code: 2, stderr: expect.stringContaining('in use') });
  expect(models(registry, 'rollback').stdout).toContain('shipped is in use again');
  expect(models(registry, 'delete', name).code).toBe(0);
  expect(existsSync(join(registry, name))).toBe(false);
});

it('goes on after it was killed, and after Ctrl-C, to a model that triages', async () => {
  const { registry, start } = workspace();
  const run = (args: readonly string[], signal: NodeJS.Signals) => interrupted(args, { when: 'Training on', signal });
  expect((await run(start, 'SIGKILL')).code).toBeNull();
  expect(reason2decide(['retrain', '--status', '--registry', registry]).stdout).toMatch(
    /^Stopped: \S+\+1 from shipped/,
  );
  expect(reason2decide(start)).toMatchObject({ code: 2, stderr: expect.stringContaining('--resume') });
  const resume = ['retrain', '--resume', '--registry', registry, '--device', 'cpu'];
  expect(await run(resume, 'SIGINT')).toEqual({
    code: 130,
    told: expect.stringContaining('go on with retrain --resume'),
  });
  const name = candidate.exec(reason2decide(resume).stdout)?.[1] ?? '';
  expect(reason2decide(['retrain', '--status', '--registry', registry]).stdout).toBe('No retraining is unfinished.\n');
  const triaged = reason2decide(['triage', '--json', '--model', join(registry, name), '-'], {
    input: 'chest pain, HR 130',
  });
  expect(JSON.parse(triaged.stdout).model).toMatchObject(modelOf(join(registry, name)));
});

describe('what retrain and models refuse', () => {
  it.each([
    ['nothing to learn from', ['retrain'], 'Say which decisions'],
    ['a store and a resumption', ['retrain', '--store', 'a.db', '--resume'], 'Say which decisions'],
    ['nothing to resume', ['retrain', '--resume'], 'no retraining is unfinished'],
    ['no action on models', ['models'], 'models list'],
    ['an unknown version', ['models', 'promote', 'none'], 'use one of shipped'],
    ['the shipped model deleted', ['models', 'delete', 'shipped'], 'comes with the program'],
    ['nothing to roll back to', ['models', 'rollback'], 'roll back'],
  ])('%s', (_, args, reason) => {
    const { code, stdout, stderr } = reason2decide(
      args.length === 1 ? args : [...args, '--registry', join(temporaryFolder(), 'models')],
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

function modelOf(folder: string): { readonly id: string; readonly version: string } {
  const { id, version } = JSON.parse(readFileSync(join(folder, 'reason2decide.json'), 'utf8'));
  return { id, version };
}
