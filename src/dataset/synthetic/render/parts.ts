import type { Random } from '../../../common/index.ts';
import type { FactKey, PatientFacts, StatedSign } from '../facts.ts';
import type { Piece } from './note-builder.ts';
import type { ToldFacts } from './told-facts.ts';

const signPiece = (stated: StatedSign, form: 'full' | 'short'): Piece => ({
  key: `sign:${stated.id}` as FactKey,
  text: stated[form],
});

/** The findings that are present, in the order in which they were drawn. */
export function presentPieces(facts: PatientFacts, form: 'full' | 'short'): Piece[] {
  return facts.signs.filter((stated) => stated.present).map((stated) => signPiece(stated, form));
}

/** Present findings that the patient tells and those that the nurse sees. */
export function toldAndSeen(facts: PatientFacts, form: 'full' | 'short'): { told: Piece[]; seen: Piece[] } {
  const present = facts.signs.filter((stated) => stated.present);
  return {
    told: present.filter((stated) => stated.sign.seen !== true).map((stated) => signPiece(stated, form)),
    seen: present.filter((stated) => stated.sign.seen === true).map((stated) => signPiece(stated, form)),
  };
}

/** The findings that are denied. */
export function deniedPieces(facts: PatientFacts, form: 'full' | 'short'): Piece[] {
  return facts.signs.filter((stated) => !stated.present).map((stated) => signPiece(stated, form));
}

/** Past illnesses and events that are over, none of which counts. */
export function historyPieces(facts: ToldFacts): Piece[] {
  return [
    ...facts.history.map((text): Piece => ({ text, key: `history:${text}` })),
    ...facts.background.past.map((text): Piece => ({ text, key: `past:${text}` })),
  ];
}

export function asidePieces(facts: ToldFacts): Piece[] {
  return [...(facts.aside === undefined ? [] : [facts.aside]), ...facts.background.social].map((text) => ({ text }));
}

export function medicationPieces({ background }: ToldFacts): Piece[] {
  return background.medication.map((text) => ({ text }));
}

export function relativePieces({ background }: ToldFacts): Piece[] {
  return background.relatives.map((text) => ({ text, key: `relative:${text}` }));
}

const ARRIVALS: Readonly<Record<PatientFacts['arrival'], string>> = {
  'walk-in': 'walked in',
  ambulance: 'came by ambulance',
  wheelchair: 'came in a wheelchair',
  car: 'was brought by car',
  police: 'was brought by police',
  telephone: 'called',
};

const SHORT_ARRIVALS: Readonly<Record<PatientFacts['arrival'], string>> = {
  'walk-in': 'walk-in',
  ambulance: 'by ambulance',
  wheelchair: 'wheelchair',
  car: 'private car',
  police: 'via police',
  telephone: 'phone',
};

const OTHER_SHORT_ARRIVALS: Readonly<Partial<Record<PatientFacts['arrival'], readonly string[]>>> = {
  'walk-in': ['walk-in', 'ambulatory', 'self-presented', 'on foot'],
  ambulance: ['by ambulance', 'BIBA', 'via EMS', 'by private ambulance'],
  wheelchair: ['wheelchair', 'in w/c', 'wheeled in'],
  car: ['private car', 'by car', 'brought by family', 'public transport or police'],
  police: ['via police', 'with police', 'brought by police'],
};

/** How the patient came, in one of the ward's short forms. */
export function arrivalPiece({ arrival }: PatientFacts, random: Random): Piece {
  return { key: 'arrival', text: random.pick(OTHER_SHORT_ARRIVALS[arrival] ?? [SHORT_ARRIVALS[arrival]]) };
}

/** How the patient came, as a verb phrase and in shorthand. */
export function arrivalText({ arrival }: PatientFacts): { full: string; short: string } {
  return { full: ARRIVALS[arrival], short: SHORT_ARRIVALS[arrival] };
}
