/** The fields of a triage record that stand in one line. */
export interface TriageRecord {
  readonly age: string;
  readonly sex: 'F' | 'M';
  readonly arrival: string;
  readonly injury: boolean;
  readonly complaint: string;
  readonly mental: string;
  readonly pain: string;
  readonly pressure: string;
  readonly heartRate: string;
  readonly respiratoryRate: string;
  readonly temperature: string;
  readonly saturation: string;
}

/** A named part of the line, to which the caller may attach what it states. */
export interface RecordPart {
  readonly field: keyof TriageRecord | 'none';
  readonly text: string;
}

/**
 * A triage record as the one line that a nurse would write: "56F, private car, injury. CC: right forearm burn. Alert. NRS 2.
 * BP 137/75 HR 60 RR 20 BT 36.5". An empty field is left out.
 */
export function ktasLine(record: TriageRecord): RecordPart[] {
  const plain = (text: string): RecordPart => ({ field: 'none', text });
  const parts: RecordPart[] = [{ field: 'age', text: `${record.age}${record.sex}` }];
  if (record.arrival !== '') parts.push(plain(', '), { field: 'arrival', text: record.arrival });
  if (record.injury) parts.push(plain(', '), { field: 'injury', text: 'injury' });
  parts.push(plain('.'));
  if (record.complaint !== '') parts.push(plain(' CC: '), { field: 'complaint', text: record.complaint }, plain('.'));
  if (record.mental !== '') parts.push(plain(' '), { field: 'mental', text: record.mental }, plain('.'));
  if (record.pain !== '') parts.push(plain(' '), { field: 'pain', text: record.pain }, plain('.'));
  const vitals: RecordPart[] = [
    { field: 'pressure', text: record.pressure === '' ? '' : `BP ${record.pressure}` },
    { field: 'heartRate', text: record.heartRate === '' ? '' : `HR ${record.heartRate}` },
    { field: 'respiratoryRate', text: record.respiratoryRate === '' ? '' : `RR ${record.respiratoryRate}` },
    { field: 'temperature', text: record.temperature === '' ? '' : `BT ${record.temperature}` },
    { field: 'saturation', text: record.saturation === '' ? '' : `SpO2 ${record.saturation}%` },
  ];
  for (const vital of vitals) {
    if (vital.text !== '') parts.push(plain(' '), vital);
  }
  return parts;
}
