import type { Random } from '../../common/index.ts';

/** A phrase with its numbers and places filled in, in full and as a nurse shortens it. */
export interface Phrase {
  readonly full: string;
  readonly short: string;
}

/** What a template may ask for. */
export interface PhraseContext {
  readonly side: 'left' | 'right';
  readonly site: string;
}

const SHORT_SIDE = { left: 'Lt', right: 'Rt' } as const;

/**
 * Fills a template: `full|short`, `{site}`, `{side}`, and `{2-5}` for a whole number drawn from that range. The same
 * numbers stand in both forms, in the same order, so that a rationale may quote the full form of what the note shortens.
 */
export function fillPhrase(template: string, context: PhraseContext, random: Random): Phrase {
  const bar = template.indexOf('|');
  const full = bar < 0 ? template : template.slice(0, bar);
  const short = bar < 0 ? template : template.slice(bar + 1);
  const drawn = new Map<string, string>();
  const fill = (form: string, side: string) =>
    form.replaceAll(/\{(?:(\d+)-(\d+)|site|side)\}/g, (match, low?: string, high?: string) => {
      if (low === undefined || high === undefined) {
        return match === '{side}' ? side : context.site.replaceAll('{side}', side);
      }
      const value = drawn.get(match) ?? String(random.integer(Number(low), Number(high)));
      drawn.set(match, value);
      return value;
    });
  return { full: fill(full, context.side), short: fill(short, SHORT_SIDE[context.side]) };
}
