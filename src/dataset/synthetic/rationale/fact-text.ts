import type { AssessedFinding } from '../acuity/finding.ts';
import { type FactKey, isSignKey, type StatedSign } from '../facts.ts';
import type { NoteKey } from '../render/note-builder.ts';
import type { EarlierVital, MistypedVital, ToldFacts, VitalKey } from '../render/told-facts.ts';
import { valueText } from '../render/value-text.ts';

/** Inside a quotation it would read as the end of the sentence. */
const FULL_STOP = /[.?!](\s|$)/;

/** What a writer of a rationale has before the eyes: the facts and the words of the note. */
export interface Teller {
  readonly facts: ToldFacts;
  readonly plain: ReadonlyMap<NoteKey, string>;
}

const ABBREVIATED: Readonly<Partial<Record<FactKey, string>>> = {
  saturation: 'SpO2',
  'blood-pressure': 'BP',
  'heart-rate': 'HR',
  'respiratory-rate': 'RR',
};

function vitalName(key: VitalKey): string {
  return ABBREVIATED[key] ?? key;
}

const ALERTNESS = {
  alert: 'alert',
  voice: 'responds only to voice',
  pain: 'responds only to pain',
  unresponsive: 'unresponsive',
} as const;

/** The stated facts a finding rests on, with the numbers as the note shows them. The age is left to the judgement. */
export function evidenceText(teller: Teller, finding: AssessedFinding): string[] {
  return finding.evidence.filter((key) => key !== 'age').map((key) => factText(teller, key));
}

function factText(teller: Teller, key: Exclude<FactKey, 'age'>): string {
  const { facts } = teller;
  if (key === 'complaint') return complaintText(teller);
  if (isSignKey(key)) {
    const stated = facts.signs.find(({ id }) => `sign:${id}` === key);
    return stated === undefined ? key : signText(teller, stated);
  }
  const { consciousness } = facts.vitals;
  if (key === 'consciousness' && consciousness !== undefined && 'alertness' in consciousness) {
    return ALERTNESS[consciousness.alertness];
  }
  if (key === 'pain' && facts.pain?.score === 0) return 'no pain';
  const value = valueText(facts, key) ?? '';
  if (key === 'consciousness') return `GCS ${value}`;
  return `${vitalName(key)} ${value}${key === 'saturation' && /\d/.test(value) ? '%' : ''}`;
}

/** The complaint in the words of the note, or by its own name where the note leaves it out. */
function complaintText({ facts, plain }: Teller): string {
  const written = plain.get('complaint');
  if (written === undefined || written === '') return facts.complaint.name;
  const { full, short } = facts.wording;
  // A sentence of the note may begin with it, and then with a large letter.
  const quoted = [full, short, facts.lay].find((form) => form.toLowerCase() === written.toLowerCase()) ?? written;
  return [quoted, full, facts.complaint.name].find((form) => !FULL_STOP.test(form)) ?? quoted;
}

/** A finding in the form in which the note writes it: a reader finds it there, and a model that quotes invents less. */
export function signText({ plain }: Teller, { id, full, short }: StatedSign): string {
  if (FULL_STOP.test(short)) return full;
  return plain.get(`sign:${id}`)?.toLowerCase() === short.toLowerCase() ? short : full;
}

/** "BP 12/8", as the note shows it. */
export function valueName({ key, shown }: MistypedVital | EarlierVital): string {
  return `${vitalName(key)} ${shown}${key === 'saturation' ? '%' : ''}`;
}

/** "a, b and c". */
export function joined(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
