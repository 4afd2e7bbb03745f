import type { Random } from '../../../common/index.ts';
import type { NoteBuilder, Piece } from './note-builder.ts';
import { arrivalPiece, asidePieces, deniedPieces, presentPieces, toldAndSeen } from './parts.ts';
import { fullPerson, shortPerson } from './person-text.ts';
import { durationPieces, writeBackground, writeVitals } from './sections.ts';
import type { ToldFacts } from './told-facts.ts';
import { fullDialect, shortDialect } from './vital-text.ts';

const HEADS = [
  ['S: ', 'O: ', 'A: ', 'P: '],
  ['Subjective: ', 'Objective: ', 'Assessment: ', 'Plan: '],
  ['S/ ', 'O/ ', 'A/ ', 'P/ '],
  ['(S) ', '(O) ', '(A) ', '(P) '],
] as const;

const PLANS = [
  'physician review',
  'to be seen',
  'await medical assessment',
  'for assessment',
  'repeat obs',
  'see physician notes',
];

/** Subjective, objective, assessment, plan. The assessment repeats the complaint and names neither cause nor urgency. */
export function soap(note: NoteBuilder, facts: ToldFacts, random: Random): void {
  const short = random.chance(0.6);
  const form = short ? 'short' : 'full';
  const lines = random.chance(0.6);
  const heads = random.pick(HEADS);
  const next = (head: string) => note.write(note.text === '' ? head : `${lines ? '\n' : ' '}${head}`);
  const { told, seen } = toldAndSeen(facts, form);
  const all = random.chance(0.3);
  const person = short ? shortPerson(facts, random) : fullPerson(facts, random);
  const onset: Piece[] = facts.sudden ? [{ key: 'onset', text: 'sudden onset' }] : [];

  next(heads[0]);
  const arrival = random.chance(0.25) ? [arrivalPiece(facts, random)] : [];
  note.list([
    person,
    ...arrival,
    { key: 'complaint', text: facts.wording[form] },
    ...durationPieces(facts, form, short ? 'x' : 'for '),
    ...onset,
  ]);
  note.stop();
  note.sentence(all ? presentPieces(facts, form) : told, random.pick(['', 'States: ', 'Pt states ', 'Reports ']));
  note.sentence(deniedPieces(facts, form));
  writeBackground(note, facts, random, short);
  note.sentence(asidePieces(facts));
  note.fillers(random.integer(2, 6));
  next(heads[1]);
  note.write(random.pick(['examined at triage', 'seen in triage', 'obs as below', 'assessed on arrival'])).stop();
  if (!all) note.sentence(seen);
  writeVitals(note, facts, short ? shortDialect(random) : fullDialect(random), random, ['', 'VS ', 'Obs ', 'Vitals: ']);
  note.fillers(random.integer(1, 4));
  if (random.chance(0.6)) {
    next(heads[2]).write(facts.complaint.name, 'complaint').stop();
  }
  if (random.chance(0.7)) next(heads[3]).write(random.pick(PLANS)).stop();
}
