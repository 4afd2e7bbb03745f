import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Random, UserError } from '../../src/common/index.ts';
import {
  bootstrapInterval,
  classificationMetrics,
  type Evaluated,
  evaluate,
  expectedCalibrationError,
  type LabelMetrics,
  type MetricLabel,
  mcnemar,
  quantile,
} from '../../src/evaluation/index.ts';

function golden<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(`metrics/${name}.json`, import.meta.url), 'utf8'));
}

interface ClassificationGolden {
  readonly cases: readonly {
    readonly name: string;
    readonly labels: readonly MetricLabel[];
    readonly gold: readonly string[];
    readonly predicted: readonly string[];
    readonly expected: {
      readonly n: number;
      readonly accuracy: number;
      readonly macroF1: number;
      readonly perLevel: readonly LabelMetrics[];
      readonly confusion: readonly (readonly number[])[];
      readonly underTriage: number | null;
      readonly overTriage: number | null;
      readonly quadraticKappa: number | null;
      readonly urgentRecall: number | null;
    };
  }[];
}

interface CalibrationGolden {
  readonly examples: readonly { readonly probabilities: readonly number[]; readonly gold: number }[];
  readonly counts: readonly number[];
  readonly accuracies: readonly number[];
  readonly confidences: readonly number[];
  readonly error: number;
}

interface McNemarGolden {
  readonly tests: readonly {
    readonly onlyFirstRight: number;
    readonly onlySecondRight: number;
    readonly exact: number;
    readonly mid: number;
  }[];
}

interface IntervalsGolden {
  readonly bootstrap: readonly {
    readonly name: string;
    readonly data: readonly number[];
    readonly low: number;
    readonly high: number;
    readonly standardError: number;
  }[];
  readonly quantiles: readonly {
    readonly sorted: readonly number[];
    readonly fraction: number;
    readonly value: number;
  }[];
}

const triageLabels: readonly MetricLabel[] = [1, 2, 3, 4, 5].map((level) => ({ text: `level ${level}`, level }));
const digits = 12;

function expectNumberOrNull(actual: number | null, expected: number | null): void {
  if (actual === null || expected === null) expect(actual).toBe(expected);
  else expect(actual).toBeCloseTo(expected, digits);
}

describe('classification metrics agree with scikit-learn', () => {
  const { cases } = golden<ClassificationGolden>('classification');
  it.each(cases)('$name', ({ labels, gold, predicted, expected }) => {
    const actual = classificationMetrics(labels, gold, predicted);
    expect(actual.n).toBe(expected.n);
    expect(actual.accuracy).toBeCloseTo(expected.accuracy, digits);
    expect(actual.macroF1).toBeCloseTo(expected.macroF1, digits);
    expect(actual.confusion).toEqual({ labels: labels.map((label) => label.text), counts: expected.confusion });
    expect(actual.perLevel).toHaveLength(labels.length);
    for (const [index, level] of expected.perLevel.entries()) {
      expect(actual.perLevel[index]).toMatchObject({ label: level.label, level: level.level, support: level.support });
      expect(actual.perLevel[index]?.precision).toBeCloseTo(level.precision, digits);
      expect(actual.perLevel[index]?.recall).toBeCloseTo(level.recall, digits);
      expect(actual.perLevel[index]?.f1).toBeCloseTo(level.f1, digits);
    }
    expectNumberOrNull(actual.underTriage, expected.underTriage);
    expectNumberOrNull(actual.overTriage, expected.overTriage);
    expectNumberOrNull(actual.quadraticKappa, expected.quadraticKappa);
    expectNumberOrNull(actual.urgentRecall, expected.urgentRecall);
  });
});

describe('classification metrics', () => {
  it('counts a prediction less urgent than gold as under-triage, whatever the order of the label set', () => {
    const shuffled = [...triageLabels].reverse();
    const metrics = classificationMetrics(
      shuffled,
      ['level 2', 'level 2', 'level 3', 'level 4'],
      ['level 3', 'level 2', 'level 5', 'level 3'],
    );
    expect(metrics.underTriage).toBe(0.5);
    expect(metrics.overTriage).toBe(0.25);
  });

  it('has no measure of acuity when one label has no level', () => {
    const labels = [{ text: 'level 1', level: 1 }, { text: 'not triaged' }];
    const metrics = classificationMetrics(labels, ['level 1', 'not triaged'], ['level 1', 'level 1']);
    expect(metrics.accuracy).toBe(0.5);
    expect(metrics).toMatchObject({ underTriage: null, overTriage: null, quadraticKappa: null, urgentRecall: null });
  });

  it('refuses a label outside the set, naming the example but not what it says', () => {
    const evaluate = () => classificationMetrics(triageLabels, ['level 1', 'level 2'], ['level 1', 'my chest hurts']);
    expect(evaluate).toThrow(UserError);
    expect(evaluate).toThrow(/^The predicted label of example 2 is not in the label set; use one of: level 1, /);
  });

  it('refuses to evaluate nothing, and lists of different lengths', () => {
    expect(() => classificationMetrics(triageLabels, [], [])).toThrow(UserError);
    expect(() => classificationMetrics(triageLabels, ['level 1'], [])).toThrow(RangeError);
  });

  const hospital = new URL('../../../shared/data/ktas/ktas-hospital-1.csv', import.meta.url);
  it.skipIf(!existsSync(hospital))('finds the under- and over-triage that a published study of nurses recorded', () => {
    const [header = '', ...lines] = readFileSync(hospital, 'latin1').trim().split(/\r?\n/);
    const rows = lines.map((line) => line.split(';'));
    const column = (name: string) => rows.map((row) => row[header.split(';').indexOf(name)]?.trim());
    const levels = (name: string) => column(name).map((level) => `level ${level}`);
    const mistriage = column('mistriage');
    const metrics = classificationMetrics(triageLabels, levels('KTAS_expert'), levels('KTAS_RN'));
    expect(metrics.n).toBe(688);
    expect(metrics.underTriage).toBe(mistriage.filter((code) => code === '2').length / 688);
    expect(metrics.overTriage).toBe(mistriage.filter((code) => code === '1').length / 688);
  });
});

describe('calibration', () => {
  const { examples, counts, accuracies, confidences, error } = golden<CalibrationGolden>('calibration');
  const labels = [{ text: 'first' }, { text: 'second' }, { text: 'third' }];

  it('has the bins of scikit-learn, and the error that follows from them', async () => {
    let place = 0;
    const next = () => examples[place] ?? { probabilities: [], gold: 0 };
    const model: Evaluated = {
      labels,
      predict: async () => {
        const { probabilities } = next();
        const entries = probabilities.map((probability, i) => ({ label: asLabel(i), probability }));
        const best = entries.reduce((high, entry) => (entry.probability > high.probability ? entry : high));
        place++;
        return { label: best.label, probabilities: entries, truncated: false };
      },
      explain: async () => '',
    };
    const evaluation = await evaluate(
      model,
      examples.map(({ gold }) => ({ question: 'note', label: asLabel(gold).text, rationale: '' })),
    );
    const filled = evaluation.reliability.filter(({ count }) => count > 0);
    expect(evaluation.reliability.map(({ count }) => count)).toEqual(counts);
    expect(filled.map(({ accuracy }) => accuracy)).toEqual(accuracies.map((value) => expect.closeTo(value, digits)));
    expect(filled.map(({ confidence }) => confidence)).toEqual(
      confidences.map((value) => expect.closeTo(value, digits)),
    );
    expect(evaluation.calibrationError).toBeCloseTo(error, digits);
    expect(expectedCalibrationError(examples)).toBeCloseTo(error, digits);
  });

  const asLabel = (index: number) => {
    const text = labels[index]?.text ?? '';
    return { id: text, text, level: null, colour: '', description: '' };
  };
});

describe("McNemar's test", () => {
  const { tests } = golden<McNemarGolden>('mcnemar');
  it.each(tests)('agrees with SciPy for $onlyFirstRight against $onlySecondRight', (expected) => {
    const { exact, mid } = mcnemar(expected.onlyFirstRight, expected.onlySecondRight);
    expect(exact).toBeCloseTo(expected.exact, digits);
    expect(mid).toBeCloseTo(expected.mid, digits);
  });
});

describe('bootstrap intervals', () => {
  const { bootstrap, quantiles } = golden<IntervalsGolden>('intervals');

  const mean = (data: readonly number[]) => (indices: readonly number[]) =>
    indices.reduce((sum, index) => sum + (data[index] ?? Number.NaN), 0) / indices.length;

  it.each(bootstrap)('agree with SciPy within the noise of resampling: $name', ({ data, low, high, standardError }) => {
    const interval = bootstrapInterval(data.length, mean(data), new Random(7), 20_000);
    // A 2.5th percentile of 20,000 resamples is itself uncertain by sqrt(0.025·0.975/20000)/φ(1.96) = 0.019 standard
    // errors of the statistic; four times that, and one step of the statistic where it is a share.
    const step = data.every(Number.isInteger) ? 1 / data.length : 0;
    const tolerance = 4 * 0.019 * standardError + step;
    expect(Math.abs((interval?.low ?? Number.NaN) - low)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs((interval?.high ?? Number.NaN) - high)).toBeLessThanOrEqual(tolerance);
  });

  it.each(quantiles)('take the quantile $fraction as NumPy does', ({ sorted, fraction, value }) => {
    expect(quantile(sorted, fraction)).toBeCloseTo(value, digits);
  });

  it('are the same for the same seed and differ for another', () => {
    const data = [0.1, 0.9, 0.4, 0.7, 0.2, 0.35, 0.8];
    const interval = (seed: number) => bootstrapInterval(data.length, mean(data), new Random(seed));
    expect(interval(1)).toEqual(interval(1));
    expect(interval(1)).not.toEqual(interval(2));
  });

  it('are a single point for one example', () => {
    expect(bootstrapInterval(1, mean([0.25]), new Random(1))).toEqual({ low: 0.25, high: 0.25 });
  });

  it('leave out resamples on which the statistic is undefined', () => {
    const onlyWithFirst = (indices: readonly number[]) => (indices.includes(0) ? 1 : null);
    expect(bootstrapInterval(3, onlyWithFirst, new Random(1))).toEqual({ low: 1, high: 1 });
    expect(bootstrapInterval(3, () => null, new Random(1))).toBeNull();
  });

  it('refuse to resample nothing', () => {
    expect(() => bootstrapInterval(0, () => 0, new Random(1))).toThrow(RangeError);
  });
});
