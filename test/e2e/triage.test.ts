import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { groundedNumbers } from '../../src/evaluation/index.ts';
import { reason2decide, root } from './command-line.ts';

const levels = ['resuscitation', 'emergent', 'urgent', 'less-urgent', 'non-urgent'];
const notes = readdirSync(join(root, 'samples', 'notes'))
  .sort()
  .map((name) => join('samples', 'notes', name));

interface Triaged {
  readonly file: string;
  readonly label: { id: string; text: string; level: number };
  readonly probabilities: Record<string, number>;
  readonly rationale: string;
  readonly truncated: boolean;
  readonly model: { id: string; version: string };
  readonly device: string;
  readonly milliseconds: { load: number; predict: number; explain: number };
}

const parseLines = (stdout: string): Triaged[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('triage --json with the shipped model', () => {
  let results: Triaged[];
  beforeAll(() => {
    const { code, stdout, stderr } = reason2decide(['triage', '--json', '--device', 'cpu', ...notes]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    results = parseLines(stdout);
  });

  it('prints one object a note, in order', () => {
    expect(results.map(({ file }) => file)).toEqual(notes);
  });

  it('gives a probability to every level, and predicts the most probable', () => {
    for (const { label, probabilities } of results) {
      expect(Object.keys(probabilities)).toEqual(levels);
      const values = Object.values(probabilities);
      expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      expect(probabilities[label.id]).toBe(Math.max(...values));
      expect(levels[label.level - 1]).toBe(label.id);
    }
  });

  it('names the model, the device and the times', () => {
    for (const { model, device, milliseconds } of results) {
      expect(model.id).toBe('triage-small');
      expect(device).toBe('cpu');
      expect(Math.min(milliseconds.load, milliseconds.predict, milliseconds.explain)).toBeGreaterThan(0);
    }
  });

  it('writes rationales about that very note: their numbers stand in it, and no two are the same', () => {
    const explained = results.map(({ file, rationale }) => ({
      note: readFileSync(join(root, file), 'utf8'),
      rationale,
    }));
    // A small model misreads a number now and then; were the rationales not about their notes, hardly any would stand there.
    expect(groundedNumbers(explained)).toBeGreaterThanOrEqual(0.85);
    const others = explained.map(({ note }, i) => ({ note, rationale: results.at(i - 1)?.rationale ?? '' }));
    expect(groundedNumbers(others)).toBeLessThan(0.5);
    expect(new Set(results.map(({ rationale }) => rationale)).size).toBe(results.length);
  });

  it('sees that a collapse in shock is urgent and a prescription is not', () => {
    const level = (name: string) => results.find(({ file }) => file.includes(name))?.label.level;
    expect(level('01-ambulance-collapse')).toBeLessThanOrEqual(2);
    expect(level('08-prescription')).toBeGreaterThanOrEqual(4);
  });

  it('reads a note from standard input and answers the same', () => {
    const file = notes[2] ?? '';
    const input = readFileSync(join(root, file));
    const { code, stdout } = reason2decide(['triage', '--json', '--device', 'cpu', '-'], { input });
    expect(code).toBe(0);
    const [fromInput] = parseLines(stdout);
    expect(fromInput?.file).toBe('-');
    expect(fromInput?.rationale).toBe(results[2]?.rationale);
    expect(fromInput?.probabilities).toEqual(results[2]?.probabilities);
  });

  const driver = '/usr/lib/chromium/vk_swiftshader_icd.json';
  it.skipIf(!existsSync(driver))('gives the same labels and rationales through WebGPU', () => {
    const env = { VK_ICD_FILENAMES: driver };
    const { code, stdout } = reason2decide(['triage', '--json', '--device', 'webgpu', ...notes.slice(0, 1)], { env });
    expect(code).toBe(0);
    const [onGpu] = parseLines(stdout);
    expect(onGpu?.device).toBe('webgpu');
    expect(onGpu?.label).toEqual(results[0]?.label);
    expect(onGpu?.rationale).toBe(results[0]?.rationale);
  });
});

describe('triage for a person', () => {
  it('shows level, bars, rationale, device and what it is', () => {
    const { code, stdout } = reason2decide(['triage', notes[0] ?? '']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^triage-small \d+\.\d+\.\d+ on /);
    expect(stdout).toContain('01-ambulance-collapse.txt');
    for (const level of levels) expect(stdout).toContain(level.replace('less-urgent', 'less urgent'));
    expect(stdout).toContain('█');
    expect(stdout).toContain('A suggestion for a clinician to review.');
  });
});
