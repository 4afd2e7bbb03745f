import type { IdentifierRule } from './kinds.ts';

/** What follows a title, or a name, without being one. */
const notNames = [
  // Behind a role: the nurse practitioner, the doctor on call.
  'practitioner specialist manager triage led clinic office appointment review consultant registrar station call line',
  'assessment home notes? visit in on',
  // The first words of what a note goes on with.
  'alert awake brought died handover closed today yesterday yest called calls complains complaining denies presents presented reports states says said arrived',
  'advised referred sent noted seen will would did does came walked feels felt collapsed fell is was has had and with',
  'no not the for from to who he she unknown patient pt history vitals? obs bp hr rr spo2? temp gcs pain chest abdominal',
  'fever cough fall age aged dob mrn tel phone cardiology surgery medicine emergency',
  // MR is also mitral regurgitation and magnetic resonance, MS multiple sclerosis and morphine.
  'contin exacerbation flare relapse angiogram angiography scan imaging brain spine head severe moderate mild trivial',
  'diagnosed diagnosis since attack urography',
]
  .join(' ')
  .replaceAll(' ', '|');

const other = String.raw`(?!(?i:${notNames})(?![\p{L}\p{N}]))`;
/** Smith, O'Neill, McDonald, Smith-Jones; scripts without capitals have names of a few characters. */
const word = String.raw`${other}(?:(?:\p{Lu}['’])?\p{Lu}\p{Ll}+(?:\p{Lu}\p{Ll}+)?(?:[-‐]\p{Lu}\p{Ll}+)*|\p{Lo}{1,6})`;
const initial = String.raw`\p{Lu}\.?(?=[ \t]\p{Lu})`;
const particle = String.raw`(?:van|von|de|der|den|del|della|di|da|dos|la|le|el|al|bin|ibn|ter)[ \t]`;
const surname = `(?:${particle}){0,2}${word}`;
/** One name to three, initials among them. */
const name = String.raw`(?:${initial}[ \t])*${surname}(?:[ \t](?:${initial}[ \t])?${surname}){0,2}`;
/** In capitals nothing tells a second name from the word behind it. */
const capitals = String.raw`(?:\p{Lu}\.[ \t]?)*${other}\p{Lu}+(?:['’-]\p{Lu}+)*(?<=\p{Lu}{2})`;

const abbreviatedTitles = 'Mr|Mrs|Ms|Mx|Dr|Prof|Rev';
const titles = 'Miss|Mister|Madam|Doctor|Professor|Reverend|Sister|Nurse|Officer|Paramedic|Midwife|Captain|Sergeant';

/** A word behind `Name:` that is not the next label. */
const labelled = String.raw`(?:\p{Lu}|\p{Lo})[\p{L}'’\-]*\.?(?![\p{L}]*[ \t]*[:=])`;

export const nameRules: readonly IdentifierRule[] = [
  // Mr. J. van der Berg, Dr O'Neill, Nurse Mary Smith-Jones; MRS SMITH, DR. O'NEILL.
  {
    kind: 'name',
    pattern: new RegExp(
      // In capitals the full stop behind a whole word ends the sentence: "POLICE OFFICER. BROUGHT BY FAMILY".
      String.raw`\b(?<keep>(?:(?:${abbreviatedTitles}|${abbreviatedTitles.toUpperCase()}|${titles})\.?|${titles.toUpperCase()})[ \t]+)(?:${name}|${capitals})`,
      'gu',
    ),
  },
  // mrs smith: a physician in small letters is mostly no name ("dr said").
  { kind: 'name', pattern: new RegExp(String.raw`\b(?<keep>(?:mr|mrs)\.?[ \t]+)${other}\p{Ll}{3,}`, 'gu') },
  // Name: Jane Q. Doe; Patient name: DOE, JANE; Next of kin: John Doe.
  {
    kind: 'name',
    pattern: new RegExp(
      String.raw`\b(?<!(?i:drug|medication|medicine|brand|generic|product|procedure|test|file)[ \t])(?<keep>(?i:name|surname|next of kin|nok|emergency contact)[ \t]*[:=][ \t]*)${other}${labelled}(?:,?[ \t]${labelled}){0,2}`,
      'gu',
    ),
  },
];
