import type { Random } from '../../../common/index.ts';

/** What hurried writers shorten, and to what. No pattern holds a digit: values stay as they are. */
const SHORTENED: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bpatient\b/gi, ['pt', 'patient']],
  [/\bshortness of breath\b|\bshort of breath\b/gi, ['SOB']],
  [/\bchest pain\b/gi, ['CP', 'chest pain']],
  [/\babdominal pain\b/gi, ['abdo pain', 'abd pain', 'AP']],
  [/\babdominal\b|\babdomen\b/gi, ['abdo', 'abd']],
  [/\bheadache\b/gi, ['HA', 'h/a']],
  [/\bvomiting\b/gi, ['vomiting', 'vom']],
  [/\bblood pressure\b/gi, ['BP']],
  [/\btemperature\b/gi, ['temp']],
  [/\bhypertension\b/gi, ['HTN']],
  [/\btype 2 diabetes\b/gi, ['T2DM', 'DM']],
  [/\batrial fibrillation\b/gi, ['AF', 'A-fib']],
  [/\bischaemic heart disease\b/gi, ['IHD']],
  [/\bappendectomy\b/gi, ['appx out', 'appy']],
  [/\bno known allergies\b/gi, ['NKDA', 'NKA']],
  [/\bparacetamol\b/gi, ['PCM', 'para']],
  [/\bfamily doctor\b/gi, ['GP', 'FD']],
  [/\byesterday\b/gi, ['yest', 'yday']],
  [/\bwithout\b/gi, ['w/o']],
  [/\bwith\b/gi, ['w/']],
  [/\bhistory\b/gi, ['hx']],
  [/\bfracture\b/gi, ['#', 'fx']],
  [/\bleft\b/gi, ['L', 'lt']],
  [/\bright\b/gi, ['R', 'rt']],
  [/\bbilateral\b/gi, ['bilat', 'b/l']],
  [/\band\b/gi, ['&', '+']],
  [/\bhospital\b/gi, ['hosp']],
  [/\bmedication\b/gi, ['meds']],
];
const SHORTENED_SHARE = 0.6;

/** Shortens some words and terms as one hurried writer does. */
export function abbreviate(text: string, random: Random): string {
  return SHORTENED.reduce(
    (written, [pattern, forms]) =>
      written.replaceAll(pattern, (word) => (random.chance(SHORTENED_SHARE) ? random.pick(forms) : word)),
    text,
  );
}
