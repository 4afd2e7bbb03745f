import type { Random } from '../../../common/index.ts';
import type { PatientFacts } from '../facts.ts';
import type { Piece } from './note-builder.ts';

/** "67F", "F/67", "7mo M": the patient in shorthand; the sex alone where the age is not stated. */
export function shortPerson({ ageYears, sex }: PatientFacts, random: Random): Piece {
  const letter = sex === 'female' ? 'F' : 'M';
  if (ageYears === undefined) return { key: 'age', text: sex === 'female' ? 'F, adult' : 'M, adult' };
  const age = shortAge(ageYears);
  const small = ageYears < 2;
  const forms = small
    ? [`${age} ${letter}`, `${letter}, ${age}`, `${age} old ${letter}`]
    : [
        `${age}${letter}`,
        `${letter}/${age}`,
        `${age} y/o ${letter}`,
        `${age}yo ${letter}`,
        `${letter} ${age}`,
        `${age} ${letter}`,
        `${sex}, ${age} y`,
      ];
  return { key: 'age', text: random.pick(forms) };
}

/** "67-year-old woman", "7-month-old boy", without the article. */
export function fullPerson({ ageYears, sex }: PatientFacts, random: Random): Piece {
  const noun = random.pick(nounsFor(ageYears ?? 40, sex));
  return { key: 'age', text: ageYears === undefined ? `adult ${noun}` : `${fullAge(ageYears)}-old ${noun}` };
}

function nounsFor(years: number, sex: PatientFacts['sex']): readonly string[] {
  const [adults, children, infants] =
    sex === 'female'
      ? [
          ['woman', 'woman', 'female', 'lady'],
          ['girl', 'girl', 'female child'],
          ['girl', 'female infant', 'baby girl'],
        ]
      : [
          ['man', 'man', 'male', 'gentleman'],
          ['boy', 'boy', 'male child'],
          ['boy', 'male infant', 'baby boy'],
        ];
  return (years >= 18 ? adults : years >= 1 ? children : infants) ?? [];
}

const months = (years: number) => Math.round(years * 12);

/** Under one month an age is given in weeks. */
const NEWBORN_WEEKS = 3;

/** "67", "7mo", "3wk". */
export function shortAge(years: number): string {
  if (years >= 2) return String(years);
  return months(years) === 0 ? `${NEWBORN_WEEKS}wk` : `${months(years)}mo`;
}

function fullAge(years: number): string {
  if (years >= 2) return `${years}-year`;
  return months(years) === 0 ? `${NEWBORN_WEEKS}-week` : `${months(years)}-month`;
}

/** "an" before "8-year-old", "11-", "18-", "80-" and "adult", otherwise "a". */
export function articleFor(person: string): 'a' | 'an' {
  return /^(8|11-|18-|adult)/.test(person) ? 'an' : 'a';
}
