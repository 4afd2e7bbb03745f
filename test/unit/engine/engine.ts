import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { EngineClient, EngineError, type EngineErrorReason, type EngineOptions } from '../../../src/engine/index.ts';

export const root = join(import.meta.dirname, '..', '..', '..');
export const entry = join(root, 'src', 'engine', 'main.ts');
export const shippedModel = join(root, 'models', 'triage-small');

/** Long enough for a busy machine, so that only what is really stuck counts as such. */
const patience = 30_000;

/** No other text has this name in it. */
export const patientName = 'Zebedee Quillfeather';
export const note = `${patientName}, 58 y. Crushing chest pain for 2 h, sweating. HR 118, BP 92/60, SpO2 91%.`;
const otherNotes = [
  'Twisted ankle on the stairs, walks on it. HR 76, BP 124/78. Pain 3.',
  'Cough for 3 days, no fever. HR 80, SpO2 98%.',
  'Cut on the left hand, 2 cm, bleeding stopped. HR 84.',
  'Repeat prescription. Feels well. HR 70, BP 130/80.',
  'Fever 39.4 since yesterday, drinks well. HR 120, age 4.',
];

/** Different short notes. */
export function notes(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${otherNotes[i % otherNotes.length]} Bed ${i + 1}.`);
}

export interface TestEngine {
  readonly client: EngineClient;
  /** The lines of its log so far. */
  readonly log: string[];
  /** How many processes it has started. */
  starts(): number;
}

/** An engine with a process of its own, which is gone when the test is. */
export function startEngine(options: Partial<EngineOptions> = {}): TestEngine {
  const log: string[] = [];
  const client = new EngineClient({ entry, hangMilliseconds: patience, log: (line) => log.push(line), ...options });
  onTestFinished(async () => {
    await client.dispose();
    expect(log.join('\n'), 'the log holds no text of a note').not.toContain(patientName);
  });
  return { client, log, starts: () => log.filter((line) => line.includes('started as process')).length };
}

/** A folder that is gone when the test is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Changes one file of JSON. */
export function changeJson(path: string, change: (json: Record<string, unknown>) => Record<string, unknown>): void {
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))));
}

/** A copy of the shipped model whose rationale finds no end: it stops after so many tokens that a test would time out. */
export function endlessModel(): string {
  const folder = join(temporaryFolder(), 'endless');
  cpSync(shippedModel, folder, { recursive: true });
  // No token has this number, so none ends the text.
  changeJson(join(folder, 'config.json'), (json) => ({ ...json, eos_token_id: 1_000_000 }));
  changeJson(join(folder, 'reason2decide.json'), (json) => ({
    ...json,
    limits: { inputTokens: 320, rationaleTokens: 100_000 },
  }));
  return folder;
}

/** The error that a request ends with, made sure to be one plain sentence without a note's text. */
export async function engineErrorOf(request: Promise<unknown>, reason: EngineErrorReason): Promise<EngineError> {
  const error = await request.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!EngineError.is(error)) throw new TypeError(`not an EngineError: ${String(error)}`);
  expect(error.reason).toBe(reason);
  expect(error.message).toMatch(/^[^\n]{20,400}\.$/);
  expect(error.message).not.toMatch(/\bat .*:\d+:\d+|onnxruntime|ONNXRuntimeError|\[object/);
  expect(error.message).not.toContain(patientName);
  return error;
}

/** Whether a process is there and has not ended; one that ended may wait for its parent to notice. */
export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
  } catch {
    return false;
  }
  const status = `/proc/${processId}/stat`;
  return !existsSync(status) || !/\) Z /.test(readFileSync(status, 'utf8'));
}

/** Waits until something is so, and fails when it does not become so in time. */
export async function until(what: string, isSo: () => boolean, milliseconds = patience): Promise<void> {
  const deadline = performance.now() + milliseconds;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`it did not happen in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The engine's present process. */
export function processOf(client: EngineClient): number {
  if (client.processId === undefined) throw new TypeError('the engine has no process');
  return client.processId;
}
