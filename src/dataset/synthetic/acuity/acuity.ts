import type { Level } from '../../labels.ts';
import type { KnownFacts } from '../facts.ts';
import { respiratoryRateRule, saturationRule } from './breathing.ts';
import { bloodPressureRule, heartRateRule, perfusionRule } from './circulation.ts';
import { consciousnessRule } from './consciousness.ts';
import { ASSESSMENT_ORDER, type AssessedFinding, isRemarkable, type Rule } from './finding.ts';
import { glucoseRule } from './glucose.ts';
import { painRule } from './pain.ts';
import { bleedingDisorderRule, complaintRule, frailtyRule, signRule } from './second-order.ts';
import { feverRule, hypothermiaRule } from './temperature.ts';

/** First-order modifiers in the order of assessment, then the complaint's own. */
const RULES: readonly Rule[] = [
  consciousnessRule,
  saturationRule,
  respiratoryRateRule,
  perfusionRule,
  bloodPressureRule,
  heartRateRule,
  feverRule,
  hypothermiaRule,
  glucoseRule,
  bleedingDisorderRule,
  signRule,
  frailtyRule,
  complaintRule,
  painRule,
];

export interface Assessment {
  /** The most urgent level that any finding implies. */
  readonly level: Level;
  /** The findings that imply it, the weightiest first. */
  readonly deciding: readonly AssessedFinding[];
  /** Every finding, in the order of assessment; those that ask for nothing have level 5. */
  readonly findings: readonly AssessedFinding[];
}

/** Assigns the acuity of the known facts: each rule implies its level, and the most urgent one holds. */
export function assessAcuity(facts: KnownFacts): Assessment {
  const findings = RULES.flatMap((rule) => rule(facts));
  const level = Math.min(...findings.map((finding) => finding.level)) as Level;
  const deciding = findings
    .filter((finding) => finding.level === level && isRemarkable(finding))
    .toSorted((a, b) => weight(a) - weight(b));
  return { level, deciding, findings };
}

/** A specific finding outweighs the bare complaint; otherwise the order of assessment holds. */
function weight(finding: AssessedFinding): number {
  const bare = finding.evidence[0] === 'complaint' ? ASSESSMENT_ORDER.length : 0;
  return ASSESSMENT_ORDER.indexOf(finding.aspect) + bare;
}
