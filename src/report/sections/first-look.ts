import type { EvaluationFile } from '../../evaluation/index.ts';
import { cautionsOf } from '../cautions.ts';
import { type Content, type Markup, markup } from '../markup.ts';
import { type MeasureWords, measureGroups, measureInterval, measureValue } from '../measures.ts';
import { countText, intervalText, percent } from '../numbers.ts';
import { isOrdered, type Outcomes, outcomesOf } from '../outcomes.ts';
import type { Section } from '../section.ts';
import { keyChip, type Subject } from '../subject.ts';

const shown = ['underTriage', 'accuracy', 'overTriage'] as const;
const meanings: Readonly<Record<string, string>> = { underTriage: 'under', accuracy: 'exact', overTriage: 'over' };

/** Under-triage, accuracy and over-triage together, and what to be careful about. */
export function firstLook(subjects: readonly Subject[]): Section {
  const ordered = subjects.some(({ evaluation }) => isOrdered(evaluation.labels));
  return {
    id: 'first-look',
    title: ordered ? 'Under-triage first' : 'First look',
    lead: ordered
      ? 'Under-triage means that the model calls a patient less urgent than the reference label says, so that someone may wait who must not. Accuracy counts this error like any other, so the two are never shown apart. The ranges are 95\u00a0% intervals: another sample of the same kind of notes would mostly fall within them.'
      : 'The labels have no order of urgency, so a mistake has no direction. The range is a 95\u00a0% interval: another sample of the same kind of notes would mostly fall within it.',
    body: markup`<div class="stack">${subjects.map(outcomeCard)}${careCard(subjects)}</div>`,
  };
}

function outcomeCard(subject: Subject): Markup {
  const measures = measureGroups.flatMap((group) => group.measures);
  const outcomes = outcomesOf(subject.evaluation);
  return markup`<div class="card">${subject.key === '' ? null : markup`<h3>${keyChip(subject)}${subject.name}</h3>`}
<dl class="figures">${shown.flatMap((key) => measures.filter((measure) => measure.key === key)).map((words) => bigFigure(subject.evaluation, words))}</dl>
${outcomes === null ? null : strip(outcomes)}</div>`;
}

function bigFigure(evaluation: EvaluationFile, words: MeasureWords): Markup {
  const value = measureValue(evaluation, words);
  const interval = measureInterval(evaluation, words);
  const content: Content =
    value === null
      ? markup`<dd class="unmeasured">not measured: ${words.whyMissing(evaluation)}</dd>`
      : markup`<dd>${percent(value)}${interval === null ? null : markup`<span class="range">${intervalText(interval, 'share')}</span>`}</dd>`;
  return markup`<div class="${meanings[words.key] ?? ''}"><dt>${words.title}</dt>${content}</div>`;
}

interface Part {
  readonly name: string;
  readonly kind: string;
  readonly opacity: number;
  readonly count: number;
}

function strip({ total, exact, underByMore, underByOne, overByOne, overByMore }: Outcomes): Markup {
  const parts: readonly Part[] = [
    { name: 'less urgent by two levels or more', kind: 'under', opacity: 1, count: underByMore },
    { name: 'less urgent by one level', kind: 'under', opacity: 0.55, count: underByOne },
    { name: 'exactly right', kind: 'exact', opacity: 0.7, count: exact },
    { name: 'more urgent by one level', kind: 'over', opacity: 0.55, count: overByOne },
    { name: 'more urgent by two levels or more', kind: 'over', opacity: 1, count: overByMore },
  ];
  let before = 0;
  const bars = parts.map(({ kind, opacity, count }) => {
    const start = (1000 * before) / total;
    before += count;
    return markup`<rect class="${kind}" data-count="${count}" fill-opacity="${opacity}" x="${start.toFixed(2)}" y="0" width="${((1000 * count) / total).toFixed(2)}" height="22"/>`;
  });
  const description = parts.map(({ name, count }) => `${name}: ${countText(count)}`).join(', ');
  return markup`<svg class="strip" viewBox="0 0 1000 22" preserveAspectRatio="none" role="img" aria-label="${description}">${bars}</svg>
<ul class="legend">${parts.map(
    ({ name, kind, opacity, count }) =>
      markup`<li><svg class="mark" viewBox="0 0 12 12" aria-hidden="true"><rect class="${kind}" fill-opacity="${opacity}" width="12" height="12" rx="2"/></svg>${name}: <strong>${countText(count)}</strong> (${percent(count / total)})</li>`,
  )}</ul>`;
}

function careCard(subjects: readonly Subject[]): Content {
  const cautions = cautionsOf(subjects);
  if (cautions.length === 0) return null;
  return markup`<div class="card care"><h3>Where to be careful</h3><ul class="plain">${cautions.map(
    ({ text, isHarm }) => markup`<li${isHarm ? markup` class="harm"` : null}>${text}</li>`,
  )}</ul></div>`;
}
