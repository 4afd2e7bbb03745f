import type { Random } from '../../../common/index.ts';
import { capitalised } from './note-builder.ts';

const INVERTED_SHARE = 0.25;
const MOVED_SIDE_SHARE = 0.5;
const INITIALS_SHARE = 0.04;
const CODED_SHARE = 0.03;
const ONSET_SHARE = 0.05;
const TITLE_SHARE = 0.2;
const CAPITALS_SHARE = 0.04;

/** What a pick list turns round: "chest pain" stands there as "pain, chest". */
const HEAD_NOUN =
  /^((?:[a-z-]+ ){0,2}[a-z-]+) (pain|injury|swelling|laceration|lac|discomfort|weakness|rash|bleeding|burn|wound|fracture|lump|numbness|discharge|infection|stiffness|redness|problem|tenderness)$/i;

const SIDE = /^(Lt|Rt|left|right|both)\.? (.+)$/i;
const SIDES: Readonly<Record<string, readonly string[]>> = {
  lt: ['Lt', 'Lt.', 'left', 'L', 'lt'],
  rt: ['Rt', 'Rt.', 'right', 'R', 'rt'],
};

/** How a complaint stands in the field of a form: typed, picked from a coded list, or taken over from a register. */
export function complaintField(wording: string, chronic: boolean, random: Random): string {
  if (wording === '') return '';
  let text = wording;
  const sided = SIDE.exec(text);
  if (sided !== null && random.chance(MOVED_SIDE_SHARE)) {
    const [, side = '', rest = ''] = sided;
    const written = random.pick(SIDES[`${side.charAt(0).toLowerCase()}t`] ?? [side]);
    const word = /^b/i.test(side) ? side : written;
    text = random.pick([`${rest}, ${word}`, `${rest} ${word}`, `${word} ${rest}`, `${word} side ${rest}`]);
  }
  const headed = HEAD_NOUN.exec(text);
  if (headed !== null && random.chance(INVERTED_SHARE)) text = `${headed[2]}, ${headed[1]}`;
  else if (!chronic && random.chance(ONSET_SHARE)) text = `${random.pick(['acute', 'new', 'recent'])} ${text}`;
  if (random.chance(INITIALS_SHARE)) text = withInitials(text);
  if (random.chance(CODED_SHARE)) text = `${text} (${random.pick(['finding', 'disorder', 'symptom'])})`;
  const draw = random.uniform();
  if (draw < CAPITALS_SHARE) return text.toUpperCase();
  return draw < CAPITALS_SHARE + TITLE_SHARE ? text.replaceAll(/\b[a-z]{3,}/g, capitalised) : text;
}

/** "LBP - Low back pain", as registers list an abbreviation with what it stands for. */
function withInitials(text: string): string {
  const words = text.split(/[\s-]+/);
  if (words.length < 2 || words.some((word) => !/^[a-z]+$/i.test(word))) return text;
  return `${words.map((word) => word.charAt(0).toUpperCase()).join('')} - ${capitalised(text)}`;
}
