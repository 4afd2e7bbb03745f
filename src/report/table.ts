import { type Content, type Markup, markup } from './markup.ts';

/** A table; the first cell of each row is its heading. */
export interface Table {
  readonly caption: string;
  readonly head: readonly Content[];
  readonly rows: readonly (readonly Content[])[];
}

/** On a narrow page it scrolls by itself, by keyboard too. */
export function table({ caption, head, rows }: Table): Markup {
  return scrollable(
    caption,
    markup`<table><caption>${caption}</caption>
<thead><tr>${head.map((cell) => markup`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(row)}</tbody></table>`,
  );
}

export function scrollable(label: string, content: Markup): Markup {
  return markup`<div class="scroll" role="group" tabindex="0" aria-label="${label}">${content}</div>`;
}

function row([heading = null, ...cells]: readonly Content[]): Markup {
  return markup`<tr><th scope="row">${heading}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>\n`;
}
