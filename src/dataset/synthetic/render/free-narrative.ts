import type { Random } from '../../../common/index.ts';
import { capitalised, type NoteBuilder, type Piece } from './note-builder.ts';
import { arrivalText, asidePieces, deniedPieces, toldAndSeen } from './parts.ts';
import { articleFor, fullPerson } from './person-text.ts';
import { durationPieces, writeBackground, writeVitals } from './sections.ts';
import type { ToldFacts } from './told-facts.ts';
import { fullDialect } from './vital-text.ts';

const NOTHING = ['nothing further', 'nothing more noted', 'nothing else noted', 'nothing to add'];

const PRESENTS = [
  ' presents ',
  ' presents to triage ',
  ' presents to the emergency department ',
  ' is seen at triage ',
];

/** How the patient comes, as textbooks tell a case. */
const ARRIVES: Readonly<Record<ToldFacts['arrival'], readonly string[]>> = {
  'walk-in': ['walks in', 'comes to the emergency department', 'arrives on foot'],
  ambulance: ['is brought in by ambulance', 'arrives by EMS', 'is brought by paramedics'],
  wheelchair: ['arrives in a wheelchair', 'is wheeled in'],
  car: ['is brought in by family', 'arrives by car', 'is driven in by a friend'],
  police: ['is brought in by police', 'arrives with police'],
  telephone: ['calls', 'calls the nurse line'],
};

/** Full sentences: who came, with what, what is told, what is seen, the vital signs, in one of several orders. */
export function freeNarrative(note: NoteBuilder, facts: ToldFacts, random: Random): void {
  const { told, seen } = toldAndSeen(facts, 'full');
  const female = facts.sex === 'female';
  opening(note, facts, random);
  // Said whether or not something was found, so that neither the lead nor this remark tells anything.
  const andNothing = (pieces: readonly Piece[]): readonly Piece[] =>
    random.chance(pieces.length > 0 ? 0.4 : 0.5) ? [...pieces, { text: random.pick(NOTHING) }] : pieces;
  const findings = () =>
    note.sentence(
      andNothing(told),
      random.pick([
        '',
        'Reports: ',
        'History: ',
        'Told at triage: ',
        'According to the family: ',
        'Further: ',
        'In addition: ',
        ...(female ? ['She reports ', 'She describes '] : ['He reports ', 'He describes ']),
      ]),
    );
  const denied = () => note.sentence(deniedPieces(facts, 'full'));
  const background = () => {
    writeBackground(note, facts, random, false);
    note.fillers(random.integer(2, 6));
  };
  const observed = () =>
    note.sentence(
      andNothing(seen),
      random.pick([
        '',
        'On assessment: ',
        'At triage: ',
        'Nurse notes: ',
        'On examination: ',
        'Seen by the nurse: ',
        'The nurse notes ',
        'Examination shows ',
      ]),
    );
  const vitals = () =>
    writeVitals(note, facts, fullDialect(random), random, [
      '',
      'Vital signs: ',
      'Measured: ',
      'Observations: ',
      'On examination: ',
      'Nurse notes: ',
      'At triage: ',
      'On assessment: ',
      'The vital signs are ',
      female ? 'Her vital signs are ' : 'His vital signs are ',
      'Vital signs on arrival: ',
      'Vitals: ',
    ]);
  const aside = () => note.sentence(asidePieces(facts));
  const order = random.pick([
    [findings, denied, background, observed, vitals, aside],
    [findings, denied, observed, vitals, background, aside],
    [background, findings, denied, observed, vitals, aside],
    [vitals, observed, findings, denied, background, aside],
    [observed, vitals, findings, denied, aside, background],
    [aside, background, findings, observed, vitals, denied],
  ]);
  for (const step of order) step();
}

function opening(note: NoteBuilder, facts: ToldFacts, random: Random): void {
  const person = fullPerson(facts, random);
  const someone = () => note.write(`${articleFor(person.text)} `).write(person.text, 'age');
  const administrative = facts.complaint.system === 'administrative';
  const complaint = administrative || random.chance(0.6) ? facts.lay : facts.wording.full;
  const gerund = /^(not |\w+ing )/.test(complaint);
  const clause = /^(called|sent|told|referred|asked) /.test(complaint);
  const link = clause
    ? '- '
    : administrative
      ? 'for '
      : random.pick(gerund ? ['because of ', 'with '] : ['with ', 'because of ', 'complaining of ']);
  const arrival = arrivalText(facts).full;
  let timed = false;
  const since = () => {
    note.list(durationPieces(facts, 'full', random.pick([' for ', ' for ', ', present for ', ', for the past '])));
    timed = true;
  };
  switch (random.integer(0, 6)) {
    case 5:
      note
        .write(capitalised(articleFor(person.text)))
        .write(' ')
        .write(person.text, 'age');
      note
        .write(random.pick(PRESENTS))
        .write(clause || administrative ? `${link}` : 'with ')
        .write(complaint, 'complaint');
      break;
    case 6:
      note
        .write(capitalised(articleFor(person.text)))
        .write(' ')
        .write(person.text, 'age');
      note
        .write(' ')
        .write(random.pick(ARRIVES[facts.arrival]), 'arrival')
        .write(` ${link}`)
        .write(complaint, 'complaint');
      break;
    case 0:
      note.write('Reason for the visit: ').write(complaint, 'complaint');
      since();
      note.write('. The patient is ');
      someone().write(' who ').write(arrival, 'arrival');
      break;
    case 1:
      note.write('Presenting complaint of ');
      someone().write(': ').write(complaint, 'complaint');
      break;
    case 2:
      note.write('This is ');
      someone()
        .write(`, ${random.pick(['seen', 'triaged', 'registered'])} ${link}`)
        .write(complaint, 'complaint');
      break;
    default:
      note
        .write(capitalised(articleFor(person.text)))
        .write(' ')
        .write(person.text, 'age')
        .write(' ')
        .write(arrival, 'arrival');
      note.write(` ${link}`).write(complaint, 'complaint');
  }
  if (!timed) since();
  if (facts.sudden)
    note
      .write(random.pick([', ', ' - ']))
      .write(random.pick(['which came on suddenly', 'of sudden onset', 'all of a sudden']), 'onset');
  note.stop();
}
