import type { Random } from '../../../common/index.ts';
import type { NoteBuilder, Piece } from './note-builder.ts';
import { historyPieces, medicationPieces, relativePieces } from './parts.ts';
import type { ToldFacts } from './told-facts.ts';
import { earlierPieces, type VitalDialect, vitalPieces } from './vital-text.ts';

/** Past events, medication and family in one order or another, as sentences. */
export function writeBackground(note: NoteBuilder, facts: ToldFacts, random: Random, short: boolean): void {
  const history = () =>
    note.sentence(
      historyPieces(facts),
      random.pick(
        short
          ? ['PMH ', 'PMHx: ', 'Hx ', 'PMH: ', 'Prev ', 'Bg ']
          : ['Past history of ', 'Known: ', 'Background: ', 'Past medical history: '],
      ),
    );
  const medication = () =>
    note.sentence(
      medicationPieces(facts),
      random.pick(
        short
          ? ['Meds: ', 'Rx ', 'DH ', 'Takes ']
          : ['Takes ', 'Medication: ', 'Regular medicines: ', 'Current medication: '],
      ),
    );
  const relatives = () =>
    note.sentence(
      relativePieces(facts),
      random.pick(short ? ['FH: ', 'FHx ', 'Fam hx: '] : ['Family: ', '', 'Others: ']),
    );
  for (const section of random.chance(0.6) ? [history, medication, relatives] : [relatives, history, medication])
    section();
}

/** The vital signs as one sentence, or as an earlier and a repeated set where there are two. */
export function writeVitals(
  note: NoteBuilder,
  facts: ToldFacts,
  dialect: VitalDialect,
  random: Random,
  leads: readonly string[],
): void {
  if (facts.background.earlier.length < 2) {
    note.sentence(vitalPieces(facts, dialect, random), random.pick(leads));
    return;
  }
  const hour = random.integer(1, 22);
  const times = [`${hour}:${random.integer(10, 29)}`, `${hour}:${random.integer(35, 59)}`] as const;
  const [first, second] = random.pick([
    [`Obs ${times[0]}: `, `Obs ${times[1]}: `],
    [`First set: `, `Repeat: `],
    [`${times[0]} `, `${times[1]} `],
    [`Earlier: `, `Now: `],
    [`On arrival at ${times[0]}: `, `Latest set at ${times[1]}: `],
  ] as const);
  note.sentence(earlierPieces(facts, dialect), first);
  const alone: ToldFacts = { ...facts, background: { ...facts.background, earlier: [] } };
  note.sentence(vitalPieces(alone, dialect, random), second);
}

/** How long and how suddenly, after the complaint. */
export function durationPieces(facts: ToldFacts, form: 'full' | 'short', lead: string): Piece[] {
  return facts.duration === undefined ? [] : [{ key: 'duration', text: `${lead}${facts.duration[form]}` }];
}
