import type { Complaint } from '../../src/dataset/synthetic/complaint.ts';

/** Words that say where on the body's two sides, how bad or how long, but not what the complaint is. */
const EMPTY = new Set(
  'lt rt left right l r both bilateral side sided on of in the a an with and or to for from acute severe mild sx symptom onset sudden'.split(
    ' ',
  ),
);

/** One spelling for words that mean the same thing in a complaint field. */
const SAME: Readonly<Record<string, string>> = {
  abd: 'abdominal',
  abdomen: 'abdominal',
  belly: 'abdominal',
  ant: 'anterior',
  inj: 'injury',
  trauma: 'injury',
  lac: 'laceration',
  wound: 'wound',
  gen: 'general',
  generalized: 'general',
  generalised: 'general',
  sz: 'seizure',
  sezure: 'seizure',
  dz: 'dizziness',
  melaena: 'melena',
  haematemesis: 'hematemesis',
  haematuria: 'hematuria',
  dyspnoea: 'dyspnea',
  oedema: 'edema',
  diarrhoea: 'diarrhea',
  ache: 'pain',
  burning: 'pain',
  mentality: 'mental',
  state: 'mental',
  throat: 'throat',
  movt: 'movement',
  chill: 'chills',
  tapping: 'tap',
  leaukage: 'leakage',
  change: 'change',
};

/** The words of a complaint that tell it from others, in one spelling. */
export function tellingWords(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll(/low(er)? back|lbp/g, 'lowback')
    .replaceAll(/sore ?throat/g, 'throat pain')
    .replaceAll(/back ?ache/g, 'back pain')
    .replaceAll(/head ?ache/g, 'headache')
    .replaceAll(/tooth ?ache/g, 'tooth pain')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !EMPTY.has(word))
    .map((word) => SAME[word] ?? (word.length > 4 ? word.replace(/s$/, '') : word));
}

interface Wording {
  readonly complaint: Complaint;
  readonly words: ReadonlySet<string>;
}

/** Who is complaining: a complaint of other ages or of the other sex is never meant. */
export interface Complainant {
  readonly years: number;
  readonly sex: 'female' | 'male';
  readonly injury: boolean;
}

/** At least this share of the weight of all words, in the text and in the wording together, must be common to both. */
const LEAST_LIKENESS = 0.4;
/** An injured patient's wording is one of an injury before anything else, and the other way round. */
const WRONG_KIND = 0.8;

/** Finds the complaint that a nurse's words mean, by the wordings that the knowledge lists. */
export class ComplaintMatcher {
  readonly #wordings: readonly Wording[];
  readonly #weights = new Map<string, number>();

  constructor(complaints: readonly Complaint[]) {
    this.#wordings = complaints.flatMap((complaint) => wordingsOf(complaint));
    const counts = new Map<string, Set<string>>();
    for (const { complaint, words } of this.#wordings) {
      for (const word of words) counts.set(word, (counts.get(word) ?? new Set()).add(complaint.id));
    }
    for (const [word, ids] of counts) this.#weights.set(word, Math.log(1 + complaints.length / ids.size));
  }

  /** The complaint whose wording is most like the text, and how like it is, 0 to 1; nothing for words that are not known. */
  match(text: string, who: Complainant): { complaint: Complaint; likeness: number } | undefined {
    const words = new Set(tellingWords(text));
    let best: { complaint: Complaint; likeness: number } | undefined;
    for (const wording of this.#wordings) {
      const { complaint } = wording;
      if (complaint.sex !== undefined && complaint.sex !== who.sex) continue;
      if (who.years < complaint.age[0] || (complaint.age[1] < 15 && who.years > complaint.age[1])) continue;
      const kind = isInjury(complaint) === who.injury ? 1 : WRONG_KIND;
      const likeness = this.#likeness(words, wording.words) * kind;
      if (likeness > (best?.likeness ?? 0)) best = { complaint, likeness };
    }
    return best !== undefined && best.likeness >= LEAST_LIKENESS ? best : undefined;
  }

  #likeness(text: ReadonlySet<string>, wording: ReadonlySet<string>): number {
    const weigh = (words: Iterable<string>) =>
      [...words].reduce((sum, word) => sum + (this.#weights.get(word) ?? 3), 0);
    const common = weigh([...text].filter((word) => wording.has(word)));
    return common / (weigh(new Set([...text, ...wording])) || 1);
  }
}

export function isInjury({ system, duration }: Complaint): boolean {
  return system === 'trauma' || (system === 'orthopaedic' && duration === 'hours');
}

function wordingsOf(complaint: Complaint): Wording[] {
  const sites = complaint.sites ?? [''];
  return complaint.wordings
    .flatMap((wording) => wording.split('|'))
    .flatMap((form) => (form.includes('{site}') ? sites.map((site) => form.replaceAll('{site}', site)) : [form]))
    .map((form) => ({ complaint, words: new Set(tellingWords(form.replaceAll('{side}', ''))) }))
    .filter(({ words }) => words.size > 0);
}
