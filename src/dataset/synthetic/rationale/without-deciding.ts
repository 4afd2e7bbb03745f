import { levelText } from '../../labels.ts';
import { type Assessment, assessAcuity } from '../acuity/acuity.ts';
import type { AssessedFinding } from '../acuity/finding.ts';
import type { FactKey, KnownFacts, StatedVitals } from '../facts.ts';
import type { ToldFacts } from '../render/told-facts.ts';
import { joined, type Teller } from './fact-text.ts';
import { findingName } from './sentences.ts';

/** What the level would be without the findings that decide it, where that can be asked: a presenting complaint stays. */
export function whatElse(teller: Teller, assessment: Assessment, deciding: readonly AssessedFinding[]): string[] {
  const keys = new Set(assessment.deciding.flatMap((finding) => finding.evidence));
  if (keys.has('complaint') || deciding.length > 2) return [];
  const { level } = assessAcuity(withoutFacts(teller.facts, keys));
  if (level <= assessment.level) return [];
  const names = joined(deciding.map((finding) => findingName(finding, teller.facts)));
  return [`Without ${names} it would be ${levelText(level)}.`];
}

const VITAL_FIELDS: Readonly<Partial<Record<FactKey, keyof StatedVitals>>> = {
  consciousness: 'consciousness',
  saturation: 'saturation',
  'respiratory-rate': 'respiratoryRate',
  'heart-rate': 'heartRate',
  'blood-pressure': 'bloodPressure',
  temperature: 'temperature',
  glucose: 'glucose',
};

function withoutFacts(facts: ToldFacts, keys: ReadonlySet<FactKey>): KnownFacts {
  const fields = new Set<string>([...keys].flatMap((key) => VITAL_FIELDS[key] ?? []));
  const { pain, ...rest } = facts;
  return {
    ...rest,
    ...(pain === undefined || keys.has('pain') ? {} : { pain }),
    vitals: Object.fromEntries(Object.entries(facts.vitals).filter(([field]) => !fields.has(field))),
    signs: facts.signs.filter(({ id }) => !keys.has(`sign:${id}`)),
  };
}
