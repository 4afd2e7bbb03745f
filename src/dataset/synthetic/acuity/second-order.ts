import type { Level } from '../../labels.ts';
import type { FactKey } from '../facts.ts';
import { type AssessedFinding, assumedAge, isLocal, type Rule } from './finding.ts';
import { painSeverity } from './pain.ts';
import type { Source } from './sources.ts';

/**
 * The level of the complaint by itself, or the one at which a reassuring finding settles it; else the one of the age, and
 * the one of a pain that is stated and mild.
 */
export const complaintRule: Rule = ({ complaint, signs, ageYears, pain }) => {
  const found = (level: Level, evidence: readonly FactKey[], judgement: string, source: Source = 'ctasManual') => [
    { aspect: 'complaint', level, evidence, judgement, source } satisfies AssessedFinding,
  ];
  const settling = signs.find((stated) => stated.present && stated.sign.settles !== undefined);
  if (settling !== undefined) {
    const level = settling.sign.settles ?? complaint.baseline;
    return found(level, ['complaint', `sign:${settling.id}`], `${complaint.name}, ${settling.sign.meaning}`);
  }
  const aged = complaint.byAge?.find(
    ({ years }) => ageYears !== undefined && ageYears >= years[0] && ageYears < years[1],
  );
  if (aged !== undefined) {
    return found(aged.level, ['complaint', 'age'], `${complaint.name} ${aged.meaning}`, aged.source);
  }
  if (complaint.mildPain !== undefined && pain !== undefined && painSeverity(pain.score) === 'mild') {
    return found(complaint.mildPain, ['complaint', 'pain'], `${complaint.name} with little pain`);
  }
  return found(complaint.baseline, ['complaint'], `${complaint.name} alone`);
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

/** Years: from here on CTAS takes a patient for frail unless obviously robust. */
const GREAT_AGE = 80;

/**
 * CTAS 2013, frailty: whoever depends on others for personal care, or is over eighty and not plainly robust, does not wait with
 * levels 4 and 5 for anything but a local or administrative complaint.
 */
export const frailtyRule: Rule = (facts) => {
  const { complaint, signs } = facts;
  if (isLocal(complaint) || complaint.system === 'trauma') return [];
  const frail = signs.find((stated) => stated.present && stated.sign.kind === 'frail');
  if (frail === undefined && assumedAge(facts) <= GREAT_AGE) return [];
  const finding: AssessedFinding = {
    aspect: 'complaint',
    level: 3,
    evidence: frail === undefined ? ['complaint', 'age'] : [`sign:${frail.id}`],
    judgement: frail === undefined ? `${complaint.name} at a great age` : 'frail patient',
    source: 'ctas2014',
  };
  return [finding];
};
