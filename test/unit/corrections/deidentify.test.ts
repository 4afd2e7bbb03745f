import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deidentify, type IdentifierKind } from '../../../src/corrections/index.ts';
import { generateSynthetic } from '../../../src/dataset/index.ts';

/** What comes out, and the kinds of which something was replaced. */
function cleaned(text: string): [string, ...IdentifierKind[]] {
  const { text: result, replaced } = deidentify(text);
  return [result, ...(Object.keys(replaced) as IdentifierKind[]).filter((kind) => replaced[kind] > 0)];
}

describe('de-identification replaces', () => {
  it.each([
    ['Mr Smith says', 'Mr [NAME] says'],
    ['Mr. John Q. Public-Jones arrived', 'Mr. [NAME] arrived'],
    ["seen by Dr O'Neill and Dr. Maria de la Cruz", 'seen by Dr [NAME] and Dr. [NAME]'],
    ["Mrs Smith's daughter", "Mrs [NAME]'s daughter"],
    ['Ms. McDonald, 54', 'Ms. [NAME], 54'],
    ['MRS SMITH C/O CHEST PAIN', 'MRS [NAME] C/O CHEST PAIN'],
    ['DR. JONES informed', 'DR. [NAME] informed'],
    ['mrs smith feels dizzy', 'mrs [NAME] feels dizzy'],
    ['Mr Smith Presents with', 'Mr [NAME] Presents with'],
    ['Mr Smith BP 120/80', 'Mr [NAME] BP 120/80'],
    ['Dr 김철수 was told', 'Dr [NAME] was told'],
    ['Miss Ångström', 'Miss [NAME]'],
    ['Nurse Jackie Peyton triaged', 'Nurse [NAME] triaged'],
    ['Professor van der Berg', 'Professor [NAME]'],
    ['Patient name: DOE, JANE\nDOB', 'Patient name: [NAME]\nDOB'],
    ['Name: Jane Doe DOB: see card', 'Name: [NAME] DOB: see card'],
    ['Next of kin: Peter Doe', 'Next of kin: [NAME]'],
  ])('names after a title or a label: %s', (text, expected) => {
    expect(cleaned(text)).toEqual([expected, 'name']);
  });

  it.each([
    ['seen 22/11/2026 at 14:30', 'seen [DATE] at 14:30'],
    ['11-22-26', '[DATE]'],
    ['22.11.2026.', '[DATE].'],
    ['2026-11-22T10:00:00Z', '[DATE]'],
    ['2026-11-22, 10:00', '[DATE], 10:00'],
    ['on 22 November 2026', 'on [DATE]'],
    ['on the 22nd of Nov', 'on the [DATE]'],
    ['November 22, 2026 at 3 pm', '[DATE] at 3 pm'],
    ['since Nov 22nd', 'since [DATE]'],
    ['Mar 12, worse since', '[DATE], worse since'],
    ['fell on may 3rd 2026', 'fell on may 3rd 2026'],
    ['fell on May 3rd 2026', 'fell on [DATE]'],
    ['22-Nov-26', '[DATE]'],
    ['22NOV2026', '[DATE]'],
    ['operated in March 2025', 'operated in [DATE]'],
    ['DOB 3/7/1951', 'DOB [DATE]'],
    ['DOB: 3/7', 'DOB: [DATE]'],
    ['LMP 12/10', 'LMP [DATE]'],
    ['last seen on 22/11', 'last seen on [DATE]'],
  ])('dates: %s', (text, expected) => {
    expect(cleaned(text)).toEqual(text === expected ? [text] : [expected, 'date']);
  });

  it.each([
    ['93-year-old woman', '90+-year-old woman'],
    ['a 101 years old man', 'a 90+ years old man'],
    ['93 y/o M', '90+ y/o M'],
    ['93yo F', '90+yo F'],
    ['93 yrs', '90+ yrs'],
    ['90y', '90+y'],
    ['93M, walk-in', '90+M, walk-in'],
    ['98F with cough', '90+F with cough'],
    ['aged 95', 'aged 90+'],
    ['Age: 95', 'Age: 90+'],
    ['ninety-three-year-old', '90+-year-old'],
    ['female, 97, fell', 'female, 90+, fell'],
  ])('ages over 89: %s', (text, expected) => {
    expect(cleaned(text)).toEqual([expected, 'ageOver89']);
  });

  it.each([
    ['call 555-123-4567', 'call [PHONE]'],
    ['(555) 123-4567 ext. 12', '[PHONE]'],
    ['+1 555 123 4567', '[PHONE]'],
    ['+82 10-1234-5678', '[PHONE]'],
    ['+44 (0)20 7946 0958', '[PHONE]'],
    ['020 7946 0958', '[PHONE]'],
    ['07700 900123', '[PHONE]'],
    ['010-1234-5678', '[PHONE]'],
    ['02079460958', '[PHONE]'],
    ['phone: 123 4567', 'phone: [PHONE]'],
    ['Tel. 1234567', 'Tel. [PHONE]'],
    ['fax no. 555 123 4567', 'fax no. [PHONE]'],
  ])('telephone numbers: %s', (text, expected) => {
    expect(cleaned(text)).toEqual([expected, 'phone']);
  });

  it.each<[string, string, IdentifierKind]>([
    ['write to j.doe+er@mail.example.org.', 'write to [EMAIL].', 'email'],
    ['MRN 4711234', 'MRN [RECORD NUMBER]', 'recordNumber'],
    ['MRN: A-123456, stable', 'MRN: [RECORD NUMBER], stable', 'recordNumber'],
    ['medical record number is 00123', 'medical record number is [RECORD NUMBER]', 'recordNumber'],
    ['Hospital no. H12345', 'Hospital no. [RECORD NUMBER]', 'recordNumber'],
    ['NHS number 943 476 5919', 'NHS number [RECORD NUMBER]', 'recordNumber'],
    ['SSN 123-45-6789', 'SSN [RECORD NUMBER]', 'recordNumber'],
    ['123-45-6789', '[RECORD NUMBER]', 'recordNumber'],
    ['900101-1234567', '[RECORD NUMBER]', 'recordNumber'],
    ['patient 12345678 came', 'patient [RECORD NUMBER] came', 'recordNumber'],
    ['account #99887', 'account #[RECORD NUMBER]', 'recordNumber'],
    ['ID: 4711-22', 'ID: [RECORD NUMBER]', 'recordNumber'],
    ['lives at 12 Oak Street, Springfield, IL 62704.', 'lives at [ADDRESS].', 'address'],
    ['221B Baker St. Apt 4, alone', '[ADDRESS], alone', 'address'],
    ['12 Oak Dr', '[ADDRESS]', 'address'],
    ['found at 12 oak street by', 'found at [ADDRESS] by', 'address'],
    ['350 W 42nd Street', '[ADDRESS]', 'address'],
    ['P.O. Box 99', '[ADDRESS]', 'address'],
    ['from Boston, MA 02115', 'from Boston, [ADDRESS]', 'address'],
    ['SW1A 1AA', '[ADDRESS]', 'address'],
    ['Address: Gangnam-daero 396, Seoul\nBP 120/80', 'Address: [ADDRESS]\nBP 120/80', 'address'],
    ['see https://example.org/p?id=7, then', 'see [URL], then', 'url'],
    ['www.example.org/me.', '[URL].', 'url'],
    ['on myhealth.example.com', 'on [URL]', 'url'],
    ['from 192.168.1.20', 'from [IP ADDRESS]', 'ipAddress'],
    ['fe80::1ff:fe23:4567:890a', '[IP ADDRESS]', 'ipAddress'],
  ])('other identifiers: %s', (text, expected, kind) => {
    expect(cleaned(text)).toEqual([expected, kind]);
  });

  it('all of a kind, and counts them', () => {
    const { replaced } = deidentify('Mr Smith and Mrs Jones, 22/11/2026 and 23/11/2026, 93yo');
    expect(replaced).toMatchObject({ name: 2, date: 2, ageOver89: 1, phone: 0 });
  });

  it('nothing twice', () => {
    const once = deidentify('Mr Smith, 93yo, DOB 3/7/1930, MRN 4711234, 12 Oak Street, tel 555-123-4567, a@b.org').text;
    expect(cleaned(once)).toEqual([once]);
  });
});

describe('de-identification leaves', () => {
  it.each([
    'BP 120/80, HR 88, RR 16, SpO2 98%, GCS 15, T 37.5',
    'BP 120/80 HR 118 RR 26 SpO2 91% T 36.4 GCS 14/15 pain 8/10 NRS 5',
    'BP120/80mmHg, HR:100, 98.6F, T 98F, temp 101 F, BT 36.6',
    'T 101.8 °F, 38,5 °C, 37.5.',
    'BP 190/110, 92/60, 100/60, 10/12 pain',
    'BP 98/60/72',
    'cough for 3/7, rash 2/52, cough since 3/7, weaker for 6/12, every 5/24',
    'on antibiotics 3/7, vomiting x 2/7',
    'power 5/5 in all limbs, GCS 3/15, E4V5M6, pain 10/10',
    'pain since 9/10, now 7/10',
    'aspirin 300 mg, paracetamol 1 g qds, heparin 5000 units, GTN 400 mcg',
    'adrenaline 1:1000 0.5 ml, insulin 10-12 units, NaCl 0.9% 500-1000 ml',
    'penicillin 1200000 units IM, WBC 12,500/mm3, platelets 250000, 1000000 CFU',
    'glucose 5.6 mmol/L, Na 138, K 4.2, lactate 2.3, troponin 12 ng/L, INR 2.5',
    'x2h, 10:30, at 14:30:15, 0930 hrs, 24/7 care',
    'ECG 12 lead, 2 mm ST elevation in V2 to V4, QTc 480 ms',
    '58M walk-in; 24F private car; 89yo; 66 y/o; aged 72; 2-year-old; 9 months old',
    'in 2019, 1998 appendectomy, since 2024',
    'smoked 20 cigarettes for 40 years, 90 pack-years, 90 years ago',
    'MR angiogram, severe MR, MS exacerbation, MS Contin 30 mg',
    'NURSE TRIAGE 14:30, Doctor On call, Sister In charge',
    'the doctor said, Dr on call informed, Nurse practitioner, the nurse reports',
    'hit at 30 mph on the road, walks 2 miles on road, 4 lane highway',
    'may 2 hours, may need 3 stitches, march 5 km, dec 20%',
    'weight 70 kg, 5 ft 11, BMI 24.5, height 180 cm',
    'CTAS 3, KTAS 2, ESI 4, triage level 1, NEWS 7, Apgar 9/10',
    'HbA1c 7.2 %, B12 5MG, L4-L5, C5/6, T12 fracture, vitamin D3 1000 IU',
    'sat 95%, sats 98%, O2 15 L/min, FiO2 0.4, PEFR 250',
    'case 12 of the study, visit 2, bed 14, room 3, NHS 111 called',
    'SpO2: 92%→88%, HR 40-50, RR 20-24, 1-0-1, 2-3 days, 10-14 days',
    '3 x 2 x 1 cm laceration, 6-0 nylon, 18G cannula, 2 x 10^9/L',
    'Name of the drug: unknown. Drug name: Aspirin. Tetanus up to date.',
    'IV 500 ml over 30 min, 1.5 L urine, 0.5 mg/kg, 40 drops/min',
    'Rt ankle swelling. Alert. BP 122/76 HR 84 RR 16 BT 36.6',
    'HR 96 F with cough; BP 96/54 M; female HR 97',
    'male, 95% on room air',
  ])('measurements, scores, durations and doses alone: %s', (text) => {
    expect(cleaned(text)).toEqual([text]);
  });

  it('the sample notes alone', () => {
    const folder = join(import.meta.dirname, '..', '..', '..', 'samples', 'notes');
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8');
      expect(cleaned(text), name).toEqual([text]);
    }
  });

  it('two thousand synthetic notes alone, but for ages over 89', () => {
    for (const { question, rationale } of generateSynthetic({ count: 2000, seed: 11 })) {
      for (const text of [question, rationale]) {
        const { text: result, replaced } = deidentify(text);
        const { ageOver89, ...others } = replaced;
        expect(others, text).toEqual({
          name: 0,
          date: 0,
          phone: 0,
          email: 0,
          recordNumber: 0,
          address: 0,
          url: 0,
          ipAddress: 0,
        });
        if (ageOver89 === 0) expect(result).toBe(text);
        // An age stands beside a unit or a sex; a measurement would not.
        else expect(result).toMatch(/\b[MF] 90\+|90\+(?:[ -]?(?:y|M\b|F\b)|,)/);
      }
    }
  });

  it('a text of a million characters in little time', () => {
    for (const text of [
      '0'.repeat(1e6),
      'a'.repeat(1e6),
      '1 '.repeat(5e5),
      'Mr A '.repeat(2e5),
      '1.'.repeat(5e5),
      '::'.repeat(5e5),
      'Aa '.repeat(3e5),
      '12/'.repeat(3e5),
      'call '.repeat(2e5),
      'a@'.repeat(5e5),
      '(0'.repeat(5e5),
    ]) {
      const started = process.cpuUsage();
      deidentify(text);
      // Quadratic work would take minutes.
      expect(process.cpuUsage(started).user / 1e6, text.slice(0, 6)).toBeLessThan(5);
    }
  });
});
