import type { Random } from '../../../common/index.ts';
import type { NoteBuilder, Piece } from './note-builder.ts';
import { asidePieces, deniedPieces, historyPieces, medicationPieces, presentPieces, relativePieces } from './parts.ts';
import { articleFor, fullPerson } from './person-text.ts';
import { durationPieces, writeVitals } from './sections.ts';
import type { ToldFacts } from './told-facts.ts';
import { homeDialect, vitalPieces } from './vital-text.ts';

/** A telephone triage call: a transcript with turns, or the nurse's summary of it. */
export function telephone(note: NoteBuilder, facts: ToldFacts, random: Random): void {
  if (random.chance(0.55)) transcript(note, facts, random);
  else summary(note, facts, random);
}

const SPEAKERS = [
  ['Nurse: ', 'Caller: '],
  ['N: ', 'C: '],
  ['Q: ', 'A: '],
  ['RN: ', 'Caller: '],
  ['- ', '- '],
] as const;

const QUESTIONS = {
  problem: [
    'What has happened?',
    'How can I help?',
    'Tell me the problem.',
    'What is the matter?',
    'Why are you calling?',
  ],
  person: ['Who is it about?', 'Who is the patient?', 'Age and sex?', 'How old?'],
  since: ['Since when?', 'How long?', 'When did it start?', 'How long has this been going on?'],
  findings: ['Anything else?', 'Tell me more.', 'Anything you have noticed?', 'What else?', 'Describe it.'],
  denied: ['Any other worrying signs?', 'Anything I should know?', 'And otherwise?', 'Other symptoms?'],
  vitals: [
    'Have you measured anything?',
    'Any readings at home?',
    'Could you measure anything?',
    'What are the readings?',
  ],
  background: ['Any illnesses or medicines?', 'Known conditions?', 'Medical history?', 'Anything in the past?'],
} as const;

const NO_ANSWERS = {
  findings: ['nothing else', 'that is all', 'nothing more'],
  denied: ['no', 'not that I know', 'nothing'],
  vitals: ['no', 'I have nothing to measure with', 'not measured'],
  background: ['none', 'nothing known', 'nothing special'],
} as const;

function transcript(note: NoteBuilder, facts: ToldFacts, random: Random): void {
  const [nurse, caller] = random.pick(SPEAKERS);
  const gap = random.chance(0.7) ? '\n' : ' ';
  const person = fullPerson(facts, random);
  const turn = (question: readonly string[], before: string, answer: readonly Piece[]) => {
    note.write(`${note.text === '' ? '' : gap}${nurse}${random.pick(question)}${gap}${caller}${before}`);
    note.list(answer).stop();
  };
  const problem = () =>
    turn(QUESTIONS.problem, random.pick(['', 'It is about ', 'I am calling about ']), [
      { key: 'complaint', text: facts.lay },
    ]);
  const patient = () => turn(QUESTIONS.person, `${articleFor(person.text)} `, [{ key: 'age', text: person.text }]);
  const steps = random.chance(0.6) ? [problem, patient] : [patient, problem];
  for (const step of steps) step();
  const sudden: Piece[] = facts.sudden ? [{ key: 'onset', text: 'it came on suddenly' }] : [];
  const since = [...durationPieces(facts, 'full', random.pick(['about ', 'for ', ''])), ...sudden];
  if (since.length > 0 || random.chance(0.7)) {
    turn(
      QUESTIONS.since,
      '',
      since.length > 0 ? since : [{ text: random.pick(['not sure', 'I cannot say', 'hard to say']) }],
    );
  }
  const none = (answers: readonly string[]): Piece[] => [{ text: random.pick(answers) }];
  const orNone = (pieces: readonly Piece[], answers: readonly string[]): readonly Piece[] =>
    pieces.length === 0 ? none(answers) : random.chance(0.5) ? [...pieces, ...none(answers)] : pieces;
  const present = presentPieces(facts, 'full');
  turn(QUESTIONS.findings, '', orNone(present, NO_ANSWERS.findings));
  const denied = deniedPieces(facts, 'full');
  if (denied.length > 0 || random.chance(0.8))
    turn(QUESTIONS.denied, '', denied.length > 0 ? denied : none(NO_ANSWERS.denied));
  const vitals = vitalPieces(facts, homeDialect(random), random);
  turn(QUESTIONS.vitals, '', vitals.length > 0 ? vitals : none(NO_ANSWERS.vitals));
  const background = [...historyPieces(facts), ...medicationPieces(facts), ...relativePieces(facts)];
  if (background.length > 0 || random.chance(0.5))
    turn(QUESTIONS.background, '', background.length > 0 ? background : none(NO_ANSWERS.background));
  note.sentence(asidePieces(facts), random.pick(['', 'Note: ', 'Also: ']));
}

const CHILD_CALLERS = [
  'Mother calls about ',
  'Father calls about ',
  'Parent on the phone about ',
  'Grandmother rings about ',
];
const CALLERS = [
  'Caller is ',
  'Telephone call about ',
  'Partner calls about ',
  'Daughter calls about ',
  'Phone triage: ',
  'Neighbour rings about ',
];

function summary(note: NoteBuilder, facts: ToldFacts, random: Random): void {
  const person = fullPerson(facts, random);
  const child = facts.ageYears !== undefined && facts.ageYears < 16;
  note.write(`${random.pick(child ? CHILD_CALLERS : CALLERS)}${articleFor(person.text)} `).write(person.text, 'age');
  note.write(random.pick([' with ', ', problem: ', ', reason for call: ', ', calling because of ']));
  note.write(facts.lay, 'complaint');
  note.list(durationPieces(facts, 'full', ' for '));
  if (facts.sudden) note.write(', ').write('sudden', 'onset');
  note.stop();
  note.sentence(presentPieces(facts, 'full'), random.pick(['', 'Says: ', 'On questioning: ', 'Describes: ']));
  note.sentence(deniedPieces(facts, 'full'), random.pick(['', 'Asked: ', 'Answers: ']));
  writeVitals(note, facts, homeDialect(random), random, ['Measured at home: ', 'At home: ', 'Home readings: ']);
  note.sentence([...historyPieces(facts), ...asidePieces(facts)], random.pick(['', 'Also: ']));
  note.sentence(medicationPieces(facts), 'Takes ');
  note.sentence(relativePieces(facts));
  note.fillers(random.integer(1, 3));
}
