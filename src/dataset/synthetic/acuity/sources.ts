/** Where the thresholds of the rule engine are published. */
export const SOURCES = {
  ctasManual: "CTAS/PaedCTAS Participant's Manual 2.5b, CTAS National Working Group, 2013",
  ctasAdult2008: 'Bullard MJ et al. Revisions to the CTAS adult guidelines. CJEM 2008;10(2):136-151',
  ctas2014: 'Bullard MJ et al. Revisions to the CTAS guidelines 2013. CJEM 2014;16(6):485-489',
  paedCtas2008: 'Warren DW et al. Revisions to the CTAS paediatric guidelines. CJEM 2008;10(3):224-232',
  paedCtas2001: 'Canadian Paediatric Triage and Acuity Scale: implementation guidelines. CJEM 2001;3(4 Suppl)',
  prehospital: 'Prehospital CTAS Paramedic Guide 2.0, Ontario Ministry of Health and Long-Term Care',
  /** CTAS gives adults no numbers for heart rate, breathing rate and pressure; a NEWS2 score of 3 is read as emergent, 2 as urgent. */
  news2: 'National Early Warning Score (NEWS) 2, Royal College of Physicians, 2017',
  acls: 'Advanced Cardiovascular Life Support Provider Manual, American Heart Association, 2020: tachycardia with a pulse',
  pals: 'Pediatric Advanced Life Support Provider Manual, American Heart Association, 2020: hypotension by age',
  avpu: 'McNarry AF, Goldhill DR. AVPU and GCS. Anaesthesia 2004;59:34-37: A 15, V 13, P 8, U 6',
  /** Chest pain from 30 years, breathlessness, syncope and weakness from 50, abdominal pain and vomiting from 80. */
  immediateEcg:
    'Glickman SW et al. Prioritization rule for an immediate 12-lead ECG. Am Heart J 2012;163:372-382, after Graff L et al. Ann Emerg Med 2000;36:554-560',
  redFlagHeadache: 'Do TP et al. Red and orange flags for secondary headaches: SNNOOP10. Neurology 2019;92:134-144',
  hypothermia: 'Swiss staging of hypothermia; Durrer B et al. High Alt Med Biol 2003;4:99-103',
} as const;

export type Source = keyof typeof SOURCES;
