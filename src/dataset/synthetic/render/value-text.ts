import type { KnownFacts } from '../facts.ts';
import { numberInWords } from './number-words.ts';
import type { ToldFacts, VitalKey } from './told-facts.ts';

/** The digits of a stated value; nothing where it is not stated or, as with AVPU, is no number. */
export function digitsOf({ vitals, pain }: KnownFacts, key: VitalKey): string | undefined {
  const text = (value: number | undefined) => (value === undefined ? undefined : String(value));
  switch (key) {
    case 'saturation':
      return text(vitals.saturation);
    case 'respiratory-rate':
      return text(vitals.respiratoryRate);
    case 'heart-rate':
      return text(vitals.heartRate);
    case 'blood-pressure':
      return vitals.bloodPressure && `${vitals.bloodPressure.systolic}/${vitals.bloodPressure.diastolic}`;
    case 'temperature':
      return vitals.temperature?.shown;
    case 'glucose':
      return vitals.glucose?.shown;
    case 'pain':
      return text(pain?.score);
    case 'consciousness':
      return vitals.consciousness && 'gcs' in vitals.consciousness ? String(vitals.consciousness.gcs) : undefined;
  }
}

/** A stated value as the note writes it, in digits or in words: what a rationale has to repeat. */
export function valueText(facts: ToldFacts, key: VitalKey): string | undefined {
  const digits = digitsOf(facts, key);
  if (digits === undefined || !facts.background.inWords.has(key)) return digits;
  return digits.split('/').map(numberInWords).join(' over ');
}
