import type { FactKey, PatientFacts, StatedSign } from '../facts.ts';
import type { Piece } from './note-builder.ts';

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

export function historyPieces(facts: PatientFacts): Piece[] {
  return facts.history.map((text) => ({ text }));
}

export function asidePieces(facts: PatientFacts): Piece[] {
  return facts.aside === undefined ? [] : [{ text: facts.aside }];
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

/** How the patient came, as a verb phrase and in shorthand. */
export function arrivalText({ arrival }: PatientFacts): { full: string; short: string } {
  return { full: ARRIVALS[arrival], short: SHORT_ARRIVALS[arrival] };
}
