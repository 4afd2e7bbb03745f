import type { Random } from '../../../common/index.ts';
import type { PatientFacts } from '../facts.ts';
import type { NoteBuilder } from './note-builder.ts';
import { arrivalText, asidePieces, deniedPieces, historyPieces, presentPieces } from './parts.ts';
import { shortPerson } from './person-text.ts';
import { shortDialect, vitalPieces } from './vital-text.ts';

/** A triage nurse's shorthand: "67F c/o CP x2h, rad to jaw. No SOB. PMH HTN. BP 92/60, HR 118." */
export function nurseShorthand(note: NoteBuilder, facts: PatientFacts, random: Random): void {
  const person = shortPerson(facts, random);
  note.write(person.text, person.key);
  if (random.chance(0.4)) note.write(`, ${arrivalText(facts).short}`);
  note.write(random.pick([' c/o ', ' pw ', ', ', ': ', ' presents with ', ' CC ']));
  note.write(facts.wording.short, 'complaint');
  if (facts.duration !== undefined) note.write(`${random.pick([' x', ' for ', ' since '])}${facts.duration.short}`);
  if (facts.sudden) note.write(random.pick([', sudden onset', ', sudden']));
  const present = presentPieces(facts, random.chance(0.8) ? 'short' : 'full');
  if (present.length > 0) note.write(', ').list(present);
  note.stop();
  note.sentence(deniedPieces(facts, 'short'));
  const history = historyPieces(facts);
  const vitals = (): NoteBuilder =>
    note.sentence(vitalPieces(facts, shortDialect(random)), random.pick(['', 'O/E ', 'Obs: ', 'VS: ']));
  const background = (): NoteBuilder => note.sentence(history, random.pick(['PMH ', 'PMHx: ', 'Hx ']));
  const steps = random.chance(0.7) ? [background, vitals] : [vitals, background];
  for (const step of steps) step();
  note.sentence(asidePieces(facts));
}
