import { type Content, type Markup, markup } from './markup.ts';

/** A part of the report, and where the list of contents leads. */
export interface Section {
  /** Its own within the page. */
  readonly id: string;
  readonly title: string;
  /** What it is about and where to be careful, in plain sentences. */
  readonly lead: Content;
  readonly body: Content;
}

export function section({ id, title, lead, body }: Section): Markup {
  return markup`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<p class="lead">${lead}</p>
${body}
</section>`;
}

export function contents(sections: readonly Section[]): Markup {
  return markup`<nav class="contents" aria-label="Contents"><ul>${sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;
}
