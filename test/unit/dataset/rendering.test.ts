import { describe, expect, it } from 'vitest';
import { RATIONALE_VOICES } from '../../../src/dataset/index.ts';
import { type AnnotatedExample, generateAnnotated } from '../../../src/dataset/synthetic/generate.ts';
import { numberInWords } from '../../../src/dataset/synthetic/render/number-words.ts';

const annotated = [...generateAnnotated({ count: 12_000, seed: 21, voices: RATIONALE_VOICES })];
const words = (text: string) => text.split(/\s+/).length;
const stating = (prefix: string) => annotated.filter(({ spans }) => spans.some(({ key }) => key.startsWith(prefix)));
const slice = ({ example, spans }: AnnotatedExample, prefix: string): string[] =>
  spans.filter(({ key }) => key.startsWith(prefix)).map(({ start, end }) => example.question.slice(start, end));

describe('spans', () => {
  it('cover every finding inside the note, in its order, whether it decides or not', () => {
    for (const { example, spans } of annotated) {
      let last = 0;
      for (const { key, start, end } of spans) {
        expect(start, key).toBeGreaterThanOrEqual(last);
        expect(end, `${key} in ${example.question}`).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(example.question.length);
        last = start;
      }
      const keys = new Set(spans.map(({ key }) => key.replace(/^sign:/, '')));
      for (const { finding } of example.deciding_spans ?? []) expect(keys).toContain(finding);
      // What nobody can place is often not written at all.
      if (example.complaint !== 'unclear') expect(keys, example.question).toContain('complaint');
    }
  });
});

describe('impossible vital signs', () => {
  const slips = stating('mistyped:');

  it('come now and then', () => {
    expect(slips.length).toBeGreaterThan(100);
    expect(slips.length / annotated.length).toBeLessThan(0.06);
  });

  it('never decide', () => {
    for (const { example } of slips) {
      expect((example.deciding_spans ?? []).filter(({ finding }) => finding.startsWith('mistyped'))).toEqual([]);
    }
  });

  it('are called impossible in every full rationale', () => {
    const full = slips.filter(({ example }) => example.rationale_source === 'llm');
    expect(full.length).toBeGreaterThan(20);
    for (const { example } of full) {
      expect(example.rationale, example.question).toMatch(/cannot be right|is impossible|must be a slip/);
    }
  });

  it('cannot be the value of a living patient', () => {
    for (const slip of slips) {
      const [text = ''] = slice(slip, 'mistyped:');
      const key = slip.spans.find((span) => span.key.startsWith('mistyped:'))?.key;
      const value = Number(/(\d+(?:\.\d+)?)(?!.*SpO2|.*O2 )/.exec(text.replace(/SpO2|O2/gi, ''))?.[1]);
      if (key === 'mistyped:heart-rate') expect(value < 15 || value > 300, text).toBe(true);
      if (key === 'mistyped:saturation') expect(value < 20 || value > 100, text).toBe(true);
      if (key === 'mistyped:respiratory-rate') expect(value < 2 || value >= 99, text).toBe(true);
      if (key === 'mistyped:temperature') {
        expect(text).toMatch(/c$/i);
        expect(value < 15 || value > 46, text).toBe(true);
      }
    }
  });
});

describe('values that were measured twice', () => {
  const repeated = stating('earlier:');

  it('decide by the latest alone', () => {
    expect(repeated.length).toBeGreaterThan(200);
    for (const { example } of repeated) {
      expect((example.deciding_spans ?? []).filter(({ finding }) => finding.startsWith('earlier'))).toEqual([]);
    }
  });
});

describe('past events and other people’s illnesses', () => {
  it('are told and decide nothing', () => {
    expect(stating('past:').length).toBeGreaterThan(300);
    expect(stating('relative:').length).toBeGreaterThan(100);
    const named = annotated.filter(({ example }) => /Past history, does not count: /.test(example.rationale));
    expect(named.length).toBeGreaterThan(30);
    for (const { example } of named) {
      const decidedBy = (example.deciding_spans ?? []).map(({ finding }) => finding);
      expect(decidedBy.filter((finding) => /^(past|relative)/.test(finding))).toEqual([]);
    }
  });
});

describe('long notes', () => {
  const long = [
    ...generateAnnotated({
      count: 500,
      seed: 4,
      longShare: 1,
      styles: ['shorthand', 'sbar', 'soap', 'narrative', 'ambulance'],
    }),
  ];

  it('have 120 to 250 words and no sentence twice', () => {
    for (const { example } of long) {
      expect(words(example.question), example.question).toBeGreaterThanOrEqual(115);
      expect(words(example.question), example.question).toBeLessThanOrEqual(255);
      const sentences = example.question.split(/\.\s+/).filter((sentence) => words(sentence) > 3);
      expect(new Set(sentences).size, example.question).toBe(sentences.length);
    }
  });

  it('are a share of all notes', () => {
    const share = annotated.filter(({ example }) => words(example.question) >= 115).length / annotated.length;
    expect(share).toBeGreaterThan(0.04);
    expect(share).toBeLessThan(0.12);
  });
});

describe('vital signs in words', () => {
  it('are said as they are read aloud', () => {
    expect(numberInWords('92')).toBe('ninety-two');
    expect(numberInWords('118')).toBe('one hundred eighteen');
    expect(numberInWords('38.5')).toBe('thirty-eight point five');
    expect(numberInWords('40')).toBe('forty');
    expect(numberInWords('0')).toBe('zero');
  });

  it('come in the rationale as in the note', () => {
    const spoken = annotated.filter((one) => /ninety-/i.test(slice(one, 'saturation').join(' ')));
    expect(spoken.length).toBeGreaterThan(10);
    for (const { example } of spoken) {
      const value = /SpO2 ([a-z-]+)/.exec(example.rationale)?.[1];
      if (value !== undefined) expect(example.question.toLowerCase()).toContain(value);
    }
  });
});

describe('handwriting', () => {
  const letters = annotated.map(({ example }) => example.question);

  it('is now and then all capitals, or without any', () => {
    const capitals = letters.filter((text) => text === text.toUpperCase()).length / letters.length;
    const small = letters.filter((text) => text === text.toLowerCase()).length / letters.length;
    expect(capitals).toBeGreaterThan(0.015);
    expect(capitals).toBeLessThan(0.06);
    expect(small).toBeGreaterThan(0.04);
    expect(small).toBeLessThan(0.16);
  });

  it('gives temperatures in both units', () => {
    const stated = annotated.flatMap((one) => slice(one, 'temperature')).join(' ');
    expect(stated).toMatch(/\d(?:°| °)?F/);
    expect(stated).toMatch(/\d(?:°| °)?C/);
  });
});

describe('telephone calls', () => {
  it('are often transcripts with turns', () => {
    const calls = annotated.filter(({ example }) => example.style === 'telephone');
    const turns = calls.filter(({ example }) => (example.question.match(/\?/g) ?? []).length >= 2);
    expect(turns.length / calls.length).toBeGreaterThan(0.35);
  });
});
