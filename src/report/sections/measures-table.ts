import { type Content, type Markup, markup } from '../markup.ts';
import { type MeasureWords, measureGroups, measureInterval, measureValue } from '../measures.ts';
import { intervalText, inUnit } from '../numbers.ts';
import type { Section } from '../section.ts';
import { keyChip, type Subject } from '../subject.ts';
import { scrollable } from '../table.ts';

/** Every measure with its interval, a column for each evaluation. */
export function measuresTable(subjects: readonly Subject[]): Section {
  const caption = 'All measures with their 95\u00a0% intervals';
  const rows = measureGroups.map(
    ({
      title,
      measures,
    }) => markup`<tbody><tr class="rows-title"><th colspan="${subjects.length + 1}" scope="rowgroup">${title}</th></tr>
${measures.map((words) => row(subjects, words))}</tbody>`,
  );
  return {
    id: 'measures',
    title: 'All measures',
    lead: 'Each measure with its 95\u00a0% interval from a thousand resamples of the notes. “Not measured” never means zero: the reason stands beside it.',
    body: markup`<div class="${subjects.length === 1 ? 'one' : 'many'}">${scrollable(
      caption,
      markup`<table><caption>${caption}</caption><thead><tr><th scope="col">Measure</th>${subjects.map(
        (subject) => markup`<th scope="col">${keyChip(subject)}${subject.name}</th>`,
      )}</tr></thead>${rows}</table>`,
    )}</div>`,
  };
}

function row(subjects: readonly Subject[], words: MeasureWords): Markup {
  return markup`<tr data-measure="${words.key}"><th scope="row">${words.title} <span class="meaning">${words.meaning} ${words.better === 'higher' ? 'Higher' : 'Lower'} is better.</span></th>
${subjects.map((subject) => cell(subject, words))}</tr>`;
}

function cell({ evaluation }: Subject, words: MeasureWords): Content {
  const value = measureValue(evaluation, words);
  if (value === null) return markup`<td class="unmeasured">not measured: ${words.whyMissing(evaluation)}</td>`;
  const interval = measureInterval(evaluation, words);
  const range = interval === null ? null : markup`<span class="range">${intervalText(interval, words.unit)}</span>`;
  const basis = words.dependsOn?.(evaluation) ?? null;
  const note = basis === null ? null : markup`<span class="range">by ${basis}</span>`;
  return markup`<td><span class="value">${inUnit(value, words.unit)}</span>${range}${note}</td>`;
}
