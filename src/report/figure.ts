import { type Content, type Markup, markup } from './markup.ts';
import { type Table, table } from './table.ts';

/** A picture with its words and the numbers it is drawn from. */
export interface Figure {
  /** Its own within the page. */
  readonly id: string;
  readonly title: string;
  /** What the picture shows, for those who do not see it. */
  readonly description: string;
  /** Height of the drawing; it is `figureWidth` wide. */
  readonly height: number;
  readonly drawing: Content;
  readonly legend?: Content;
  /** How it is read, in a sentence or two. */
  readonly reading: Content;
  readonly table: Table;
}

/** The width of every drawing, in its own units. */
export const figureWidth = 420;

/** @param place where its table is: folded beneath it, or elsewhere on the page. */
export function figure(
  { id, title, description, height, drawing, legend = null, reading, table: numbers }: Figure,
  place: 'folded' | 'elsewhere' = 'folded',
): Markup {
  return markup`<div class="card"><figure aria-labelledby="${id}">
<h3 id="${id}">${title}</h3>
${legend}
<svg viewBox="0 0 ${figureWidth} ${height}" role="img" aria-labelledby="${id}-title ${id}-description">
<title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>
${drawing}
</svg>
<figcaption>${reading}</figcaption>
</figure>
${place === 'elsewhere' ? null : markup`<details><summary>The numbers behind it</summary>${table(numbers)}</details>`}</div>`;
}
