import { expect } from 'vitest';
import { UserError } from '../../src/common/index.ts';

/** The message of the UserError that work ends with, made sure to be one plain sentence. */
export async function userErrorOf(work: () => unknown): Promise<string> {
  const error = await Promise.resolve()
    .then(work)
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  expect(error).toBeInstanceOf(UserError);
  const message = UserError.is(error) ? error.message : '';
  expect(message).toMatch(/^[^\n]{20,400}\.$/);
  // Neither a stack nor the runtime's own words.
  expect(message).not.toMatch(/\bat .*:\d+:\d+|onnxruntime|ONNXRuntimeError|\.cc\b|\bENO[A-Z]+\b|\[object/);
  return message;
}
