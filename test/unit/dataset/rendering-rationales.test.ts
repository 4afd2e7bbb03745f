import { describe, expect, it } from 'vitest';
import { ACUITY_TEXTS, RATIONALE_VOICES } from '../../../src/dataset/index.ts';
import { generateAnnotated } from '../../../src/dataset/synthetic/generate.ts';

const annotated = [...generateAnnotated({ count: 9000, seed: 33, voices: RATIONALE_VOICES })];
const of = (voice: string) => annotated.filter(({ example }) => example.rationale_source === voice);

const VITALS: Readonly<Record<string, RegExp>> = {
  saturation: /SpO2/,
  'respiratory-rate': /\bRR\b/,
  'heart-rate': /\bHR\b/,
  'blood-pressure': /\bBP\b/,
  temperature: /temperature/i,
  glucose: /glucose/i,
};

describe('rationales', () => {
  it.each(RATIONALE_VOICES)(
    'in the voice %s name the vital sign that decides, with its value as the note has it',
    (voice) => {
      let [named, all] = [0, 0];
      for (const { example } of of(voice)) {
        for (const { finding, start, end } of example.deciding_spans ?? []) {
          const pattern = VITALS[finding];
          if (pattern === undefined) continue;
          all++;
          const digits = example.question
            .slice(start, end)
            .replace(/SpO2|O2/gi, '')
            .match(/\d+(?:[./]\d+)*/)?.[0];
          if (pattern.test(example.rationale) && (digits === undefined || example.rationale.includes(digits))) named++;
        }
      }
      expect(all).toBeGreaterThan(500);
      expect(named / all).toBeGreaterThan(0.85);
    },
  );

  it('name the shock of a patient in coma, and call no raised pressure or GCS of 14 normal', () => {
    const shocked = of('llm').filter(({ example }) => {
      const deciding = new Set((example.deciding_spans ?? []).map(({ finding }) => finding));
      return example.level === 1 && deciding.has('consciousness') && deciding.has('poor-perfusion');
    });
    expect(shocked.length).toBeGreaterThan(5);
    for (const { example } of shocked) expect(example.rationale).toMatch(/shock/);
    for (const { example } of of('llm')) {
      const normal = /([^.]*(?:\.\d[^.]*)*) (?:is|are) normal/.exec(example.rationale)?.[1] ?? '';
      expect(normal, example.rationale).not.toMatch(/BP (?:1[6-9]\d|2\d\d)\/|GCS 14/);
    }
  });

  it('of the nurse are the shortest', () => {
    const mean = (voice: string) =>
      of(voice).reduce((sum, { example }) => sum + example.rationale.split(/\s+/).length, 0) / of(voice).length;
    expect(mean('nurse')).toBeLessThan(mean('nurse-post-processed'));
    expect(mean('nurse-post-processed')).toBeLessThan(mean('llm'));
  });

  it('say of some what the level would be without what decides: a less urgent one', () => {
    const without = of('llm').filter(({ example }) => / it would be /.test(example.rationale));
    expect(without.length).toBeGreaterThan(100);
    for (const { example } of without) {
      const other = /it would be ([a-z-]+(?: urgent)?)\./.exec(example.rationale)?.[1] ?? '';
      expect(ACUITY_TEXTS.indexOf(other), example.rationale).toBeGreaterThan(ACUITY_TEXTS.indexOf(example.label));
    }
  });

  it('say of some why not the level above', () => {
    const above = of('llm').filter(({ example }) => /, so not /.test(example.rationale));
    expect(above.length).toBeGreaterThan(100);
    for (const { example } of above) {
      const other = /, so not ([a-z-]+(?: urgent)?)\./.exec(example.rationale)?.[1] ?? '';
      expect(ACUITY_TEXTS.indexOf(other), example.rationale).toBe(ACUITY_TEXTS.indexOf(example.label) - 1);
    }
  });
});
