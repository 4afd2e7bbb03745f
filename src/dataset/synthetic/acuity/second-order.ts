import type { AssessedFinding, Rule } from './finding.ts';

/** The level of the complaint by itself, or the one at which a reassuring finding settles it. */
export const complaintRule: Rule = ({ complaint, signs }) => {
  const settling = signs.find((stated) => stated.present && stated.sign.settles !== undefined);
  const finding: AssessedFinding = {
    aspect: 'complaint',
    level: settling?.sign.settles ?? complaint.baseline,
    evidence: settling === undefined ? ['complaint'] : ['complaint', `sign:${settling.id}`],
    judgement: settling === undefined ? `${complaint.name} alone` : `${complaint.name}, ${settling.sign.meaning}`,
    source: 'ctasManual',
  };
  return [finding];
};

/** Second-order modifiers: the complaint's own discriminating findings and the general signs that carry a level. */
export const signRule: Rule = ({ signs }) =>
  signs.flatMap(({ id, sign, present }) => {
    if (!present || sign.level === undefined || sign.kind === 'perfusion') return [];
    const finding: AssessedFinding = {
      aspect: 'complaint',
      level: sign.level,
      evidence: [`sign:${id}`],
      judgement: sign.meaning,
      source: 'ctasManual',
    };
    return [finding];
  });

/** CTAS, bleeding disorder: a bleed or injury that may be major is level 2, a minor one level 3. */
export const bleedingDisorderRule: Rule = ({ complaint, signs }) => {
  const disorder = signs.find((stated) => stated.present && stated.sign.kind === 'bleeding-disorder');
  if (disorder === undefined || complaint.bleeding === undefined) return [];
  const finding: AssessedFinding = {
    aspect: 'injury',
    level: complaint.bleeding === 'major' ? 2 : 3,
    evidence: [`sign:${disorder.id}`, 'complaint'],
    judgement: 'bleeding risk',
    source: 'ctasAdult2008',
  };
  return [finding];
};
