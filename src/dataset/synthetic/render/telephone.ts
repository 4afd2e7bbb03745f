import type { Random } from '../../../common/index.ts';
import type { PatientFacts } from '../facts.ts';
import type { NoteBuilder } from './note-builder.ts';
import { asidePieces, deniedPieces, historyPieces, presentPieces } from './parts.ts';
import { articleFor, fullPerson } from './person-text.ts';
import { fullDialect, vitalPieces } from './vital-text.ts';

/** A telephone triage call: the caller's words, and what was measured at home. */
export function telephone(note: NoteBuilder, facts: PatientFacts, random: Random): void {
  const person = fullPerson(facts);
  const child = facts.ageYears !== undefined && facts.ageYears < 16;
  const caller = child
    ? random.pick(['Mother calls about ', 'Father calls about ', 'Parent on the phone about '])
    : random.pick([
        'Caller is ',
        'Telephone call about ',
        'Partner calls about ',
        'Daughter calls about ',
        'Phone triage: ',
      ]);
  note.write(`${caller}${articleFor(person.text)} `).write(person.text, 'age');
  note.write(random.pick([' with ', ', problem: ', ', reason for call: ']));
  note.write(facts.lay, 'complaint');
  if (facts.duration !== undefined) note.write(` for ${facts.duration.full}`);
  if (facts.sudden) note.write(', sudden');
  note.stop();
  note.sentence(presentPieces(facts, 'full'), random.pick(['', 'Says: ', 'On questioning: ']));
  note.sentence(deniedPieces(facts, 'full'), random.pick(['', 'Asked: ']));
  note.sentence(vitalPieces(facts, fullDialect(random)), random.pick(['Measured at home: ', 'At home: ']));
  note.sentence([...historyPieces(facts), ...asidePieces(facts)], random.pick(['', 'Also: ']));
}
