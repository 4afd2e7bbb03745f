import type { Random } from '../../../common/index.ts';
import type { FactKey, PatientFacts } from '../facts.ts';
import { complaintField } from './complaint-field.ts';
import { ktasLine, type RecordPart, type TriageRecord } from './ktas-line.ts';
import type { NoteBuilder, NoteKey, Piece } from './note-builder.ts';
import {
  arrivalPiece,
  asidePieces,
  deniedPieces,
  historyPieces,
  medicationPieces,
  presentPieces,
  relativePieces,
} from './parts.ts';
import { shortAge, shortPerson } from './person-text.ts';
import type { ToldFacts, VitalKey } from './told-facts.ts';
import { digitsOf } from './value-text.ts';
import { shortDialect, vitalPieces } from './vital-text.ts';

const SEPARATORS = [', ', ', ', ' / ', '; ', ' | ', '. ', ' - ', ' ', '/', ' // '];
const BETWEEN_VITALS = [' ', ', ', ', ', '; ', ' / ', '-', '/'];
const COMPLAINT_LEADS = ['', '', '', '', 'CC: ', 'CC ', 'c/o ', 'C/C) ', 'PC: ', 'complaint: '];
/** A complaint that is not clear is often not written at all. */
const UNSAID_SHARE = 0.5;
const VITAL_LEADS = ['', '', '', 'V/S ', 'VS: ', 'obs '];

/** One line, complaint and vital signs, in one of many orders and with one of many separators. */
export function oneLine(note: NoteBuilder, facts: ToldFacts, random: Random): void {
  const form = random.chance(0.7) ? 'short' : 'full';
  const person: Piece[] = [shortPerson(facts, random), ...(random.chance(0.15) ? [arrivalPiece(facts, random)] : [])];
  const wording = facts.wording[form];
  const typed = form === 'short' ? complaintField(wording, facts.pain?.chronic === true, random) : wording;
  const complaint: Piece = { key: 'complaint', text: typed };
  const lead = random.pick(COMPLAINT_LEADS);
  const findings = [...presentPieces(facts, form), ...deniedPieces(facts, form)];
  const duration: Piece[] = facts.duration === undefined ? [] : [durationPiece(facts, random)];
  const extras = random.chance(0.4)
    ? [...historyPieces(facts), ...medicationPieces(facts), ...relativePieces(facts), ...asidePieces(facts)]
    : [];
  const separator = random.pick(SEPARATORS);
  const { pieces: vitals, between } = vitalGroup(facts, random);
  const told = random.chance(0.75) ? [complaint, ...duration] : [...duration, complaint];
  const groups = random.pick([
    [person, told, findings, extras, vitals],
    [person, told, findings, extras, vitals],
    [person, told, vitals, findings, extras],
    [told, findings, person, extras, vitals],
    [told, person, vitals, findings, extras],
    [person, extras, told, findings, vitals],
    [vitals, person, told, findings, extras],
    [person, vitals, told, findings, extras],
  ]);
  const vitalLead = random.pick(VITAL_LEADS);
  for (const group of groups) {
    if (group.length === 0) continue;
    if (note.text !== '') note.write(separator);
    if (group === told) note.write(lead);
    if (group === vitals && group[0]?.text.startsWith('V/S') === false) note.write(vitalLead);
    note.list(group, group === vitals ? between : group === told ? ' ' : ', ');
  }
}

/** The vital signs with their names, or now and then the bare series of pressure, pulse, breathing and temperature. */
function vitalGroup(facts: ToldFacts, random: Random): { pieces: Piece[]; between: string } {
  const dialect = shortDialect(random);
  const named = () => ({ pieces: vitalPieces(facts, dialect, random), between: random.pick(BETWEEN_VITALS) });
  const { bloodPressure, heartRate, respiratoryRate, temperature, ...others } = facts.vitals;
  const { earlier, mistyped, inWords } = facts.background;
  const plain = earlier.length === 0 && mistyped === undefined && inWords.size === 0;
  const complete = bloodPressure && heartRate !== undefined && respiratoryRate !== undefined && temperature;
  if (!complete || !plain || !random.chance(0.15)) return named();
  const series: Piece[] = [
    { key: 'blood-pressure', text: `V/S ${bloodPressure.systolic}/${bloodPressure.diastolic}` },
    { key: 'heart-rate', text: String(heartRate) },
    { key: 'respiratory-rate', text: String(respiratoryRate) },
    { key: 'temperature', text: `${temperature.shown}${temperature.unit === 'F' ? 'F' : ''}` },
  ];
  return {
    pieces: [...series, ...vitalPieces({ ...facts, vitals: others }, dialect, random)],
    between: random.pick(['-', ' - ', ' / ']),
  };
}

function durationPiece({ duration, sudden }: ToldFacts, random: Random): Piece {
  const text = `${sudden ? 'sudden ' : ''}${random.pick(['x', 'since ', 'for ', 'onset '])}${duration?.short ?? ''}`;
  return { key: 'duration', text };
}

const FIELD_KEYS: Readonly<Partial<Record<RecordPart['field'], FactKey>>> = {
  age: 'age',
  complaint: 'complaint',
  mental: 'consciousness',
  pain: 'pain',
  pressure: 'blood-pressure',
  heartRate: 'heart-rate',
  respiratoryRate: 'respiratory-rate',
  temperature: 'temperature',
  saturation: 'saturation',
};

const MENTAL = { alert: 'Alert', voice: 'Responds to voice', pain: 'Responds to pain', unresponsive: 'Unresponsive' };

/** How the hospital's form words the way of arrival. */
const FORM_ARRIVALS: Readonly<Record<PatientFacts['arrival'], readonly string[]>> = {
  'walk-in': ['walk-in'],
  ambulance: ['by ambulance', 'by ambulance', 'by private ambulance'],
  car: ['private car', 'private car', 'public transport or police'],
  wheelchair: ['wheelchair'],
  police: ['public transport or police'],
  telephone: ['walk-in'],
};

/** The line of a hospital's triage record, as the reader of published records writes it. */
export function recordLine(note: NoteBuilder, facts: ToldFacts, random: Random): void {
  const { mistyped } = facts.background;
  const findings = [...presentPieces(facts, 'short'), ...deniedPieces(facts, 'short')];
  const chronic =
    facts.pain?.chronic === true && facts.duration !== undefined
      ? [{ key: 'duration' as const, text: `for ${facts.duration.short}` }]
      : [];
  for (const part of ktasLine(recordOf(facts, random))) {
    const key = keyOf(part.field, mistyped?.key);
    if (part.field === 'arrival') note.write(part.text, 'arrival');
    else note.write(part.text, key);
    const extra = part.field === 'complaint' ? [...chronic, ...findings] : [];
    if (extra.length > 0) note.write(', ').list(extra);
  }
  const glucose = facts.vitals.glucose;
  if (glucose !== undefined) note.write(' ').write(`glucose ${glucose.shown} ${glucose.unit}`, 'glucose');
}

/** A form has one field for each sign: a slip stands in the place of the right value. */
function keyOf(field: RecordPart['field'], mistyped: VitalKey | undefined): NoteKey | undefined {
  const key = FIELD_KEYS[field];
  return key !== undefined && key === mistyped ? `mistyped:${mistyped}` : key;
}

function recordOf(facts: ToldFacts, random: Random): TriageRecord {
  const { complaint, vitals, pain, ageYears, background, wording } = facts;
  const unsaid = complaint.id === 'unclear' && random.chance(UNSAID_SHARE);
  const consciousness = vitals.consciousness;
  const field = (key: VitalKey) =>
    background.mistyped?.key === key ? background.mistyped.shown.replace(' C', 'C') : (digitsOf(facts, key) ?? '');
  const fahrenheit = background.mistyped?.key !== 'temperature' && vitals.temperature?.unit === 'F' ? 'F' : '';
  return {
    age: ageYears === undefined ? '' : ageYears >= 2 ? String(ageYears) : `${shortAge(ageYears)} `,
    sex: facts.sex === 'female' ? 'F' : 'M',
    arrival: random.chance(0.9) ? random.pick(FORM_ARRIVALS[facts.arrival]) : '',
    injury: complaint.system === 'trauma' || (complaint.system === 'orthopaedic' && complaint.duration === 'hours'),
    complaint: unsaid ? '' : complaintField(wording.short, pain?.chronic === true, random),
    mental:
      consciousness === undefined
        ? ''
        : 'gcs' in consciousness
          ? `GCS ${consciousness.gcs}`
          : MENTAL[consciousness.alertness],
    pain: pain === undefined ? '' : pain.score === 0 ? 'No pain' : `NRS ${pain.score}`,
    pressure: field('blood-pressure'),
    heartRate: field('heart-rate'),
    respiratoryRate: field('respiratory-rate'),
    temperature: field('temperature') + fahrenheit,
    saturation: field('saturation'),
  };
}
