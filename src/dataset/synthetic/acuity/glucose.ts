import type { FactKey } from '../facts.ts';
import { GCS_OF_ALERTNESS } from './consciousness.ts';
import { ACCEPTABLE, type AssessedFinding, type Rule } from './finding.ts';

/** mmol/L; CTAS: below 3 is level 2 with symptoms, 3 without; above 18 likewise. */
export const LOW_GLUCOSE = 3;
export const HIGH_GLUCOSE = 18;
/** mmol/L; below is the alert value of hypoglycaemia, above is diabetic at any hour (American Diabetes Association). */
const NORMAL_GLUCOSE = { from: 3.9, to: 11 };

/** Signs that make a low or a high glucose symptomatic: those that are themselves at least urgent. */
export const glucoseRule: Rule = ({ vitals, signs }) => {
  const glucose = vitals.glucose;
  if (glucose === undefined) return [];
  const found = (level: AssessedFinding['level'], judgement: string, more: readonly FactKey[] = []) => [
    {
      aspect: 'glucose',
      level,
      evidence: ['glucose', ...more],
      judgement,
      source: 'ctasAdult2008',
    } satisfies AssessedFinding,
  ];
  const low = glucose.value < LOW_GLUCOSE;
  if (!low && glucose.value <= HIGH_GLUCOSE) {
    const { from, to } = NORMAL_GLUCOSE;
    return found(5, glucose.value < from || glucose.value > to ? ACCEPTABLE : 'normal');
  }
  const symptom = signs.find((stated) => stated.present && stated.sign.level !== undefined && stated.sign.level <= 3);
  const { consciousness } = vitals;
  const drowsy =
    consciousness !== undefined &&
    ('gcs' in consciousness ? consciousness.gcs : GCS_OF_ALERTNESS[consciousness.alertness]) < 15;
  const name = low ? 'hypoglycaemia' : 'hyperglycaemia';
  if (symptom !== undefined) return found(2, `${name} with symptoms`, [`sign:${symptom.id}`]);
  if (drowsy) return found(2, `${name} with altered consciousness`, ['consciousness']);
  return found(3, `${name} without symptoms`);
};
