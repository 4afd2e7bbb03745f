import type { Random } from '../../../common/index.ts';
import type { NoteBuilder, Piece } from './note-builder.ts';
import {
  arrivalPiece,
  asidePieces,
  deniedPieces,
  historyPieces,
  medicationPieces,
  relativePieces,
  toldAndSeen,
} from './parts.ts';
import { fullPerson, shortPerson } from './person-text.ts';
import { durationPieces, writeVitals } from './sections.ts';
import type { ToldFacts } from './told-facts.ts';
import { fullDialect, shortDialect } from './vital-text.ts';

const HEADS = [
  ['S: ', 'B: ', 'A: ', 'R: '],
  ['Situation: ', 'Background: ', 'Assessment: ', 'Request: '],
  ['S - ', 'B - ', 'A - ', 'R - '],
  ['S) ', 'B) ', 'A) ', 'R) '],
] as const;

const REQUESTS = ['please assess.', 'for physician review.', 'please see.', 'medical review please.', 'to be seen.'];

/** Situation, background, assessment, request. The request asks for a physician and never names an urgency. */
export function sbar(note: NoteBuilder, facts: ToldFacts, random: Random): void {
  const short = random.chance(0.4);
  const form = short ? 'short' : 'full';
  const lines = random.chance(0.5);
  const heads = random.pick(HEADS);
  const next = (head: string) => note.write(note.text === '' ? head : `${lines ? '\n' : ' '}${head}`);
  const { told, seen } = toldAndSeen(facts, form);
  const person = short ? shortPerson(facts, random) : fullPerson(facts, random);
  const complaint: Piece = { key: 'complaint', text: facts.wording[form] };
  const onset: Piece[] = facts.sudden ? [{ key: 'onset', text: 'sudden onset' }] : [];
  const opening = random.chance(0.75) ? [person, complaint] : [complaint, person];
  const denied = deniedPieces(facts, form);
  const deniedEarly = random.chance(0.4);

  next(heads[0]);
  note.list([...opening, ...durationPieces(facts, form, 'for '), ...onset, ...told, ...(deniedEarly ? denied : [])]);
  note.stop();
  next(heads[1]);
  const background = [...historyPieces(facts), ...asidePieces(facts)];
  note.list(background.length > 0 ? background : [arrivalPiece(facts, random)]).stop();
  note.sentence(medicationPieces(facts), random.pick(['Meds: ', 'Medication: ', 'On ']));
  note.sentence(relativePieces(facts), random.pick(['Family: ', 'FH: ']));
  note.fillers(random.integer(2, 6));
  next(heads[2]);
  const looked: Piece = { text: random.pick(['examined at triage', 'seen at triage', 'obs taken']) };
  note.list(seen.length === 0 || random.chance(0.5) ? [looked, ...seen] : seen).stop();
  writeVitals(note, facts, short ? shortDialect(random) : fullDialect(random), random, ['', 'Obs: ', 'Vital signs ']);
  if (!deniedEarly) note.sentence(denied);
  note.fillers(random.integer(1, 4));
  if (random.chance(0.5)) next(heads[3]).write(random.pick(REQUESTS));
}
