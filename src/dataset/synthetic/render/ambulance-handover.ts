import type { Random } from '../../../common/index.ts';
import type { NoteBuilder, Piece } from './note-builder.ts';
import { asidePieces, deniedPieces, presentPieces } from './parts.ts';
import { shortPerson } from './person-text.ts';
import { writeBackground, writeVitals } from './sections.ts';
import type { ToldFacts } from './told-facts.ts';
import { shortDialect } from './vital-text.ts';

const TREATMENTS: readonly string[] = [
  'IV access',
  'oxygen',
  'nil given',
  'paracetamol',
  'IV fluids running',
  'ECG taken',
  'monitored',
  'cannula in situ',
  'blanket',
  'none en route',
];

const OPENINGS = [
  'EMS handover: ',
  'Crew report: ',
  'Ambulance: ',
  'Handover. ',
  'Paramedic handover - ',
  'Crew: ',
  '999 call: ',
];

/** A handover of an ambulance crew, after ATMIST, after MIST, or in the crew's own order. */
export function ambulanceHandover(note: NoteBuilder, facts: ToldFacts, random: Random): void {
  const scheme = random.pick(['atmist', 'atmist', 'mist', 'free', 'free'] as const);
  const sign = random.pick([': ', ' - ', ') ']);
  const lines = random.chance(0.4);
  const head = (letter: string, free: string) => (scheme === 'free' ? free : `${letter}${sign}`);
  const next = (letter: string, free = '') => {
    note.write(note.text === '' ? '' : lines ? '\n' : ' ');
    note.write(
      note.text.endsWith('\n') || note.text === '' || note.text.endsWith(' ')
        ? head(letter, free)
        : ` ${head(letter, free)}`,
    );
  };
  const person = shortPerson(facts, random);
  const form = random.chance(0.8) ? 'short' : 'full';
  const findings: Piece[] = [...presentPieces(facts, form), ...deniedPieces(facts, form)];
  const time = facts.duration === undefined ? undefined : `${facts.duration.short} ago`.replace(/(mo|y) ago$/, '$1');

  if (scheme === 'free') note.write(random.pick(OPENINGS));
  if (scheme === 'mist') {
    next('M');
    note.write(person.text, person.key).write(', ').write(facts.wording.short, 'complaint');
    if (time !== undefined) note.write(', ').write(time, 'duration');
    note.stop();
  } else {
    if (scheme === 'atmist') next('A');
    note.write(person.text, person.key).stop();
    if (scheme === 'atmist' || time !== undefined) {
      next('T');
      note.write(time ?? 'unknown', 'duration').stop();
    }
    next('M', random.pick(['', 'Called for ', 'Call: ', 'Attended for ']));
    note.write(facts.wording.short, 'complaint');
    if (facts.sudden) note.write(', ').write('sudden', 'onset');
    note.stop();
  }
  note.fillers(random.integer(0, 3));
  next('I', random.pick(['Found: ', 'O/A ', 'On scene: ', 'Findings: ']));
  const nothing: Piece = { text: random.pick(['nil else', 'nothing further', 'nil of note']) };
  note.list(findings.length === 0 || random.chance(0.4) ? [...findings, nothing] : findings).stop();
  if (scheme !== 'free') {
    next('S');
    note.write(random.pick(['taken en route', 'last set', 'by crew'])).stop();
  }
  writeVitals(note, facts, shortDialect(random), random, ['', 'VS ', 'Obs ']);
  if (random.chance(0.6)) {
    next('T', 'Tx ');
    note.write(random.pick(TREATMENTS)).stop();
  }
  writeBackground(note, facts, random, true);
  note.sentence(asidePieces(facts));
  note.fillers(random.integer(2, 5));
}
