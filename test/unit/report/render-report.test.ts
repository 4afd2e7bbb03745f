import { describe, expect, it } from 'vitest';
import { renderReport, type TrainingLog } from '../../../src/report/index.ts';
import { userErrorOf } from '../user-error.ts';
import { acuity, answers, evaluationOf, times } from './evaluations.ts';

/** Ten notes: six right, three called less urgent (one of them by two levels), one called more urgent. */
const ten = [
  ...times(2, { gold: 0, predicted: 0, confidence: 0.95 }),
  ...times(4, { gold: 2, predicted: 2, confidence: 0.85 }),
  ...times(2, { gold: 1, predicted: 2, confidence: 0.55 }),
  { gold: 1, predicted: 3, confidence: 0.95 },
  { gold: 4, predicted: 3, confidence: 0.65 },
];

/** The words of a part of the page, as they are read. */
function textOf(html: string): string {
  return html
    .replaceAll(/<(style|title)\b.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('\u00a0', ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function row(html: string, attribute: string): string {
  return textOf(html.match(new RegExp(`<tr ${attribute}>.*?</tr>`, 's'))?.[0] ?? '');
}

/** The numbers that marks of a figure carry. */
function marks(html: string, figure: string, attribute: string): number[] {
  const card = html.match(new RegExp(`<figure aria-labelledby="${figure}".*?</figure>`, 's'))?.[0] ?? '';
  return [...card.matchAll(new RegExp(`${attribute}="([^"]*)"`, 'g'))].map(([, value]) => Number(value));
}

/** The rows of the table behind a figure, as text. */
function tableBehind(html: string, figure: string): string[] {
  const card = html.match(new RegExp(`<figure aria-labelledby="${figure}".*?</table>`, 's'))?.[0] ?? '';
  return [...card.matchAll(/<tr>.*?<\/tr>/gs)].map(([text]) => textOf(text));
}

describe('the report of one evaluation', () => {
  const html = renderReport({ evaluations: [evaluationOf(ten)] });

  it('names model, weights, data and date', () => {
    const head = textOf(html.match(/<header>.*<\/header>/s)?.[0] ?? '');
    expect(head).toContain('triage-small , version 0.2.0');
    expect(head).toContain('f'.repeat(64));
    expect(head).toContain('hospital.jsonl , 10 notes');
    expect(head).toContain('d'.repeat(64));
    expect(head).toContain('22 November 2026 at 21:34 UTC');
  });

  it('shows accuracy only together with under-triage and over-triage', () => {
    const first = textOf(html.match(/<dl class="figures">.*?<\/dl>/s)?.[0] ?? '');
    expect(first).toBe('Under-triage 30.0 % 26.0 to 34.0 % Accuracy 60.0 % 56.0 to 64.0 % Over-triage 10.0 %');
  });

  it('divides the strip of outcomes by how far each prediction fell', () => {
    const strip = html.match(/<svg class="strip".*?<\/svg>/s)?.[0] ?? '';
    expect([...strip.matchAll(/data-count="(\d+)"/g)].map(([, count]) => Number(count))).toEqual([1, 2, 6, 1, 0]);
    expect([...strip.matchAll(/width="([\d.]+)"/g)].map(([, width]) => Number(width))).toEqual([100, 200, 600, 100, 0]);
  });

  it('writes each measure with its interval, and why one is missing', () => {
    expect(row(html, 'data-measure="accuracy"')).toContain('60.0 % 56.0 to 64.0 %');
    expect(row(html, 'data-measure="bleu"')).toContain('not measured: no example has a rationale to compare with');
  });

  it('draws the confusion matrix with its counts', () => {
    expect(tableBehind(html, 'confusion-')).toEqual([
      'Reference 1 resuscitation 2 emergent 3 urgent 4 less urgent 5 non-urgent',
      '1 resuscitation 2 0 0 0 0',
      '2 emergent 0 0 2 1 0',
      '3 urgent 0 0 4 0 0',
      '4 less urgent 0 0 0 0 0',
      '5 non-urgent 0 0 0 1 0',
    ]);
    expect(html).toContain('<title>2 emergent called 3 urgent: 2, 66.7\u00a0%</title>');
    expect(html).toMatch(/class="cell under"[^>]*\/>/);
  });

  it('lists the mistakes, the one that harms most first', () => {
    const listed = html.match(/The mistakes, those that harm most first.*?<\/table>/s)?.[0] ?? '';
    expect([...listed.matchAll(/<tr>.*?<\/tr>/gs)].map(([text]) => textOf(text)).slice(1)).toEqual([
      '2 emergent 4 less urgent two levels less urgent 1',
      '2 emergent 3 urgent one level less urgent 2',
      '5 non-urgent 4 less urgent one level more urgent 1',
    ]);
  });

  it('places the reliability dots at confidence and accuracy, with the counts below', () => {
    expect(marks(html, 'reliability-', 'data-accuracy')).toEqual([0, 0, 1, 2 / 3]);
    const confidences = marks(html, 'reliability-', 'data-confidence');
    for (const [index, expected] of [0.55, 0.65, 0.85, 0.95].entries()) {
      expect(confidences[index]).toBeCloseTo(expected, 10);
    }
    // Scales: 0 to 1 lies between 46 and 408 across and between 226 and 26 upwards.
    const [dot] = html.match(/<circle class="dot" data-confidence[^>]*>/) ?? [];
    expect(dot).toContain(`cx="${Math.round(10 * (46 + 0.55 * 362)) / 10}"`);
    expect(dot).toContain('cy="226"');
  });

  it('draws risk against coverage up to all notes', () => {
    expect(marks(html, 'risk-under-triage', 'data-risk')).toEqual([0.3]);
    expect(marks(html, 'risk-wrong', 'data-risk')).toEqual([0.4]);
    // The three surest, at 95 %, are answered together: one of them is under-triaged.
    expect(tableBehind(html, 'risk-under-triage')).toContain('25 % 3 95.0 % 33.3 %');
  });

  it('draws recall and precision only of labels that have notes', () => {
    // Levels 1, 2, 3 and 5 occur; 1, 3 and 4 are given.
    expect(marks(html, 'levels-recall', 'data-share')).toEqual([1, 0, 1, 0]);
    expect(marks(html, 'levels-precision', 'data-share')).toEqual([1, 4 / 6, 0]);
    expect(tableBehind(html, 'levels-precision')).toContain('2 emergent 0 not measured –');
  });

  it('says first what harms', () => {
    const care = textOf(html.match(/Where to be careful.*?<\/ul>/s)?.[0] ?? '');
    expect(care).toContain('3 of 10 notes are called less urgent than the reference, 1 of them by two levels or more.');
    expect(care).toContain('Of 3 patients with level 2 emergent, 1 is placed two levels lower or more.');
    expect(care).toContain('The model never gives the label 2 emergent, though 3 notes have it.');
    expect(care).toContain('No note has the reference label 4 less urgent: its recall is not measured.');
    expect(care.indexOf('less urgent than the reference')).toBeLessThan(care.indexOf('Only 10 notes'));
  });

  it('is the same for the same input', () => {
    expect(renderReport({ evaluations: [evaluationOf(ten)] })).toBe(html);
  });
});

describe('what the data leave open', () => {
  it('says that labels without levels have no under-triage', () => {
    const html = renderReport({
      evaluations: [
        evaluationOf([...times(3, { gold: 0, predicted: 0 }), { gold: 1, predicted: 2 }], { labels: answers }),
      ],
    });
    expect(row(html, 'data-measure="underTriage"')).toContain('not measured: the labels have no order of urgency');
    expect(html).not.toContain('id="risk-under-triage"');
    expect(html).not.toContain('class="strip"');
    expect(textOf(html)).toContain('another label');
  });

  it('stands when all notes have one label, and says so', () => {
    const html = renderReport({ evaluations: [evaluationOf(times(4, { gold: 2, predicted: 2 }))] });
    expect(row(html, 'data-measure="quadraticKappa"')).toContain(
      'all labels and predictions are one and the same level',
    );
    expect(row(html, 'data-measure="urgentRecall"')).toContain('no example has level 1 or 2');
    expect(textOf(html)).toContain('All notes have the one reference label 3 urgent');
    expect(textOf(html)).toContain('Every note has its reference label.');
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('stands for a single note, and for a label set of one', () => {
    for (const labels of [acuity, [{ text: 'only', level: 1 }]]) {
      const html = renderReport({
        evaluations: [evaluationOf([{ gold: 0, predicted: 0, confidence: 1 }], { labels })],
      });
      expect(html.replaceAll(/<style>.*?<\/style>/gs, '')).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it('needs an evaluation', async () => {
    expect(await userErrorOf(() => renderReport({ evaluations: [] }))).toContain('at least one');
  });
});

describe('text from files', () => {
  it('is never markup', () => {
    const evil = '<script>alert("x")</script>';
    const evaluation = evaluationOf([{ gold: 0, predicted: 1 }], {
      labels: [{ text: `${evil} & 'one'` }, { text: '"><img src=x onerror=alert(1)>' }],
      model: { id: evil, version: '"><b>' },
      data: { name: evil },
    });
    const html = renderReport({
      evaluations: [evaluation, evaluationOf([{ gold: 0, predicted: 1 }], { model: { version: '1' } })],
      trainingLogs: [{ ...log, name: evil }],
      verdict: { promoted: true, reasons: [evil] },
    });
    expect(html).not.toMatch(/<script|<img|<b>/i);
    expect(html).toContain('&lt;script&gt;');
  });

  it('cannot load or run anything: the policy allows the one style sheet', () => {
    const html = renderReport({ evaluations: [evaluationOf(ten)] });
    const policy = html.match(/http-equiv="Content-Security-Policy" content="([^"]*)"/)?.[1];
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'$/,
    );
    expect(html).not.toMatch(/\s(style|on\w+|src)=|https?:\/\//);
  });
});

describe('several evaluations', () => {
  const first = evaluationOf(ten);
  const better = evaluationOf(
    ten.map((answer) => (answer.predicted === 3 && answer.gold === 1 ? { ...answer, predicted: 1 } : answer)),
    { model: { version: '0.3.0' } },
  );

  it('stand side by side, and their differences are tested note by note', () => {
    const html = renderReport({ evaluations: [first, better] });
    expect(row(html, 'data-measure="underTriage"')).toMatch(/30\.0 %.*20\.0 %/);
    expect(row(html, 'data-difference="underTriage"')).toContain('−10.0 points');
    expect(row(html, 'data-difference="accuracy"')).toContain('+10.0 points');
    const test = html.match(/McNemar’s test: mistakes.*?<\/table>/s)?.[0] ?? '';
    // One note that only the first gets wrong, so p is 0.5 by the mid-p test: 2·0.5 less 0.5.
    expect([...test.matchAll(/<tr>.*?<\/tr>/gs)].map(([text]) => textOf(text)).slice(-2)).toEqual([
      'Under-triaged 1 0 0.500 2 7',
      'Wrong 1 0 0.500 3 6',
    ]);
    expect(html).toContain('id="confusion-A"');
    expect(html).toContain('id="confusion-B"');
  });

  it('are not tested when the notes are not the same', () => {
    const html = renderReport({
      evaluations: [first, evaluationOf(ten.slice(1), { data: { sha256: 'e'.repeat(64), name: 'other.jsonl' } })],
    });
    expect(html).not.toContain('McNemar’s test: mistakes');
    expect(textOf(html)).toContain('did not judge the same notes');
    expect(textOf(html)).toContain('The evaluations are on different data');
    expect(row(html, 'data-difference="accuracy"')).toContain('no interval');
  });

  it('are told apart by fingerprint where model and version are the same', () => {
    const html = renderReport({
      evaluations: [first, evaluationOf(ten, { model: { fingerprint: 'abcdef0123456789' } })],
    });
    expect(html).toContain('triage-small 0.2.0 (ffffffff)');
    expect(html).toContain('triage-small 0.2.0 (abcdef01)');
  });

  it('give no difference of BERTScore by different encoders', () => {
    const scored = (bertEncoder: string, bertF1: number) => ({ metrics: { bertEncoder, bertF1, rationales: 10 } });
    const html = renderReport({
      evaluations: [evaluationOf(ten, scored('t5', 0.7)), evaluationOf(ten, scored('roberta', 0.9))],
    });
    expect(html).not.toContain('data-difference="bertF1"');
    expect(textOf(html)).toContain('BERTScore F1 measured by different encoders, which cannot be compared');
    expect(row(html, 'data-measure="bertF1"')).toContain('by roberta');
  });

  it('open with the verdict on a candidate, and why', () => {
    const reasons = ['Under-triage rises.', 'Macro-F1 does not fall.'];
    const html = renderReport({ evaluations: [first, better], verdict: { promoted: false, reasons } });
    const verdict = textOf(html.match(/<section class="card verdict no".*?<\/section>/s)?.[0] ?? '');
    expect(verdict).toContain('The candidate is not promoted Under-triage rises. Macro-F1 does not fall.');
    expect(html.indexOf('class="card verdict')).toBeLessThan(html.indexOf('id="first-look"'));
  });
});

const step = (stage: string, number: number, loss: number, predictLoss: number | null = null) => ({
  kind: 'step' as const,
  stage,
  step: number,
  loss,
  predictLoss,
  explainLoss: loss,
  learningRate: 0.01,
  predictWeight: stage === 'stage1' ? 0 : 0.7,
  samplingRate: stage === 'stage1' ? 0 : number / 10,
});

const log: TrainingLog = {
  name: 'run/log.jsonl',
  records: [
    ...[8, 4, 2, 1].map((loss, index) => step('stage1', index + 1, loss)),
    { kind: 'evaluation', stage: 'stage1', step: 4, metrics: { loss: 1.5 }, best: true },
    ...[1, 0.5].map((loss, index) => step('stage2', index + 1, loss, loss / 2)),
    { kind: 'evaluation', stage: 'stage2', step: 2, metrics: { macroF1: 0.75, accuracy: 0.8 }, best: true },
  ],
};

describe('training logs', () => {
  const html = renderReport({ evaluations: [evaluationOf(ten)], trainingLogs: [log] });

  it('are drawn over the steps of all stages, one after the other', () => {
    expect(textOf(html)).toContain('run/log.jsonl stage 1, 4 steps; stage 2, 2 steps.');
    expect(tableBehind(html, 'run-1-loss')).toEqual([
      'Step labels rationales rationales, validation',
      '1 – 8 –',
      '2 – 4 –',
      '3 – 2 –',
      '4 – 1 1.5',
      '5 0.5 1 –',
      '6 0.25 0.5 –',
    ]);
    expect(tableBehind(html, 'run-1-schedule').at(-1)).toBe('6 0.7 0.2');
    expect(marks(html, 'run-1-validation', 'data-value')).toEqual([0.75, 0.8]);
  });

  it('are left out of the page where there are none', () => {
    expect(renderReport({ evaluations: [evaluationOf(ten)] })).not.toContain('id="training"');
  });
});
