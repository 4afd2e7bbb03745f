import type { Random } from '../../../common/index.ts';

/** How often a word of a hurried note is misspelt. */
const MISSPELT_SHARE = 0.09;
const SHORTEST_MISSPELT = 6;

/** Common misspellings of the ward; any other word of some length loses, doubles or swaps a letter. */
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
  headache: 'headach',
  shoulder: 'sholder',
  seizure: 'siezure',
  unconscious: 'unconcious',
  conscious: 'concious',
  temperature: 'temprature',
  respiratory: 'resperatory',
  saturation: 'saturaton',
  asthma: 'athsma',
  allergic: 'alergic',
  suddenly: 'suddenley',
  patient: 'pateint',
  medication: 'medicaton',
  fracture: 'fractrue',
  throat: 'throt',
  infection: 'infecton',
  swallowing: 'swalowing',
  hospital: 'hosptial',
};

/** "eighty-seven", "hundred": a value, which must be readable in words as in digits. */
const NUMBER_WORD =
  /^(?:(?:four|fif|six|seven|eigh|nine)teen|thirteen|eleven|twelve|(?:twen|thir|fif|six|seven|eigh|nine)ty|hundred)$/i;

/** Misspells some words; numbers and short words stay, so that every value and every abbreviation can be read. */
export function misspell(text: string, random: Random): string {
  return text.replaceAll(/[A-Za-z]{6,}/g, (word) => {
    if (word.length < SHORTEST_MISSPELT || NUMBER_WORD.test(word) || !random.chance(MISSPELT_SHARE)) return word;
    const common = COMMON[word.toLowerCase()];
    if (common !== undefined) return common;
    const at = random.integer(2, word.length - 3);
    const [before, letter, next, after] = [word.slice(0, at), word.charAt(at), word.charAt(at + 1), word.slice(at + 2)];
    switch (random.integer(0, 3)) {
      case 0:
        return before + next + after;
      case 1:
        return before + letter + letter + next + after;
      default:
        return before + next + letter + after;
    }
  });
}
