import { parse } from 'csv-parse';
import { UserError } from '../../common/index.ts';
import type { Example } from '../example.ts';
import { readSmallFile } from '../files/read-json.ts';
import { isLevel, levelText } from '../labels.ts';
import { ktasLine, type TriageRecord } from '../synthetic/render/ktas-line.ts';

/**
 * The columns that are known at triage, the only ones that a note is made of, and the experts' level. What the file knows
 * beyond that (the nurse's level, the diagnosis, the disposition, the length of stay, the duration, the error and its
 * cause) became known later and is never read.
 */
const COLUMNS = {
  group: 'Group',
  sex: 'Sex',
  age: 'Age',
  arrival: 'Arrival mode',
  injury: 'Injury',
  complaint: 'Chief_complain',
  mental: 'Mental',
  pain: 'Pain',
  score: 'NRS_pain',
  systolic: 'SBP',
  diastolic: 'DBP',
  heartRate: 'HR',
  respiratoryRate: 'RR',
  temperature: 'BT',
  saturation: 'Saturation',
  level: 'KTAS_expert',
} as const;

type Row = Readonly<Record<keyof typeof COLUMNS, string>>;

const ARRIVALS: Readonly<Record<string, string>> = {
  '1': 'walk-in',
  '2': 'by ambulance',
  '3': 'private car',
  '4': 'by private ambulance',
  '5': 'public transport or police',
  '6': 'wheelchair',
};

const MENTAL: Readonly<Record<string, string>> = {
  '1': 'Alert',
  '2': 'Responds to voice',
  '3': 'Responds to pain',
  '4': 'Unresponsive',
};

/**
 * Reads the KTAS triage records (Moon et al., PLoS ONE 2019, doi 10.1371/journal.pone.0216972): `;`-separated, in UTF-8 or
 * the single-byte encoding of the original. The note is one line of complaint and vital signs; the label is the experts'
 * level; there is no rationale. The id is the hospital and the row of the file.
 *
 * @throws UserError that names file, line and field.
 */
export async function* readKtas(path: string): AsyncGenerator<Example, void, undefined> {
  const rows = await parseRows(await readSmallFile(path), path);
  const header = rows[0] ?? [];
  const columns = columnIndices(header, path);
  for (const [index, cells] of rows.entries()) {
    if (index === 0) continue;
    const row = Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, (cells[column] ?? '').trim()]),
    ) as Row;
    const level = Number(row.level);
    if (!isLevel(level)) {
      throw new UserError(
        `${path}, line ${index + 1}, field "${COLUMNS.level}": must be a level from 1 to 5; give the file as published.`,
      );
    }
    yield {
      id: `ktas-${row.group}-${index}`,
      question: noteOf(row),
      label: levelText(level),
      rationale: '',
      note_source: 'ktas',
      level,
    };
  }
}

async function parseRows(bytes: Buffer, path: string): Promise<string[][]> {
  const options = { delimiter: ';', relax_column_count: true, relax_quotes: true, skip_empty_lines: true, bom: true };
  const rows: string[][] = [];
  try {
    for await (const row of parse(decode(bytes), options)) rows.push(row);
  } catch {
    throw new UserError(`${path}: is not the ;-separated KTAS file; give the file as published.`);
  }
  return rows;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

function columnIndices(header: readonly string[], path: string): Record<keyof typeof COLUMNS, number> {
  const names = header.map((name) => name.trim());
  const missing = Object.values(COLUMNS).find((name) => !names.includes(name));
  if (missing !== undefined) {
    throw new UserError(`${path}, line 1: has no column "${missing}"; give the ;-separated KTAS file as published.`);
  }
  return Object.fromEntries(Object.entries(COLUMNS).map(([key, name]) => [key, names.indexOf(name)])) as Record<
    keyof typeof COLUMNS,
    number
  >;
}

/** A number of the file, or nothing for `??`, `#BOÞ!` and an empty cell, which all mean that it was not recorded. */
function measured(cell: string): string {
  const value = cell.replace(',', '.');
  return /^\d+(\.\d+)?$/.test(value) ? value : '';
}

function noteOf(row: Row): string {
  const systolic = measured(row.systolic);
  const diastolic = measured(row.diastolic);
  const record: TriageRecord = {
    age: measured(row.age),
    sex: row.sex === '1' ? 'F' : 'M',
    arrival: ARRIVALS[row.arrival] ?? '',
    injury: row.injury === '2',
    complaint: legible(row.complaint),
    mental: MENTAL[row.mental] ?? '',
    pain: painOf(row),
    pressure: systolic === '' || diastolic === '' ? '' : `${systolic}/${diastolic}`,
    heartRate: measured(row.heartRate),
    respiratoryRate: measured(row.respiratoryRate),
    temperature: measured(row.temperature),
    saturation: measured(row.saturation),
  };
  return ktasLine(record)
    .map((part) => part.text)
    .join('')
    .replaceAll('..', '.');
}

/** Drops the words of a complaint whose Korean letters were lost and stand as question marks. */
function legible(complaint: string): string {
  return complaint
    .split(/\s+/)
    .filter((word) => !/^\?+$/.test(word))
    .join(' ');
}

function painOf({ pain, score }: Row): string {
  const value = measured(score);
  if (value !== '') return `NRS ${value}`;
  return pain === '1' ? 'Pain' : pain === '0' ? 'No pain' : '';
}
