import type { Random } from '../../../common/index.ts';
import type { FactKey, PatientFacts } from '../facts.ts';
import { ktasLine, type RecordPart, type TriageRecord } from './ktas-line.ts';
import { capitalised, type NoteBuilder, type Piece } from './note-builder.ts';
import { arrivalText, asidePieces, deniedPieces, historyPieces, presentPieces } from './parts.ts';
import { shortPerson } from './person-text.ts';
import { shortDialect, vitalPieces } from './vital-text.ts';

/** One line, complaint and vital signs, in one of many orders and with one of many separators. */
export function oneLine(note: NoteBuilder, facts: PatientFacts, random: Random): void {
  const form = random.chance(0.7) ? 'short' : 'full';
  const person = shortPerson(facts, random);
  const complaint: Piece = { key: 'complaint', text: facts.wording[form] };
  const findings = [...presentPieces(facts, form), ...deniedPieces(facts, form)];
  const duration = facts.duration === undefined ? [] : [{ text: durationText(facts, random) }];
  const vitals = vitalPieces(facts, shortDialect(random));
  const separator = random.pick([', ', ', ', ' / ', '; ', ' | ', '. ', ' - ', ' ']);
  const between = random.pick([' ', ', ', ', ', '; ', ' / ']);
  const [first, second] = random.chance(0.75) ? [person, complaint] : [complaint, person];
  note.list([first, second, ...duration], separator);
  const extras = random.chance(0.3) ? [...historyPieces(facts), ...asidePieces(facts)] : [];
  const groups = random.chance(0.8) ? [findings, extras, vitals] : [vitals, findings, extras];
  for (const group of groups) {
    if (group.length === 0) continue;
    note.write(separator).list(group, group === vitals ? between : ', ');
  }
}

function durationText({ duration, sudden }: PatientFacts, random: Random): string {
  if (duration === undefined) return '';
  return `${sudden ? 'sudden ' : ''}${random.pick(['x', 'since ', 'for ', 'onset '])}${duration.short}`;
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

/** The line of a hospital's triage record, as the reader of published records writes it. */
export function recordLine(note: NoteBuilder, facts: PatientFacts, random: Random): void {
  const { vitals } = facts;
  const consciousness = vitals.consciousness;
  const gcs = consciousness !== undefined && 'gcs' in consciousness ? consciousness.gcs : undefined;
  const person = facts.ageYears;
  const record: TriageRecord = {
    age: person === undefined ? '' : person >= 2 ? String(person) : `${Math.round(person * 12)}mo `,
    sex: facts.sex === 'female' ? 'F' : 'M',
    arrival: random.chance(0.9) ? arrivalText(facts).short : '',
    injury:
      facts.complaint.system === 'trauma' ||
      (facts.complaint.system === 'orthopaedic' && facts.complaint.duration === 'hours'),
    complaint: random.chance(0.2) ? titleCase(facts.wording.short) : facts.wording.short,
    mental: consciousness === undefined ? '' : 'gcs' in consciousness ? `GCS ${gcs}` : MENTAL[consciousness.alertness],
    pain: facts.pain === undefined ? '' : facts.pain.score === 0 ? 'No pain' : `NRS ${facts.pain.score}`,
    pressure:
      vitals.bloodPressure === undefined ? '' : `${vitals.bloodPressure.systolic}/${vitals.bloodPressure.diastolic}`,
    heartRate: String(vitals.heartRate ?? ''),
    respiratoryRate: String(vitals.respiratoryRate ?? ''),
    temperature:
      vitals.temperature === undefined ? '' : vitals.temperature.shown + (vitals.temperature.unit === 'F' ? 'F' : ''),
    saturation: String(vitals.saturation ?? ''),
  };
  const findings = [...presentPieces(facts, 'short'), ...deniedPieces(facts, 'short')];
  const chronic =
    facts.pain?.chronic === true && facts.duration !== undefined ? [{ text: `for ${facts.duration.short}` }] : [];
  for (const part of ktasLine(record)) {
    note.write(part.text, FIELD_KEYS[part.field]);
    const extra = part.field === 'complaint' ? [...chronic, ...findings] : [];
    if (extra.length > 0) note.write(', ').list(extra);
  }
  const glucose = vitals.glucose;
  if (glucose !== undefined) note.write(' ').write(`glucose ${glucose.shown} ${glucose.unit}`, 'glucose');
}

function titleCase(text: string): string {
  return text.replaceAll(/\b[a-z]{3,}/g, capitalised);
}
