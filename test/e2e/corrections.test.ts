import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { CorrectionsStore } from '../../src/corrections/index.ts';
import { type Example, readExamples } from '../../src/dataset/index.ts';
import { newDecision, urgent } from '../unit/corrections/decisions.ts';
import { type CommandResult, reason2decide, temporaryFolder } from './command-line.ts';

const secret = 'Zacharias';

/** A workspace with five decisions on three notes, the last of them without a label. */
function workspace(): { folder: string; file: string } {
  const folder = temporaryFolder();
  const file = join(folder, '.reason2decide', 'corrections.db');
  const store = CorrectionsStore.open(file);
  const noteText = `Mr ${secret}, 93yo, cough for 3/7, BP 120/80.`;
  const first = store.append(newDecision({ noteText }));
  store.append(
    newDecision({ noteText, action: 'corrected', label: urgent, rationale: 'Looks well.', supersedes: first.sequence }),
  );
  const other = store.append(newDecision({ noteId: 'b.txt', reviewer: 'M. Seacole' }));
  store.append(newDecision({ noteId: 'b.txt', reviewer: 'M. Seacole', supersedes: other.sequence }));
  store.append(newDecision({ noteId: 'c.txt', action: 'rejected' }));
  store.close();
  return { folder, file };
}

async function read(file: string): Promise<Example[]> {
  const examples: Example[] = [];
  for await (const example of readExamples(file)) examples.push(example);
  return examples;
}

function expectOneLine(result: CommandResult, what: RegExp): void {
  expect(result.stderr).toMatch(what);
  expect(result.stderr.trim().split('\n')).toHaveLength(1);
  expect(result.stderr).not.toContain(secret);
  expect(result.stdout).toBe('');
  expect(result.code).toBe(2);
}

describe('corrections export', () => {
  it.each([
    ['out.jsonl', [], ['corrected', 'accepted']],
    ['out.csv', [], ['corrected', 'accepted']],
    ['out.jsonl', ['--reviewers', 'M. Seacole, Nobody'], ['accepted']],
    ['out.jsonl', ['--states', 'corrected', '--since', '2020-01-01', '--until', '2999-12-31'], ['corrected']],
  ])('to %s with %j writes what the reader of examples reads', async (name, options, states) => {
    const { folder } = workspace();
    const out = join(folder, name);
    const { code, stdout, stderr } = reason2decide(['corrections', 'export', folder, '--out', out, ...options]);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain(`Wrote ${states.length} decision`);
    const examples = await read(out);
    expect(examples.map(({ label }) => label)).toEqual(
      states.map((state) => (state === 'corrected' ? 'urgent' : 'emergent')),
    );
    expect(examples.every(({ reviewer, decided_at }) => reviewer && decided_at)).toBe(true);
  });

  it("writes the reference code's columns from the database's own name too", async () => {
    const { folder, file } = workspace();
    const out = join(folder, 'out.jsonl');
    expect(reason2decide(['corrections', 'export', file, '--out', out, '--format', 'reference']).code).toBe(0);
    expect(Object.keys(JSON.parse(readFileSync(out, 'utf8').split('\n')[0] ?? ''))).toEqual([
      'question',
      'label',
      'rationale',
    ]);
  });

  it('de-identifies, and says what that is worth', async () => {
    const { folder } = workspace();
    const out = join(folder, 'out.jsonl');
    const { stderr, code } = reason2decide(['corrections', 'export', folder, '--out', out, '--deidentify']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/Replaced: name 1, ageOver89 1\./);
    expect(stderr).toContain('best effort');
    expect(readFileSync(out, 'utf8')).not.toContain(secret);
    expect((await read(out))[0]?.question).toBe('Mr [NAME], 90+yo, cough for 3/7, BP 120/80.');
  });

  it.each<[string[], RegExp]>([
    [['export'], /Name one workspace/],
    [['export', 'FOLDER'], /--out is missing/],
    [['export', '/nowhere/corrections.db', '--out', 'OUT.jsonl'], /no such database/],
    [['export', 'FOLDER', '--out', '/nowhere/out.jsonl'], /folder does not exist/],
    [['export', 'FOLDER', '--out', 'OUT.txt'], /\.jsonl/],
    [['export', 'FOLDER', '--out', 'OUT.jsonl', '--format', 'xml'], /no "xml"/],
    [['export', 'FOLDER', '--out', 'OUT.jsonl', '--states', 'done'], /no "done"/],
    [['export', 'FOLDER', '--out', 'OUT.jsonl', '--since', 'soon'], /"soon" is not a date/],
    [['export', 'FOLDER', '--out', 'OUT.jsonl', '--reviewers', 'Nobody'], /nothing was exported/],
    [['fly'], /export/],
    [['check', 'FOLDER', 'FOLDER'], /Name one/],
    [['check', '/nowhere/corrections.db'], /no such database/],
    [['recover', '/nowhere/corrections.db'], /no such database/],
  ])('%j is told in one line', (args, what) => {
    const { folder } = workspace();
    const before = readdirSync(folder);
    const filled = args.map((arg) => arg.replace('FOLDER', folder).replace('OUT', join(folder, 'out')));
    expectOneLine(reason2decide(['corrections', ...filled]), what);
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe('corrections check', () => {
  it('is content with a chain that is whole', () => {
    const { folder } = workspace();
    const { code, stdout, stderr } = reason2decide(['corrections', 'check', folder]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^5 decisions: the chain is intact/);
    expect(JSON.parse(reason2decide(['corrections', 'check', folder, '--json']).stdout)).toMatchObject({
      intact: true,
    });
  });

  it('names the decision that someone changed, without its text, and leaves with 1', () => {
    const { folder, file } = workspace();
    const database = new DatabaseSync(file);
    database.exec("DROP TRIGGER decisions_never_change; UPDATE decisions SET label_text = 'urgent' WHERE sequence = 4");
    database.close();
    const { code, stdout } = reason2decide(['corrections', 'check', folder]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/the chain is broken/);
    expect(stdout).toMatch(/Decision 4 .* was changed after it was saved/);
    expect(stdout).toMatch(/decisions_never_change/);
    expect(stdout).not.toContain(secret);
  });

  it('refuses what is no database, and leaves it alone', () => {
    const folder = join(temporaryFolder(), '.reason2decide');
    mkdirSync(folder);
    writeFileSync(join(folder, 'corrections.db'), `${secret} has a cough. `.repeat(500));
    expectOneLine(reason2decide(['corrections', 'check', join(folder, 'corrections.db')]), /is damaged.*recover/);
    expect(readdirSync(folder)).toEqual(['corrections.db']);
  });
});

describe('corrections recover', () => {
  it('sets a damaged database aside and gives back its decisions', () => {
    const { folder, file } = workspace();
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(4096), 0, 4096, 0);
    closeSync(handle);
    const { code, stdout } = reason2decide(['corrections', 'recover', folder]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/corrections\.damaged-.*\.db; 5 decisions recovered/);
    const check = reason2decide(['corrections', 'check', folder]);
    expect(check.stdout).toMatch(/^5 decisions: the chain is intact/);
    expect(check.stdout).toMatch(/Recovered on 20/);
    expect(check.code).toBe(0);
  });

  it('leaves a sound one alone', () => {
    const { folder, file } = workspace();
    const before = readFileSync(file);
    expect(reason2decide(['corrections', 'recover', folder]).stdout).toMatch(/sound/);
    expect(readFileSync(file)).toEqual(before);
  });
});
