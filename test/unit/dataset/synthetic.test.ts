import { describe, expect, it } from 'vitest';
import {
  ACUITY_TEXTS,
  type Example,
  generateSynthetic,
  NOTE_STYLES,
  RATIONALE_VOICES,
  type SyntheticOptions,
} from '../../../src/dataset/index.ts';

const generated = (options: Partial<SyntheticOptions> = {}): Example[] => [
  ...generateSynthetic({ count: 5000, seed: 11, ...options }),
];
const examples = generated();

describe('synthetic notes', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(generated({ count: 200 })).toEqual(examples.slice(0, 200));
    const other = generated({ count: 200, seed: 12 });
    expect(other.filter((example, index) => example.question === examples[index]?.question)).toEqual([]);
  });

  it('are distinct', () => {
    expect(new Set(examples.map((example) => example.question)).size).toBe(examples.length);
    expect(new Set(examples.map((example) => example.id)).size).toBe(examples.length);
  });

  it('come equally often in each level and in every style', () => {
    for (const text of ACUITY_TEXTS) {
      expect(examples.filter((example) => example.label === text)).toHaveLength(1000);
    }
    expect(new Set(examples.map((example) => example.style))).toEqual(new Set(NOTE_STYLES));
  });

  it('hold no gap of a template, no undefined value and no doubled stop', () => {
    const odd = examples.filter(({ question, rationale }) =>
      /[{}|]{2}|\{|\}|undefined|NaN|\.\.|\s,|[^\S\n]{2}/.test(`${question} ${rationale}`.replaceAll(' | ', ' ')),
    );
    expect(odd.map((example) => example.question)).toEqual([]);
  });

  it('never name the level in the note', () => {
    expect(
      examples.filter((example) => /resuscitation|emergent|urgent|triage level|\bCTAS/i.test(example.question)),
    ).toEqual([]);
  });

  it('are about the complaints asked for, and never about those held out', () => {
    const only = [...generateSynthetic({ count: 60, seed: 5, complaints: ['headache', 'burn', 'fever'] })];
    expect(new Set(only.map(({ complaint }) => complaint))).toEqual(new Set(['headache', 'burn', 'fever']));
    const without = [...generateSynthetic({ count: 2000, seed: 5, withoutComplaints: ['chest-pain', 'fever'] })];
    expect(without.filter(({ complaint }) => complaint === 'chest-pain' || complaint === 'fever')).toEqual([]);
    expect(new Set(without.map(({ complaint }) => complaint)).size).toBeGreaterThan(150);
  });

  it('refuse complaints that are unknown, or all held out, in a sentence', () => {
    const write = (options: Partial<SyntheticOptions>) => () => [
      ...generateSynthetic({ count: 1, seed: 1, ...options }),
    ];
    expect(write({ complaints: ['itchy-aura'] })).toThrow(/complaint "itchy-aura" is not known/);
    expect(write({ withoutComplaints: ['itchy-aura'] })).toThrow(/complaint "itchy-aura" is not known/);
    expect(write({ complaints: ['fever'], withoutComplaints: ['fever'] })).toThrow(/No complaint is left/);
  });

  it('refuse an unknown style or voice in a sentence', () => {
    expect(() => generated({ styles: ['haiku' as never] })).toThrow(
      /style "haiku" is not known; use one or more of: record/,
    );
    expect(() => generated({ voices: [] })).toThrow(/rationale voice/);
  });
});

/** What the words of a note must hold to state a vital sign. */
const STATES: Readonly<Record<string, RegExp>> = {
  // A misspelt word keeps its first two letters: "eigthy-seven".
  saturation: /\d{2,3}|\b(?:ni|ei|se|hu|si|fi)[a-z]+/i,
  'respiratory-rate': /\d+|[a-z]{3}/i,
  'heart-rate': /\d+|[a-z]{3}/i,
  'blood-pressure': /\d+\/\d+| over /i,
  temperature: /\d{2}|point/i,
  glucose: /\d/,
  pain: /\d|pain|nrs|out of ten/i,
  consciousness: /[a-z]/i,
};

describe('deciding spans', () => {
  it('point at the words that state the finding', () => {
    for (const { question, complaint, deciding_spans: spans = [] } of examples) {
      // What nobody can place is often not written at all, and then nothing that stands in the note decides.
      if (complaint !== 'unclear') expect(spans.length, question).toBeGreaterThan(0);
      for (const { start, end, finding } of spans) {
        const words = question.slice(start, end);
        expect(words.trim(), question).not.toBe('');
        expect(words, `${finding} in: ${question}`).toMatch(STATES[finding] ?? /\w/);
      }
    }
  });

  it('give the value that the rationale names', () => {
    const driven = examples.filter(({ rationale }) => /^SpO2 \d+%/.test(rationale));
    expect(driven.length).toBeGreaterThan(100);
    for (const { question, rationale, deciding_spans: spans = [] } of driven) {
      const value = /^SpO2 (\d+)%/.exec(rationale)?.[1] ?? '';
      const span = spans.find(({ finding }) => finding === 'saturation');
      expect(question.slice(span?.start, span?.end)).toContain(value);
    }
  });
});

describe('rationales', () => {
  it.each(RATIONALE_VOICES)('in the voice %s name only numbers of the note, and end in the label', (voice) => {
    for (const { question, label, rationale } of generated({ count: 2000, voices: [voice] })) {
      const stated = new Set(question.match(/\d+(?:\.\d+)?/g));
      const named = rationale.match(/(?<![A-Za-z\d.])\d+(?:\.\d+)?/g) ?? [];
      expect(
        named.filter((number) => !stated.has(number)),
        `${question} => ${rationale}`,
      ).toEqual([]);
      expect(rationale.replace(/\.$/, '').endsWith(label), rationale).toBe(true);
    }
  });

  it('of the default voice say the level that each finding implies, first the deciding one', () => {
    const some = examples.filter((example) => example.rationale.split(/\s+/).length < 15);
    expect(some.length / examples.length).toBeLessThan(0.05);
    for (const { label, rationale } of examples) {
      const [first = ''] = rationale.split(/\.\s/);
      expect(first.endsWith(label), rationale).toBe(true);
    }
  });

  it('mostly keep to a length that a small model can write', () => {
    const lengths = examples.map((example) => example.rationale.split(/\s+/).length).toSorted((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length * 0.95)]).toBeLessThanOrEqual(75);
  });
});
