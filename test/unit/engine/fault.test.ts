import { expect, onTestFinished, test } from 'vitest';
import { EngineProcess, type ProcessEnd, ProcessEndedError } from '../../../src/engine/engine-process.ts';
import { describeFault } from '../../../src/engine/fault.ts';
import { entry, patientName, until } from './engine.ts';

test('a failure is described by its kind and place, without its message', () => {
  const text = describeFault(new RangeError(`cannot read "${patientName}\n    at home"`));
  expect(text).toMatch(/^RangeError\n\s+at .*fault\.test\.ts/);
  expect(text).not.toContain(patientName);
  expect(text).not.toContain('at home');
  expect(describeFault(patientName)).toBe('a string was thrown');
});

test('the runtime’s own message is kept: it knows numbers only', () => {
  const error = new Error('Non-zero status code returned while running MatMul node. Name:"a" Status Message: shapes');
  expect(describeFault(error)).toContain('running MatMul node');
});

test('a fault that nobody foresaw ends the process, and the log tells where, without what was worked on', async () => {
  const log: string[] = [];
  const ended = Promise.withResolvers<ProcessEnd>();
  const engine = new EngineProcess({ entry, hangMilliseconds: 30_000, log: (line) => log.push(line) }, ended.resolve);
  onTestFinished(() => engine.close());
  // The types do not allow a number here, and Node's own error would quote it.
  const request = engine.request('openModel', { folder: 271828182 as unknown as string, device: 'cpu' });
  await expect(request).rejects.toBeInstanceOf(ProcessEndedError);
  expect(await ended.promise).toEqual({ reason: 'crashed', how: 'exit code 1' });
  await until('its last words were read', () => log.some((line) => /at .*server\.ts/.test(line)));
  expect(log[0]).toBe('engine: TypeError');
  expect(log.join('\n')).not.toContain('271828182');
});
