import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CommandResult, reason2decide, root, temporaryFolder } from './command-line.ts';

const shipped = join(root, 'models', 'triage-small');
const secret = 'Zacharias';

/** One clear line, exit code 2, nothing on standard output, no stack trace, and never a note's text. */
function expectOneLine(result: CommandResult, what: RegExp): void {
  expect(result.stderr).toMatch(what);
  expect(result.stderr.trim().split('\n')).toHaveLength(1);
  expect(result.stderr).not.toMatch(/\n\s+at |Error:|onnxruntime/);
  expect(result.stderr).not.toContain(secret);
  expect(result.stdout).toBe('');
  expect(result.code).toBe(2);
}

describe('a bad note', () => {
  it.each<[string, string | Buffer, RegExp]>([
    ['empty', '', /note is empty/],
    ['blank', ' \n\t ', /note is empty/],
    ['binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), /binary file/],
    ['invalid UTF-8', Buffer.from([0x66, 0xff, 0xfe, 0x67]), /not valid UTF-8/],
    ['10 MB', Buffer.alloc(10_000_000, `${secret} has a cough. `), /more than the 1\.0 MB/],
  ])('%s is refused', (_, content, what) => {
    const file = join(temporaryFolder(), 'note.txt');
    writeFileSync(file, content);
    expectOneLine(reason2decide(['triage', '--json', file]), what);
    expectOneLine(reason2decide(['triage', '--json', '-'], { input: content }), what);
  });

  it('that is missing is named', () => {
    expectOneLine(reason2decide(['triage', '--json', 'nowhere.txt']), /nowhere\.txt: there is no such file/);
  });

  it('does not keep the others from being triaged', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'empty.txt'), '');
    writeFileSync(join(folder, 'good.txt'), 'cough for 2 days, SpO2 98%');
    const { code, stdout, stderr } = reason2decide([
      'triage',
      '--json',
      join(folder, 'empty.txt'),
      join(folder, 'good.txt'),
    ]);
    expect(code).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout).file).toBe(join(folder, 'good.txt'));
  });
});

describe('a bad model folder', () => {
  const copy = (change: (folder: string) => void): string => {
    const folder = join(temporaryFolder(), 'model');
    cpSync(shipped, folder, { recursive: true });
    change(folder);
    return folder;
  };
  const triage = (folder: string) =>
    reason2decide(['triage', '--json', '--device', 'cpu', '--model', folder, 'samples/notes/08-prescription.txt']);

  it('that is not there is named', () => {
    expectOneLine(triage('/nowhere/model'), /no such model folder/);
  });

  it.each(['config.json', 'model.safetensors', 'tokenizer.json', 'reason2decide.json', 'encoder.onnx', 'decoder.onnx'])(
    'without %s, or with half of it, is refused',
    (file) => {
      expectOneLine(triage(copy((folder) => rmSync(join(folder, file)))), new RegExp(file.replace('.', '\\.')));
      const half = copy((folder) =>
        truncateSync(join(folder, file), Math.floor(readFileSync(join(folder, file)).length / 2)),
      );
      expectOneLine(triage(half), new RegExp(file.replace('.', '\\.')));
    },
  );

  it('with tensors of another shape is refused', () => {
    const folder = copy((path) => {
      const config = JSON.parse(readFileSync(join(path, 'config.json'), 'utf8'));
      writeFileSync(join(path, 'config.json'), JSON.stringify({ ...config, d_ff: config.d_ff + 8 }));
    });
    expectOneLine(triage(folder), /has the shape/);
  });

  it('whose weights another program wrote anew, in other places of the file, is refused', () => {
    const folder = copy((path) => {
      const file = join(path, 'model.safetensors');
      const bytes = readFileSync(file);
      const headerLength = Number(bytes.readBigUInt64LE());
      // The same tensors behind a header that is eight bytes longer.
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(headerLength + 8));
      const header = Buffer.concat([bytes.subarray(8, 8 + headerLength), Buffer.alloc(8, ' ')]);
      writeFileSync(file, Buffer.concat([length, header, bytes.subarray(8 + headerLength)]));
    });
    expectOneLine(triage(folder), /written anew/);
  });

  it('with the tokenizer of another model is refused', () => {
    const folder = copy((path) => {
      cpSync(join(root, 'test', 'golden', 'tokenizer', 'byte-level', 'tokenizer.json'), join(path, 'tokenizer.json'));
    });
    expectOneLine(triage(folder), /belongs to another model/);
  });
});

describe('bad data', () => {
  const evaluate = (content: string | Buffer, name = 'data.jsonl') => {
    const file = join(temporaryFolder(), name);
    writeFileSync(file, content);
    return reason2decide(['evaluate', '--json', '--data', file]);
  };
  const good = JSON.stringify({ question: 'cough', label: 'urgent', rationale: '' });

  it.each<[string, string, RegExp]>([
    ['a line that is not JSON', `${good}\n{"question": "${secret}\n`, /line 2.*not.*JSON/],
    [
      'an unknown label',
      `${good}\n${JSON.stringify({ question: secret, label: 'purple' })}\n`,
      /line 2.*label.*purple/,
    ],
    ['a missing field', `${JSON.stringify({ question: secret })}\n`, /line 1.*label/],
    ['a wrong type', `${JSON.stringify({ question: 7, label: 'urgent' })}\n`, /line 1.*question/],
    ['nothing', '', /no examples/],
  ])('%s is told with file, line and field', (_, content, what) => {
    expectOneLine(evaluate(content), what);
  });

  it('in a file that is missing is named', () => {
    expectOneLine(reason2decide(['evaluate', '--data', '/nowhere/data.jsonl']), /data\.jsonl/);
  });

  it('never leaves half an output file behind', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'in.jsonl'), `${good}\nnot json\n`);
    const out = join(folder, 'out.jsonl');
    expectOneLine(
      reason2decide(['dataset', 'convert', '--from', 'medreason', join(folder, 'in.jsonl'), '--out', out]),
      /line 2/,
    );
    expect(readdirSync(folder)).toEqual(['in.jsonl']);
  });
});

describe('a bad command', () => {
  it.each<[string[], RegExp]>([
    [['fly'], /no command "fly"/],
    [['triage'], /no note to triage/],
    [['triage', '--colour', 'x'], /--colour/],
    [['triage', '--device', 'abacus', 'samples/notes/08-prescription.txt'], /no device "abacus"/],
    [['train'], /--config is missing/],
    [['train', '--config', '/nowhere.yaml'], /nowhere\.yaml/],
    [['dataset'], /generate/],
    [['dataset', 'generate', '--out', '/nowhere/x.jsonl'], /folder does not exist/],
    [['dataset', 'generate', '--out', 'x.jsonl', '--count', 'many'], /--count/],
    [['dataset', 'convert', '--from', 'mars', 'x', '--out', 'y'], /no source "mars"/],
  ])('%j is told in one line', (args, what) => {
    expectOneLine(reason2decide(args), what);
  });

  it('of a device that this machine lacks is told in one line', () => {
    const device = process.platform === 'darwin' ? 'dml' : 'coreml';
    expectOneLine(
      reason2decide(['triage', '--device', device, 'samples/notes/08-prescription.txt']),
      new RegExp(device),
    );
  });
});
