import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/common/index.ts';
import { wholeNumberTokens } from '../../../src/t5/index.ts';
import { startNumberEmbeddings } from '../../../src/training/number-features.ts';
import { tinyLearner } from './tiny.ts';

const width = 64;
const rows = 500;

function drawn() {
  const random = new Random(4);
  return { shape: [rows, width], data: Float32Array.from({ length: rows * width }, () => random.normal()) };
}

describe('the embeddings of numbers', () => {
  const before = drawn();
  const after = drawn();
  // Token 10 + v stands for the number v.
  const values = new Map(Array.from({ length: 301 }, (_, value) => [10 + value, value]));
  startNumberEmbeddings(after, values);
  const row = ({ data }: typeof after, id: number) => data.subarray(id * width, (id + 1) * width);
  const features = (value: number) => row(after, 10 + value).subarray(0, width / 2);
  const similarity = (a: Float32Array, b: Float32Array) => {
    const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, v, i) => sum + v * (y[i] ?? 0), 0);
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  };

  test('change in their first half only, and no other token changes', () => {
    for (let id = 0; id < rows; id++) {
      const kept = values.has(id) ? width / 2 : 0;
      expect(row(after, id).subarray(kept)).toEqual(row(before, id).subarray(kept));
    }
    expect(features(120)).not.toEqual(row(before, 130).subarray(0, width / 2));
  });

  test('have the mean square 1 of the elements that they replace', () => {
    for (const value of [0, 37, 120, 300]) {
      const squares = features(value).reduce((sum, v) => sum + v * v, 0);
      expect(squares / (width / 2)).toBeCloseTo(1, 5);
    }
  });

  test('lie the nearer the nearer the values, at small and at large distances', () => {
    const to = (value: number) => similarity(features(100), features(value));
    expect(to(101)).toBeGreaterThan(0.8);
    expect(to(101)).toBeGreaterThan(to(105));
    expect(to(105)).toBeGreaterThan(to(120));
    expect(to(120)).toBeGreaterThan(to(250));
  });

  test('tell every two values apart', () => {
    for (let value = 0; value < 300; value++) {
      expect(similarity(features(value), features(value + 1))).toBeLessThan(0.999);
    }
  });
});

test('the tokens of a trained tokenizer that are numbers are found with their values', () => {
  const { tokenizer } = tinyLearner(['HR 128, temperature 38.6']);
  const values = wholeNumberTokens(tokenizer);
  const [heartRate] = tokenizer.encodeIds('128');
  const [temperature] = tokenizer.encodeIds('38.6');
  expect(values.get(heartRate ?? -1)).toBe(128);
  expect(values.get(temperature ?? -1)).toBe(38.6);
});
