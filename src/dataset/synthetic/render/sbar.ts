import type { Random } from '../../../common/index.ts';
import type { PatientFacts } from '../facts.ts';
import type { NoteBuilder, Piece } from './note-builder.ts';
import { arrivalText, asidePieces, deniedPieces, historyPieces, toldAndSeen } from './parts.ts';
import { fullPerson, shortPerson } from './person-text.ts';
import { fullDialect, shortDialect, vitalPieces } from './vital-text.ts';

/** Situation, background, assessment, request. The request asks for a physician and never names an urgency. */
export function sbar(note: NoteBuilder, facts: PatientFacts, random: Random): void {
  const short = random.chance(0.4);
  const form = short ? 'short' : 'full';
  const lines = random.chance(0.5);
  const heads = random.pick([
    ['S: ', 'B: ', 'A: ', 'R: '],
    ['Situation: ', 'Background: ', 'Assessment: ', 'Request: '],
    ['S - ', 'B - ', 'A - ', 'R - '],
  ] as const);
  const next = (head: string) => note.write(note.text === '' ? head : `${lines ? '\n' : ' '}${head}`);
  const { told, seen } = toldAndSeen(facts, form);
  const duration: Piece[] = facts.duration === undefined ? [] : [{ text: `for ${facts.duration[form]}` }];

  next(heads[0]);
  note.list([
    short ? shortPerson(facts, random) : fullPerson(facts),
    { key: 'complaint', text: facts.wording[form] },
    ...duration,
    ...told,
  ]);
  note.stop();
  next(heads[1]);
  const background = [...historyPieces(facts), ...asidePieces(facts)];
  note.list(background.length > 0 ? background : [{ text: arrivalText(facts).short }]).stop();
  const assessment = [
    ...seen,
    ...vitalPieces(facts, short ? shortDialect(random) : fullDialect(random)),
    ...deniedPieces(facts, form),
  ];
  if (assessment.length > 0) {
    next(heads[2]);
    note.list(assessment).stop();
  }
  if (random.chance(0.5)) next(heads[3]).write(random.pick(['please assess.', 'for physician review.', 'please see.']));
}
