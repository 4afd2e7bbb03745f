import type { Random } from '../../../common/index.ts';
import type { PatientFacts } from '../facts.ts';
import { capitalised, type NoteBuilder } from './note-builder.ts';
import { arrivalText, asidePieces, deniedPieces, historyPieces, toldAndSeen } from './parts.ts';
import { articleFor, fullPerson } from './person-text.ts';
import { fullDialect, vitalPieces } from './vital-text.ts';

/** Full sentences: who came, with what, what is told, what is seen, the vital signs. */
export function freeNarrative(note: NoteBuilder, facts: PatientFacts, random: Random): void {
  const person = fullPerson(facts);
  const { told, seen } = toldAndSeen(facts, 'full');
  note
    .write(`${capitalised(articleFor(person.text))} `)
    .write(person.text, 'age')
    .write(` ${arrivalText(facts).full} `);
  const administrative = facts.complaint.system === 'administrative';
  const complaint = administrative || random.chance(0.6) ? facts.lay : facts.wording.full;
  const gerund = /^(not |\w+ing )/.test(complaint);
  note.write(
    administrative ? 'for ' : gerund ? 'because of ' : random.pick(['with ', 'because of ', 'complaining of ']),
  );
  note.write(complaint, 'complaint');
  if (facts.duration !== undefined) note.write(` for ${facts.duration.full}`);
  if (facts.sudden) note.write(', which came on suddenly');
  note.stop();
  note.sentence(told, random.pick(['', 'Reports: ', 'History: ', 'Told at triage: ']));
  note.sentence(deniedPieces(facts, 'full'));
  note.sentence(historyPieces(facts), random.pick(['Past history of ', 'Known: ', 'Background: ']));
  note.sentence(seen, random.pick(['', 'On assessment: ', 'At triage: ', 'Nurse notes: ']));
  note.sentence(vitalPieces(facts, fullDialect(random)), random.pick(['', 'Vital signs: ', 'Measured: ']));
  note.sentence(asidePieces(facts));
}
