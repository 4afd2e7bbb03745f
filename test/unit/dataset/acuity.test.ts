import { describe, expect, it } from 'vitest';
import { assessAcuity } from '../../../src/dataset/synthetic/acuity/acuity.ts';
import { whatWouldChange } from '../../../src/dataset/synthetic/acuity/what-would-change.ts';
import type { Complaint, Sign } from '../../../src/dataset/synthetic/complaint.ts';
import { COMPLAINTS, GENERAL_SIGNS } from '../../../src/dataset/synthetic/conditions/index.ts';
import type { KnownFacts, StatedSign, StatedVitals } from '../../../src/dataset/synthetic/facts.ts';

const minor: Complaint = {
  id: 'minor',
  system: 'general',
  name: 'minor complaint',
  wordings: ['minor complaint'],
  lay: ['something minor'],
  age: [0, 100],
  baseline: 5,
  conditions: [],
};

const temperature = (value: number) => ({ temperature: { value, shown: String(value), unit: 'C' } });
const glucose = (value: number) => ({ glucose: { value, shown: String(value), unit: 'mmol/L' } });
const pressure = (systolic: number, diastolic = 70) => ({ bloodPressure: { systolic, diastolic } });

function stated(id: string, sign: Sign | undefined = GENERAL_SIGNS[id], present = true): StatedSign {
  if (sign === undefined) throw new RangeError(`no sign ${id}`);
  return { id, sign, present, full: id, short: id };
}

function levelOf(vitals: StatedVitals, more: Partial<KnownFacts> = {}): number {
  return assessAcuity({ complaint: minor, ageYears: 40, signs: [], vitals, ...more }).level;
}

describe('first-order modifiers of adults', () => {
  it.each<[string, StatedVitals, number]>([
    // CTAS: SpO2 < 90 % severe, < 92 % moderate, 92-94 % mild.
    ['SpO2 89', { saturation: 89 }, 1],
    ['SpO2 90', { saturation: 90 }, 2],
    ['SpO2 91', { saturation: 91 }, 2],
    ['SpO2 92', { saturation: 92 }, 3],
    ['SpO2 94', { saturation: 94 }, 3],
    ['SpO2 95', { saturation: 95 }, 5],
    // CTAS: GCS 3-9 unconscious, 10-13 altered, 14-15 other modifiers.
    ['GCS 9', { consciousness: { gcs: 9 } }, 1],
    ['GCS 10', { consciousness: { gcs: 10 } }, 2],
    ['GCS 13', { consciousness: { gcs: 13 } }, 2],
    ['GCS 14', { consciousness: { gcs: 14 } }, 5],
    ['AVPU P', { consciousness: { alertness: 'pain' } }, 1],
    ['AVPU V', { consciousness: { alertness: 'voice' } }, 2],
    ['AVPU A', { consciousness: { alertness: 'alert' } }, 5],
    // NEWS2: 3 points emergent, 2 points urgent.
    ['RR 8', { respiratoryRate: 8 }, 2],
    ['RR 9', { respiratoryRate: 9 }, 5],
    ['RR 20', { respiratoryRate: 20 }, 5],
    ['RR 21', { respiratoryRate: 21 }, 3],
    ['RR 24', { respiratoryRate: 24 }, 3],
    ['RR 25', { respiratoryRate: 25 }, 2],
    ['HR 40', { heartRate: 40 }, 2],
    ['HR 41', { heartRate: 41 }, 5],
    ['HR 110', { heartRate: 110 }, 5],
    ['HR 111', { heartRate: 111 }, 3],
    ['HR 130', { heartRate: 130 }, 3],
    ['HR 149', { heartRate: 149 }, 3],
    ['HR 150', { heartRate: 150 }, 2],
    ['SBP 70', pressure(70), 1],
    ['SBP 90', pressure(90), 2],
    ['SBP 91', pressure(91), 3],
    ['SBP 100', pressure(100), 3],
    ['SBP 101', pressure(101), 5],
    // CTAS, hypertension without related symptoms: 200-220 or 110-130 is 4, above is 3.
    ['BP 199/109', pressure(199, 109), 5],
    ['BP 200/100', pressure(200, 100), 4],
    ['BP 180/110', pressure(180, 110), 4],
    ['BP 221/100', pressure(221, 100), 3],
    ['BP 180/131', pressure(180, 131), 3],
    // CTAS: three SIRS criteria 2, two 3, fever alone 4.
    ['37.9 °C', temperature(37.9), 5],
    ['38.0 °C', temperature(38), 4],
    ['38.0 °C and HR 91', { ...temperature(38), heartRate: 91 }, 3],
    ['38.0 °C and HR 90', { ...temperature(38), heartRate: 90 }, 4],
    ['38.0 °C, HR 91, RR 21', { ...temperature(38), heartRate: 91, respiratoryRate: 21 }, 2],
    // Swiss staging of hypothermia.
    ['27.9 °C', temperature(27.9), 1],
    ['31.9 °C', temperature(31.9), 2],
    ['34.9 °C', temperature(34.9), 3],
    ['35.0 °C', temperature(35), 5],
    // CTAS: glucose below 3 or above 18 mmol/L without symptoms.
    ['glucose 2.9', glucose(2.9), 3],
    ['glucose 3.0', glucose(3), 5],
    ['glucose 18.0', glucose(18), 5],
    ['glucose 18.1', glucose(18.1), 3],
    ['glucose 2.9 and GCS 14', { ...glucose(2.9), consciousness: { gcs: 14 } }, 2],
  ])('%s', (_, vitals, level) => {
    expect(levelOf(vitals)).toBe(level);
  });

  it('hypertension counts for more with a complaint that it may cause', () => {
    const complaint = { ...minor, pressureMatters: true as const };
    expect(levelOf(pressure(205, 90), { complaint })).toBe(3);
    expect(levelOf(pressure(225, 90), { complaint })).toBe(2);
  });

  it('poor perfusion is emergent alone, and shock with hypotension, tachycardia or a reduced consciousness', () => {
    const signs = [stated('poor-perfusion')];
    expect(levelOf({}, { signs })).toBe(2);
    expect(levelOf(pressure(88), { signs })).toBe(1);
    expect(levelOf({ heartRate: 131 }, { signs })).toBe(1);
    expect(levelOf({ consciousness: { gcs: 13 } }, { signs })).toBe(1);
    expect(levelOf({ ...pressure(88), heartRate: 131 })).toBe(1);
    expect(levelOf({}, { signs: [stated('poor-perfusion', undefined, false)] })).toBe(5);
  });

  it('a fever is emergent when immunocompromised, urgent when unwell', () => {
    expect(levelOf(temperature(38.2), { signs: [stated('immunocompromised')] })).toBe(2);
    expect(levelOf(temperature(38.2), { signs: [stated('unwell')] })).toBe(3);
    expect(levelOf(temperature(37), { signs: [stated('immunocompromised')] })).toBe(5);
  });

  it('a bleeding disorder raises a bleed, and nothing else', () => {
    const signs = [stated('anticoagulated')];
    expect(levelOf({}, { signs, complaint: { ...minor, bleeding: 'major' } })).toBe(2);
    expect(levelOf({}, { signs, complaint: { ...minor, bleeding: 'minor' } })).toBe(3);
    expect(levelOf({}, { signs })).toBe(5);
  });
});

describe('pain by severity, place and course', () => {
  it.each<[number, 'central' | 'peripheral', boolean, number]>([
    [8, 'central', false, 2],
    [8, 'central', true, 3],
    [8, 'peripheral', false, 3],
    [8, 'peripheral', true, 4],
    [7, 'central', false, 3],
    [4, 'central', true, 4],
    [4, 'peripheral', false, 4],
    [4, 'peripheral', true, 5],
    [3, 'central', false, 4],
    [3, 'central', true, 5],
    [3, 'peripheral', false, 5],
    [0, 'central', false, 5],
  ])('score %i, %s, chronic %s', (score, place, chronic, level) => {
    expect(levelOf({}, { complaint: { ...minor, pain: place }, pain: { score, chronic } })).toBe(level);
  });
});

describe('modifiers of children', () => {
  it.each<[string, number, StatedVitals, number]>([
    // PaedCTAS heart rate: normal 80-140 at 6-12 months, 75-130 at 1-3 years, 70-110 at 6, 60-90 at 10.
    ['HR 140 at 8 months', 8 / 12, { heartRate: 140 }, 5],
    ['HR 141 at 8 months', 8 / 12, { heartRate: 141 }, 3],
    ['HR 161 at 8 months', 8 / 12, { heartRate: 161 }, 2],
    ['HR 130 at 2 years', 2, { heartRate: 130 }, 5],
    ['HR 131 at 2 years', 2, { heartRate: 131 }, 3],
    ['HR 146 at 2 years', 2, { heartRate: 146 }, 2],
    ['HR 57 at 2 years', 2, { heartRate: 57 }, 2],
    ['HR 110 at 6 years', 6, { heartRate: 110 }, 5],
    ['HR 111 at 6 years', 6, { heartRate: 111 }, 3],
    ['HR 126 at 6 years', 6, { heartRate: 126 }, 2],
    ['HR 106 at 10 years', 10, { heartRate: 106 }, 2],
    ['HR 106 at 12 years', 12, { heartRate: 106 }, 5],
    // PaedCTAS breathing rate: normal 30-60 under 6 months, 20-30 at 1-3 years.
    ['RR 60 at 2 months', 2 / 12, { respiratoryRate: 60 }, 5],
    ['RR 61 at 2 months', 2 / 12, { respiratoryRate: 61 }, 3],
    ['RR 81 at 2 months', 2 / 12, { respiratoryRate: 81 }, 1],
    ['RR 31 at 2 years', 2, { respiratoryRate: 31 }, 3],
    ['RR 36 at 2 years', 2, { respiratoryRate: 36 }, 2],
    ['RR 41 at 2 years', 2, { respiratoryRate: 41 }, 1],
    ['RR 9 at 2 years', 2, { respiratoryRate: 9 }, 1],
    // PALS: hypotension under 70 + 2 x age.
    ['SBP 79 at 5 years', 5, pressure(79), 2],
    ['SBP 80 at 5 years', 5, pressure(80), 5],
    // PaedCTAS: fever under 3 months 2, under 3 years 3, later by appearance.
    ['38.0 °C at 2 months', 2 / 12, temperature(38), 2],
    ['35.9 °C at 2 months', 2 / 12, temperature(35.9), 2],
    ['38.0 °C at 3 months', 3 / 12, temperature(38), 3],
    ['39.5 °C at 2 years', 2, temperature(39.5), 3],
    ['39.5 °C at 5 years', 5, temperature(39.5), 4],
  ])('%s', (_, ageYears, vitals, level) => {
    expect(levelOf(vitals, { ageYears })).toBe(level);
  });
});

describe('the decision', () => {
  it('takes the most urgent of all findings and lists what decided, the weightiest first', () => {
    const cardiac: Sign = { level: 2, meaning: 'possible cardiac cause', says: ['sweating'] };
    const assessment = assessAcuity({
      complaint: { ...minor, pain: 'central' },
      signs: [stated('cardiac', cardiac)],
      vitals: { saturation: 91, ...pressure(124), heartRate: 84 },
      pain: { score: 9, chronic: false },
    });
    expect(assessment.level).toBe(2);
    expect(assessment.deciding.map((finding) => finding.evidence[0])).toEqual(['saturation', 'sign:cardiac', 'pain']);
  });

  it('lets a reassuring finding settle the complaint, but never a vital sign', () => {
    const complaint: Complaint = { ...minor, baseline: 4 };
    const superficial: Sign = { settles: 5, meaning: 'superficial', says: ['superficial'] };
    const signs = [stated('superficial', superficial)];
    expect(levelOf({}, { complaint })).toBe(4);
    expect(levelOf({}, { complaint, signs })).toBe(5);
    expect(levelOf({ saturation: 88 }, { complaint, signs })).toBe(1);
  });
});

describe('vital signs as they relate to the complaint', () => {
  const local = { ...minor, system: 'skin' as const };

  it('count at the ends of normal with a complaint of the whole body only', () => {
    for (const vitals of [{ heartRate: 115 }, { respiratoryRate: 22 }, pressure(95)]) {
      expect(levelOf(vitals)).toBe(3);
      expect(levelOf(vitals, { complaint: local })).toBe(5);
    }
  });

  it('count whatever the complaint once they are emergent by themselves, and in children', () => {
    for (const vitals of [{ heartRate: 150 }, { respiratoryRate: 25 }, pressure(90), { saturation: 91 }]) {
      expect(levelOf(vitals, { complaint: local })).toBe(2);
    }
    expect(levelOf({ heartRate: 130 }, { complaint: local })).toBe(5);
    expect(levelOf({ heartRate: 131 }, { complaint: local })).toBe(3);
    expect(levelOf({ heartRate: 135 }, { complaint: local, ageYears: 2 })).toBe(3);
    // A shock index above one is not put down to chance: hives may be the beginning of anaphylaxis.
    expect(levelOf({ heartRate: 122, ...pressure(95) }, { complaint: local })).toBe(3);
    expect(levelOf({ heartRate: 105, ...pressure(95) }, { complaint: local })).toBe(5);
  });
});

describe('AVPU beside the other vital signs', () => {
  const pain = { consciousness: { alertness: 'pain' as const } };

  it('takes a response to pain for unconsciousness unless breathing and circulation were measured and hold', () => {
    const stable = { ...pressure(120), respiratoryRate: 16, heartRate: 80 };
    expect(levelOf(pain)).toBe(1);
    expect(levelOf({ ...pain, ...stable })).toBe(2);
    expect(levelOf({ ...pain, ...stable, respiratoryRate: 28 })).toBe(1);
    expect(levelOf({ ...pain, ...stable, saturation: 90 })).toBe(1);
    expect(levelOf({ ...pain, ...stable }, { ageYears: 4 })).toBe(1);
    // An injured patient may bleed inside the skull, however good the pressure.
    expect(levelOf({ ...pain, ...stable }, { complaint: { ...minor, system: 'trauma' } })).toBe(1);
  });

  it('asks for a change: a drowsy patient whose visit is planned, or whose knee has hurt for days, has usually none', () => {
    const voice = { consciousness: { alertness: 'voice' as const } };
    expect(levelOf(voice)).toBe(2);
    expect(levelOf(voice, { complaint: { ...minor, system: 'administrative' } })).toBe(4);
    expect(levelOf(voice, { complaint: { ...minor, system: 'orthopaedic', duration: 'hours' } })).toBe(2);
  });
});

describe('the complaint by age, pain and frailty', () => {
  const complaint = (id: string) => {
    const found = COMPLAINTS.find((candidate) => candidate.id === id);
    if (found === undefined) throw new RangeError(`no complaint ${id}`);
    return found;
  };

  it.each<[string, number, number]>([
    ['chest-pain', 29, 3],
    ['chest-pain', 30, 2],
    ['syncope', 49, 4],
    ['syncope', 50, 3],
    ['abdominal-pain', 79, 4],
    ['abdominal-pain', 80, 3],
    ['headache', 64, 4],
    ['headache', 65, 3],
  ])('%s at %i is level %i by itself', (id, ageYears, level) => {
    expect(levelOf({}, { complaint: complaint(id), ageYears })).toBe(level);
  });

  it('an injury with little pain is minor, and one without a stated pain is not', () => {
    expect(levelOf({}, { complaint: complaint('limb-injury') })).toBe(4);
    expect(levelOf({}, { complaint: complaint('limb-injury'), pain: { score: 2, chronic: false } })).toBe(5);
  });

  it('the frail and those over eighty do not wait, save for something local', () => {
    expect(levelOf({}, { ageYears: 80 })).toBe(5);
    expect(levelOf({}, { ageYears: 81 })).toBe(3);
    expect(levelOf({}, { signs: [stated('frail')] })).toBe(3);
    expect(levelOf({}, { ageYears: 90, complaint: { ...minor, system: 'skin' } })).toBe(5);
  });
});

describe('what would have changed the level', () => {
  it('names the nearest value to either side and each finding that would', () => {
    const changes = whatWouldChange({
      complaint: minor,
      ageYears: 40,
      signs: [],
      vitals: { saturation: 93, heartRate: 80 },
    });
    expect(changes).toContainEqual({ key: 'saturation', level: 2, value: 91 });
    expect(changes).toContainEqual({ key: 'saturation', level: 5, value: 95 });
    expect(changes).toContainEqual({ key: 'heart-rate', level: 2, value: 40 });
    const denied = whatWouldChange({ complaint: minor, vitals: {}, signs: [stated('confusion', undefined, false)] });
    expect(denied).toContainEqual({ key: 'sign:confusion', level: 2, present: true });
  });
});

describe('the knowledge', () => {
  it('names only signs that exist, and each can be said', () => {
    for (const complaint of COMPLAINTS) {
      for (const condition of complaint.conditions) {
        for (const id of Object.keys(condition.signs ?? {})) {
          expect(complaint.signs?.[id] ?? GENERAL_SIGNS[id], `${complaint.id}: ${id}`).toBeDefined();
        }
      }
      for (const [id, sign] of Object.entries(complaint.signs ?? {})) {
        expect(sign.says.length, `${complaint.id}: ${id}`).toBeGreaterThan(0);
        if (sign.settles !== undefined) expect(sign.settles).toBeGreaterThan(complaint.baseline);
      }
    }
  });

  it('tells as past illness nothing that the rules count', () => {
    const counts =
      /warfarin|apixaban|rivaroxaban|dabigatran|edoxaban|anticoag|\bOAC\b|thinner|haemophilia|hemophilia|chemo|neutropen|transplant|\btx on\b|steroid|pred\b|immunosupp|no spleen|splenectomy/i;
    const told = COMPLAINTS.flatMap(({ conditions }) => conditions.flatMap(({ history = [] }) => history));
    expect(told.filter((history) => counts.test(history))).toEqual([]);
  });

  it('covers at least 120 complaints, each with a name of its own', () => {
    expect(COMPLAINTS.length).toBeGreaterThanOrEqual(120);
    expect(new Set(COMPLAINTS.map((complaint) => complaint.id)).size).toBe(COMPLAINTS.length);
  });

  it('shortens a finding without changing its numbers', () => {
    const numbers = (text: string) => text.match(/\{\d+-\d+\}|\d+/g) ?? [];
    const all = [
      ...COMPLAINTS.flatMap((complaint) => Object.values(complaint.signs ?? {})),
      ...Object.values(GENERAL_SIGNS),
    ];
    for (const template of all.flatMap((sign) => [...sign.says, ...(sign.denies ?? [])])) {
      const [full = '', short] = template.split('|');
      if (short !== undefined) expect(numbers(short), template).toEqual(expect.arrayContaining(numbers(full)));
    }
  });
});
