import { type Content, type Markup, markup } from '../markup.ts';
import { counted, dateText } from '../numbers.ts';
import { keyChip, type Subject } from '../subject.ts';

/** Title, and of each evaluation what was measured on what and when. */
export function head(title: string, subjects: readonly Subject[]): Markup {
  return markup`<header>
<h1>${title}</h1>
<div class="subjects">${subjects.map(subjectCard)}</div>
</header>`;
}

function subjectCard(subject: Subject): Markup {
  const { model, data, createdAt } = subject.evaluation;
  const facts: readonly (readonly [string, Content])[] = [
    ['Model', markup`<strong>${model.id}</strong>, version ${model.version}`],
    ['Weights', markup`<code>${model.fingerprint}</code>`],
    ['Data', markup`<strong>${data.name}</strong>, ${counted(data.examples, 'note')}`],
    ['Data hash', markup`<code>${data.sha256}</code>`],
    ['Evaluated', dateText(createdAt)],
  ];
  return markup`<div class="card">${subject.key === '' ? null : markup`<p>${keyChip(subject)}<strong>${subject.name}</strong></p>`}
<dl class="facts">${facts.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl></div>`;
}
