import type { Level } from '../../labels.ts';
import type { FactKey, KnownFacts, StatedVitals } from '../facts.ts';
import { assessAcuity } from './acuity.ts';

/** One fact that, put otherwise, would have given another level. */
export interface Change {
  readonly key: FactKey;
  /** The level that would then hold. */
  readonly level: Level;
  /** The nearest value that would do it; absent for a finding that would be there or not. */
  readonly value?: number;
  /** For a finding: whether it would have to be there. */
  readonly present?: boolean;
}

type Measured = 'saturation' | 'respiratoryRate' | 'heartRate' | 'systolic' | 'celsius' | 'gcs' | 'pain';

interface Scale {
  readonly key: FactKey;
  readonly step: number;
  /** How many steps are tried to either side: what could still be called nearly the same patient. */
  readonly reach: number;
  readonly range: readonly [number, number];
  read(facts: KnownFacts): number | undefined;
  write(facts: KnownFacts, value: number): KnownFacts;
}

const withVitals = (facts: KnownFacts, vitals: Partial<StatedVitals>): KnownFacts => ({
  ...facts,
  vitals: { ...facts.vitals, ...vitals },
});

const SCALES: Readonly<Record<Measured, Scale>> = {
  gcs: {
    key: 'consciousness',
    step: 1,
    reach: 12,
    range: [3, 15],
    read: ({ vitals: { consciousness } }) =>
      consciousness !== undefined && 'gcs' in consciousness ? consciousness.gcs : undefined,
    write: (facts, gcs) => withVitals(facts, { consciousness: { gcs } }),
  },
  saturation: {
    key: 'saturation',
    step: 1,
    reach: 12,
    range: [60, 100],
    read: ({ vitals }) => vitals.saturation,
    write: (facts, saturation) => withVitals(facts, { saturation }),
  },
  respiratoryRate: {
    key: 'respiratory-rate',
    step: 1,
    reach: 14,
    range: [4, 90],
    read: ({ vitals }) => vitals.respiratoryRate,
    write: (facts, respiratoryRate) => withVitals(facts, { respiratoryRate }),
  },
  heartRate: {
    key: 'heart-rate',
    step: 1,
    reach: 50,
    range: [20, 240],
    read: ({ vitals }) => vitals.heartRate,
    write: (facts, heartRate) => withVitals(facts, { heartRate }),
  },
  systolic: {
    key: 'blood-pressure',
    step: 1,
    reach: 50,
    range: [40, 260],
    read: ({ vitals }) => vitals.bloodPressure?.systolic,
    write: (facts, systolic) =>
      withVitals(facts, { bloodPressure: { systolic, diastolic: facts.vitals.bloodPressure?.diastolic ?? 70 } }),
  },
  celsius: {
    key: 'temperature',
    step: 0.1,
    reach: 25,
    range: [26, 42],
    read: ({ vitals }) => vitals.temperature?.value,
    write: (facts, value) => withVitals(facts, { temperature: { value, shown: value.toFixed(1), unit: 'C' } }),
  },
  pain: {
    key: 'pain',
    step: 1,
    reach: 10,
    range: [0, 10],
    read: ({ pain }) => pain?.score,
    write: (facts, score) => ({ ...facts, pain: { score, chronic: facts.pain?.chronic ?? false } }),
  },
};

/**
 * What would have changed the level: for each measured value the nearest one that gives a more urgent level and the nearest
 * that gives a less urgent one, and each stated finding that would if it were the other way round. The most urgent changes
 * come first. It assesses anew for each value tried, so it is for explaining one patient, not for drawing thousands.
 */
export function whatWouldChange(facts: KnownFacts): readonly Change[] {
  const { level } = assessAcuity(facts);
  const changes = [
    ...Object.values(SCALES).flatMap((scale) => nearestChanges(scale, facts, level)),
    ...facts.signs.flatMap(({ id, present }, index): Change[] => {
      const signs = facts.signs.map((stated, other) => (other === index ? { ...stated, present: !present } : stated));
      const changed = assessAcuity({ ...facts, signs }).level;
      return changed === level ? [] : [{ key: `sign:${id}`, level: changed, present: !present }];
    }),
  ];
  return changes.toSorted((a, b) => a.level - b.level);
}

function nearestChanges(scale: Scale, facts: KnownFacts, level: Level): Change[] {
  const value = scale.read(facts);
  if (value === undefined) return [];
  const nearest = new Map<'more' | 'less', Change>();
  for (let steps = 1; steps <= scale.reach; steps++) {
    for (const direction of [-1, 1]) {
      const tried = Math.round((value + direction * steps * scale.step) * 10) / 10;
      if (tried < scale.range[0] || tried > scale.range[1]) continue;
      const changed = assessAcuity(scale.write(facts, tried)).level;
      const kind = changed < level ? 'more' : 'less';
      if (changed !== level && !nearest.has(kind)) nearest.set(kind, { key: scale.key, level: changed, value: tried });
    }
  }
  return [...nearest.values()];
}
