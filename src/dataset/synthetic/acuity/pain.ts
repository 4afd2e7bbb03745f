import type { Level } from '../../labels.ts';
import type { AssessedFinding, Rule } from './finding.ts';

type Severity = 'severe' | 'moderate' | 'mild';

/** CTAS: level by severity, then [central acute, central chronic, peripheral acute, peripheral chronic]. */
export const PAIN_LEVELS: Readonly<Record<Severity, readonly [Level, Level, Level, Level]>> = {
  severe: [2, 3, 3, 4],
  moderate: [3, 4, 4, 5],
  mild: [4, 5, 5, 5],
};

/** CTAS: 8-10 severe, 4-7 moderate, 1-3 mild. */
export function painSeverity(score: number): Severity {
  return score >= 8 ? 'severe' : score >= 4 ? 'moderate' : 'mild';
}

export const painRule: Rule = ({ pain, complaint }) => {
  if (pain === undefined) return [];
  const place = complaint.pain ?? 'peripheral';
  const severity = painSeverity(pain.score);
  const column = (place === 'central' ? 0 : 2) + (pain.chronic ? 1 : 0);
  const finding: AssessedFinding = {
    aspect: 'pain',
    level: pain.score === 0 ? 5 : (PAIN_LEVELS[severity][column] ?? 5),
    evidence: ['pain'],
    judgement: pain.score === 0 ? 'no pain' : `${severity} ${pain.chronic ? 'chronic' : 'acute'} ${place} pain`,
    source: 'ctasAdult2008',
  };
  return [finding];
};
