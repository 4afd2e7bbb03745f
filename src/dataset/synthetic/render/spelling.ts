import type { Random } from '../../../common/index.ts';

/** How often a word of a hurried note is misspelt. */
const MISSPELT_SHARE = 0.09;
const SHORTEST_MISSPELT = 6;

/** Common misspellings of the ward; any other word of some length loses or swaps a letter. */
const COMMON: Readonly<Record<string, string>> = {
  vomiting: 'vomitting',
  abdominal: 'abdomnal',
  diarrhoea: 'diarhoea',
  diarrhea: 'diarhea',
  breathing: 'breathin',
  dizziness: 'dizzyness',
  laceration: 'lacaration',
  palpitations: 'palpatations',
  swelling: 'sweling',
  tablets: 'tabets',
  bleeding: 'bleding',
  pressure: 'presure',
  haemorrhage: 'hemorrage',
};

/** Misspells some words; digits and short words stay, so that every value and every abbreviation can be read. */
export function misspell(text: string, random: Random): string {
  return text.replaceAll(/[A-Za-z]{6,}/g, (word) => {
    if (word.length < SHORTEST_MISSPELT || !random.chance(MISSPELT_SHARE)) return word;
    const common = COMMON[word.toLowerCase()];
    if (common !== undefined) return common;
    const at = random.integer(2, word.length - 3);
    return random.chance(0.5)
      ? word.slice(0, at) + word.slice(at + 1)
      : word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  });
}
