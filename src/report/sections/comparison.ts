import { UserError } from '../../common/index.ts';
import { compareEvaluations, type Interval, type ModelComparison, mcnemar } from '../../evaluation/index.ts';
import { type Content, type Markup, markup } from '../markup.ts';
import { type MeasureWords, measureGroups, measureValue } from '../measures.ts';
import { countText, differenceIntervalText, differenceText, pValueText } from '../numbers.ts';
import { countPaired, isWrong, type PairedCounts, underTriaged } from '../paired-counts.ts';
import type { Section } from '../section.ts';
import { keyChip, type Subject } from '../subject.ts';
import { scrollable, table } from '../table.ts';

/** What the others do differently from the first evaluation, and whether it is more than chance. */
export function comparison(first: Subject, others: readonly Subject[]): Section {
  return {
    id: 'comparison',
    title: `Differences from ${first.key}`,
    lead: 'Where two models judged the same notes, the difference is measured note by note, with its 95\u00a0% interval: what is hard for both cancels out. “Within chance” means that the interval holds zero, so that the data do not tell the two apart; it does not mean that they are the same.',
    body: markup`<div class="stack">${others.map((other) => comparisonCard(first, other))}</div>`,
  };
}

function comparisonCard(first: Subject, other: Subject): Markup {
  const compared = compare(first, other);
  return markup`<div class="card"><h3>${keyChip(other)}${other.name} against ${keyChip(first)}${first.name}</h3>
${compared === null ? markup`<p class="small">The two did not judge the same notes with the same labels, so the differences below have no interval and McNemar’s test cannot be made.</p>` : null}
${differences(first, other, compared)}
${compared === null ? null : pairedTests(first, other)}</div>`;
}

/** Null where the two cannot be compared note by note. */
function compare(first: Subject, other: Subject): ModelComparison | null {
  try {
    return compareEvaluations(first.evaluation, other.evaluation);
  } catch (error) {
    if (UserError.is(error)) return null;
    throw error;
  }
}

function differences(first: Subject, other: Subject, compared: ModelComparison | null): Markup {
  const intervals = new Map(Object.entries(compared?.differences ?? {}).map(([key, { interval }]) => [key, interval]));
  const caption = `Differences, ${other.key} less ${first.key}`;
  const rows = measureGroups.flatMap(({ measures }) =>
    measures.flatMap((words) => {
      const before = measureValue(first.evaluation, words);
      const after = measureValue(other.evaluation, words);
      if (before === null && after === null) return [];
      if (before === null || after === null) {
        return [incomparable(words, `not measured in ${before === null ? first.key : other.key}`)];
      }
      if (words.dependsOn?.(first.evaluation) !== words.dependsOn?.(other.evaluation)) {
        return [incomparable(words, 'measured by different encoders, which cannot be compared')];
      }
      return [differenceRow(words, after - before, intervals.get(words.key) ?? null)];
    }),
  );
  return scrollable(
    caption,
    markup`<table><caption>${caption}</caption><thead><tr><th scope="col">Measure</th><th scope="col">Difference, 95\u00a0% interval</th><th scope="col">What it says</th></tr></thead><tbody>${rows}</tbody></table>`,
  );
}

function incomparable({ title }: MeasureWords, why: string): Markup {
  return markup`<tr><th scope="row">${title}</th><td class="unmeasured" colspan="2">${why}</td></tr>`;
}

function differenceRow(words: MeasureWords, difference: number, interval: Interval | null): Markup {
  return markup`<tr data-difference="${words.key}"><th scope="row">${words.title}</th><td><span class="value">${differenceText(difference, words.unit)}</span>${interval === null ? null : markup`<span class="range">${differenceIntervalText(interval, words.unit)}</span>`}</td><td>${judgement(words, interval)}</td></tr>`;
}

function judgement({ better }: MeasureWords, interval: Interval | null): Content {
  if (interval === null) return markup`<span class="small">no interval</span>`;
  const { low, high } = interval;
  if (low <= 0 && high >= 0) return 'within chance';
  const isBetter = better === 'higher' ? low > 0 : high < 0;
  return isBetter ? markup`<span class="better">▲ better</span>` : markup`<span class="worse">▼ worse</span>`;
}

function pairedTests(first: Subject, other: Subject): Markup {
  const isUnderTriaged = underTriaged(first.evaluation);
  const count = (isMistake: Parameters<typeof countPaired>[2]) =>
    countPaired(first.evaluation.examples, other.evaluation.examples, isMistake);
  const tests: readonly (readonly [string, PairedCounts])[] = [
    ...(isUnderTriaged === null ? [] : [['Under-triaged', count(isUnderTriaged)] as const]),
    ['Wrong', count(isWrong)],
  ];
  return markup`${table({
    caption: 'McNemar’s test: mistakes that one makes and the other does not',
    head: ['Mistake', `Only ${first.key}`, `Only ${other.key}`, 'p', 'Both', 'Neither'],
    rows: tests.map(([name, { onlyFirst, onlySecond, both, neither }]) => [
      name,
      countText(onlyFirst),
      countText(onlySecond),
      pValueText(mcnemar(onlyFirst, onlySecond).mid),
      countText(both),
      countText(neither),
    ]),
  })}<p class="small">p (mid-p) is how often chance alone would part ${first.key} and ${other.key} this far or further if both made this mistake equally often. Below 0.05 it is usually called more than chance.</p>`;
}
