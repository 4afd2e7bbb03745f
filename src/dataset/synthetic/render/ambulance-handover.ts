import type { Random } from '../../../common/index.ts';
import type { PatientFacts } from '../facts.ts';
import type { NoteBuilder, Piece } from './note-builder.ts';
import { asidePieces, deniedPieces, historyPieces, presentPieces } from './parts.ts';
import { shortPerson } from './person-text.ts';
import { shortDialect, vitalPieces } from './vital-text.ts';

const TREATMENTS: readonly string[] = [
  'IV access',
  'oxygen',
  'nil given',
  'paracetamol',
  'IV fluids running',
  'ECG taken',
  'monitored',
];

/** A handover of an ambulance crew: age, time, mechanism or complaint, findings, signs, treatment. */
export function ambulanceHandover(note: NoteBuilder, facts: PatientFacts, random: Random): void {
  const person = shortPerson(facts, random);
  const findings: Piece[] = [...presentPieces(facts, 'short'), ...deniedPieces(facts, 'short')];
  const vitals = vitalPieces(facts, shortDialect(random));
  const labelled = random.chance(0.4);
  note.write(labelled ? 'A: ' : random.pick(['EMS handover: ', 'Crew report: ', 'Ambulance: ', 'Handover. ']));
  note.write(person.text, person.key).stop();
  if (facts.duration !== undefined)
    note
      .write(labelled ? ' T: ' : ' ')
      .write(`${facts.duration.short} ago`.replace(/(mo|y) ago$/, '$1'))
      .stop();
  note
    .write(labelled ? ' M: ' : ' ')
    .write(facts.wording.short, 'complaint')
    .stop();
  note.sentence(findings, labelled ? 'I: ' : random.pick(['Found: ', 'O/A ', '']));
  note.sentence(vitals, labelled ? 'S: ' : random.pick(['Obs ', 'VS ', '']));
  if (random.chance(0.6)) note.sentence([{ text: random.pick(TREATMENTS) }], labelled ? 'T: ' : 'Tx ');
  note.sentence([...historyPieces(facts), ...asidePieces(facts)], random.pick(['PMH ', 'Hx ']));
}
