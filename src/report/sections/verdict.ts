import { type Markup, markup } from '../markup.ts';

/** What became of a candidate that was held against the current model, and why. */
export interface Verdict {
  readonly promoted: boolean;
  /** One sentence each. */
  readonly reasons: readonly string[];
}

export function verdictCard({ promoted, reasons }: Verdict): Markup {
  return markup`<section class="card verdict ${promoted ? 'yes' : 'no'}" aria-labelledby="verdict">
<h2 id="verdict">${promoted ? 'The candidate may be promoted' : 'The candidate is not promoted'}</h2>
<ul>${reasons.map((reason) => markup`<li>${reason}</li>`)}</ul>
<p class="small">The first evaluation below is the current model, the one after it the candidate.</p>
</section>`;
}
