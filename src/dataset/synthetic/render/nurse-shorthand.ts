import type { Random } from '../../../common/index.ts';
import type { NoteBuilder } from './note-builder.ts';
import { arrivalPiece, asidePieces, deniedPieces, presentPieces } from './parts.ts';
import { shortPerson } from './person-text.ts';
import { durationPieces, writeBackground, writeVitals } from './sections.ts';
import type { ToldFacts } from './told-facts.ts';
import { shortDialect } from './vital-text.ts';

const LEADS = [' c/o ', ' pw ', ', ', ': ', ' presents with ', ' CC ', ' - ', ' ref ', ' here for ', ' triaged for '];
const SINCE = ['x', 'for ', 'since ', 'onset ', '~', 'past '];

/** A triage nurse's shorthand: "67F c/o CP x2h, rad to jaw. No SOB. PMH HTN. BP 92/60, HR 118." */
export function nurseShorthand(note: NoteBuilder, facts: ToldFacts, random: Random): void {
  const person = shortPerson(facts, random);
  const complaintFirst = random.chance(0.2);
  if (complaintFirst) {
    note.write(facts.wording.short, 'complaint').write(random.pick([', ', '. ', ' - ', ' / ']));
    note.write(person.text, person.key);
    if (random.chance(0.4)) note.write(', ').list([arrivalPiece(facts, random)]);
  } else {
    note.write(person.text, person.key);
    if (random.chance(0.4)) note.write(', ').list([arrivalPiece(facts, random)]);
    note.write(random.pick(LEADS)).write(facts.wording.short, 'complaint');
  }
  const since = durationPieces(facts, 'short', random.pick(SINCE));
  if (since.length > 0) note.write(random.pick([' ', ', '])).list(since);
  if (facts.sudden) note.write(', ').write(random.pick(['sudden onset', 'sudden', 'came on suddenly']), 'onset');
  const form = random.chance(0.8) ? 'short' : 'full';
  const present = presentPieces(facts, form);
  const inline = random.chance(0.6);
  if (inline && present.length > 0)
    note.write(random.pick([', ', '; ', ' - '])).list(present, random.pick([', ', ', ', '; ', ' + ']));
  note.stop();
  const findings = () => {
    if (!inline) note.sentence(present, random.pick(['', 'Also ', 'O/E ', 'Noted ']));
    note.sentence(deniedPieces(facts, form));
  };
  const vitals = () =>
    writeVitals(note, facts, shortDialect(random), random, ['', '', 'O/E ', 'Obs: ', 'VS: ', 'Vitals ', 'V/S ']);
  const background = () => {
    writeBackground(note, facts, random, true);
    note.fillers(random.integer(2, 5));
  };
  const aside = () => note.sentence(asidePieces(facts));
  const order = random.pick([
    [findings, background, vitals, aside],
    [findings, vitals, background, aside],
    [vitals, findings, background, aside],
    [background, findings, vitals, aside],
    [findings, aside, background, vitals],
  ]);
  for (const step of order) step();
}
