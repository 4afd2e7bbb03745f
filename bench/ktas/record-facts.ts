import type { Alertness, StatedVitals } from '../../src/dataset/synthetic/facts.ts';

/** What one line of a triage record states. */
export interface RecordFacts {
  readonly years?: number;
  readonly sex: 'female' | 'male';
  readonly injury: boolean;
  readonly complaint: string;
  readonly vitals: StatedVitals;
  /** 0 to 10; 'some' where pain is recorded without a score. */
  readonly pain?: number | 'some';
}

const ALERTNESS: Readonly<Record<string, Alertness>> = {
  Alert: 'alert',
  'Responds to voice': 'voice',
  'Responds to pain': 'pain',
  Unresponsive: 'unresponsive',
};

const LINE =
  /^(\d+)?([FM])((?:, [^.]*)?)\.(?: CC: (.*?)\.?)??(?: (Alert|Responds to voice|Responds to pain|Unresponsive)\.)?(?: (NRS \d+|Pain|No pain)\.)?((?: (?:BP|HR|RR|BT|SpO2) \S+)*)$/;

/** Reads the line that the reader of KTAS records writes: only what was known at triage can stand in it. */
export function recordFacts(line: string): RecordFacts {
  const match = LINE.exec(line);
  if (match === null) throw new RangeError(`not the line of a triage record: ${line}`);
  const [, age, sex, rest = '', complaint = '', mental, pain, measured = ''] = match;
  const number = (name: string) => {
    const text = new RegExp(` ${name} ([\\d.]+)`).exec(measured)?.[1];
    return text === undefined ? undefined : Number(text);
  };
  const pressure = /BP (\d+)\/(\d+)/.exec(measured);
  const alertness = mental === undefined ? undefined : ALERTNESS[mental];
  const temperature = number('BT');
  const [heartRate, respiratoryRate, saturation] = [number('HR'), number('RR'), number('SpO2')];
  return {
    ...(age === undefined ? {} : { years: Number(age) }),
    sex: sex === 'F' ? 'female' : 'male',
    injury: rest.includes('injury'),
    complaint,
    vitals: {
      ...(alertness === undefined ? {} : { consciousness: { alertness } }),
      ...(pressure === null
        ? {}
        : { bloodPressure: { systolic: Number(pressure[1]), diastolic: Number(pressure[2]) } }),
      ...(heartRate === undefined ? {} : { heartRate }),
      ...(respiratoryRate === undefined ? {} : { respiratoryRate }),
      ...(saturation === undefined ? {} : { saturation }),
      ...(temperature === undefined
        ? {}
        : { temperature: { value: temperature, shown: String(temperature), unit: 'C' } }),
    },
    ...(pain === undefined ? {} : { pain: painOf(pain) }),
  };
}

function painOf(text: string): number | 'some' {
  if (text === 'Pain') return 'some';
  return text === 'No pain' ? 0 : Number(text.slice(4));
}
