import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ChatServer, chatServer, json } from '../unit/language-model/chat-server.ts';
import { type CommandResult, root, temporaryFolder } from './command-line.ts';

const secret = 'Zacharias';
const draft = 'SpO2 91% is low, so the patient is emergent.';
const verdict = (score: number) =>
  JSON.stringify(
    Object.fromEntries(
      ['clinical_correctness', 'faithfulness', 'completeness', 'label_consistency'].map((name) => [
        name,
        { reason: 'Because.', score },
      ]),
    ),
  );

/** Runs the command line beside the server of the test; `stop` kills it as a power cut would. */
function run(
  args: readonly string[],
  { env = {}, stop }: { env?: NodeJS.ProcessEnv; stop?: AbortSignal } = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (part) => {
      stdout += part;
    });
    child.stderr.on('data', (part) => {
      stderr += part;
    });
    stop?.addEventListener('abort', () => child.kill('SIGKILL'));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Notes with a label and without a reason. */
function data(folder: string, count: number, rationale = ''): string {
  const file = join(folder, 'data.jsonl');
  const lines = Array.from({ length: count }, (_, n) =>
    JSON.stringify({ question: `${secret}, cough for ${n} days, SpO2 91%`, label: 'emergent', rationale, id: `n${n}` }),
  );
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const drafting = (folder: string, server: ChatServer, count: number, ...more: readonly string[]) => [
  'draft',
  ...['--data', data(folder, count), '--out', join(folder, 'drafts.jsonl')],
  ...['--endpoint', server.endpoint, '--language-model', 'tester', ...more],
];

describe('draft', () => {
  it('goes on where it was killed, and asks for nothing twice that was written', async () => {
    const folder = temporaryFolder();
    const stop = new AbortController();
    let answered = 0;
    const server = await chatServer(() => {
      if (++answered === 6) stop.abort();
      return draft;
    });
    const args = drafting(folder, server, 12, '--concurrency', '2');
    expect((await run(args, { stop: stop.signal })).code).toBeNull();
    const done = linesOf(join(folder, 'drafts.jsonl')).length;
    expect(done).toBeGreaterThan(0);
    const before = server.questions.length;
    const { code, stderr, stdout } = await run(args);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain(`Drafted ${12 - done} into`);
    expect(server.questions.length - before).toBe(12 - done);
    const drafts = linesOf(join(folder, 'drafts.jsonl'));
    expect(drafts).toHaveLength(12);
    expect(new Set(drafts.map(({ id }) => id)).size).toBe(12);
    expect(drafts[0]).toMatchObject({ rationale: draft, rationale_source: 'llm', rationale_model: 'tester' });
    expect(stderr).not.toContain(secret);
  });

  it('sends the key of the named variable and no other', async () => {
    const folder = temporaryFolder();
    const server = await chatServer(() => draft);
    const env = { REASON2DECIDE_API_KEY: 'k-1', OTHER_KEY: 'k-2', OPENAI_API_KEY: 'k-3' };
    await run(drafting(folder, server, 1), { env });
    await run(drafting(temporaryFolder(), server, 1, '--key-variable', 'OTHER_KEY'), { env });
    expect(server.questions.map(({ headers }) => headers.authorization)).toEqual(['Bearer k-1', 'Bearer k-2']);
    const missing = await run(drafting(folder, server, 2, '--key-variable', 'NO_KEY'), { env });
    expect([missing.code, missing.stderr.trim()]).toEqual([2, expect.stringMatching(/NO_KEY is not set/)]);
  });

  it('leaves with 2 and one line when the server refuses, whatever it says', async () => {
    const folder = temporaryFolder();
    const server = await chatServer(({ asked }, response) => {
      json(response, 401, { error: { message: asked } });
      return undefined;
    });
    const { code, stderr, stdout } = await run(drafting(folder, server, 3));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^127\.0\.0\.1:\d+: the server does not accept the key; .*\.\n$/);
    expect(stderr).not.toContain(secret);
  });
});

describe('another machine', () => {
  it.each(['draft', 'judge'])('is sent nothing by %s without permission', async (command) => {
    const folder = temporaryFolder();
    const [file, out] = [data(folder, 1, 'Low.'), join(folder, 'out.jsonl')];
    const name = command === 'draft' ? '--language-model' : '--judge';
    const args = [command, '--data', file, '--out', out, name, 'tester', '--endpoint', 'https://api.example.org/v1'];
    const { code, stderr, stdout } = await run(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^api\.example\.org is another machine, and note text would leave this one.*\n$/);
    expect(stderr).toContain('--notes-may-leave-this-machine');
    expect(existsSync(out)).toBe(false);
  });

  it('is named before it is sent the first note', async () => {
    const folder = temporaryFolder();
    const server = await chatServer(() => draft);
    // On Linux and macOS this leads to the server here, and yet is no address of this machine alone.
    const endpoint = server.endpoint.replace('127.0.0.1', '0.0.0.0');
    const args = drafting(folder, { ...server, endpoint }, 1);
    expect((await run(args)).code).toBe(2);
    expect(server.questions).toHaveLength(0);
    const { code, stderr } = await run([...args, '--notes-may-leave-this-machine']);
    expect(code).toBe(0);
    expect(stderr.split('\n')[0]).toMatch(
      /^Note text leaves this machine: it is sent to 0\.0\.0\.0:\d+, unencrypted\.$/,
    );
  });
});

describe('judge', () => {
  const judging = (folder: string, server: ChatServer, ...more: readonly string[]) => [
    'judge',
    ...['--data', data(folder, 3, 'SpO2 91% is low.'), '--out', join(folder, 'verdicts.jsonl')],
    ...['--endpoint', server.endpoint, '--judge', 'tester', '--device', 'cpu', ...more],
  ];

  it('grades what the shipped model writes, and asks for nothing twice', async () => {
    const folder = temporaryFolder();
    let score = 2;
    const server = await chatServer(() => verdict(score++));
    const { code, stdout } = await run(judging(folder, server));
    expect(code).toBe(0);
    expect(stdout).toContain('3 rationales judged by tester, from 1 to 5; 0 without a verdict');
    expect(stdout).toMatch(/^overall {15}3\.00 {2}\(95 %: 2\.\d\d to \d\.\d\d\)$/m);
    const verdicts = readFileSync(join(folder, 'verdicts.jsonl'), 'utf8');
    expect(verdicts).not.toMatch(new RegExp(`${secret}|Because`));
    expect((await run(judging(folder, server))).stdout).toBe(stdout);
    expect(server.questions).toHaveLength(3);
    // It judged the model's words, not the file's.
    expect(server.questions.every(({ asked }) => !asked.includes('SpO2 91% is low.\n</rationale'))).toBe(true);
  });

  it("grades the file's own rationales where that is asked for", async () => {
    const folder = temporaryFolder();
    const server = await chatServer(({ asked }) => (asked.includes('SpO2 91% is low.') ? verdict(5) : 'What?'));
    const { stdout } = await run(judging(folder, server, '--own-rationales', '--json', '--limit', '2', '--reasons'));
    expect(JSON.parse(stdout)).toMatchObject({
      judge: 'tester',
      judged: 2,
      unjudged: 0,
      overall: { mean: 5, interval: { low: 5, high: 5 } },
    });
    expect(linesOf(join(folder, 'verdicts.jsonl'))[0].reasons.faithfulness).toBe('Because.');
  });
});
