import type { Complaint } from '../complaint.ts';
import { ABDOMINAL } from './abdomen.ts';
import { AIRWAYS } from './airways.ts';
import { NERVES } from './brain-and-nerves.ts';
import { RESPIRATORY } from './breathing.ts';
import { CARDIOVASCULAR } from './chest-and-circulation.ts';
import { PAEDIATRIC } from './children.ts';
import { VISITS } from './devices-and-visits.ts';
import { DIZZINESS_AND_WEAKNESS } from './dizziness-and-weakness.ts';
import { EXPOSURES } from './exposures.ts';
import { SENSES } from './eyes-ears-nose-throat.ts';
import { FURTHER_ABDOMEN } from './further-abdomen.ts';
import { FURTHER_CHILDREN_AND_WOMEN } from './further-children-and-women.ts';
import { FURTHER_GENERAL } from './further-general.ts';
import { FURTHER_HEART_AND_LUNGS } from './further-heart-and-lungs.ts';
import { FURTHER_INJURIES } from './further-injuries.ts';
import { FURTHER_NERVES_AND_MIND } from './further-nerves-and-mind.ts';
import { GENERAL } from './general-complaints.ts';
import { GUT } from './gut.ts';
import { VASCULAR } from './heart-and-vessels.ts';
import { CHILDREN } from './infants-and-children.ts';
import { TRAUMA } from './injuries.ts';
import { UROLOGICAL } from './kidneys-and-genitals.ts';
import { ORTHOPAEDIC } from './limbs-and-back.ts';
import { METABOLIC } from './metabolism.ts';
import { MENTAL_HEALTH } from './mind.ts';
import { SOCIAL } from './mind-and-society.ts';
import { NEUROLOGICAL } from './nervous-system.ts';
import { GYNAECOLOGICAL } from './pregnancy-and-breast.ts';
import { SENSES_AND_SKIN } from './senses-and-skin.ts';
import { SKIN } from './skin.ts';
import { ENVIRONMENTAL } from './surroundings.ts';
import { TRUNK_INJURIES } from './trunk-injuries.ts';
import { UNCLEAR } from './unclear.ts';
import { GENITOURINARY } from './urinary-tract.ts';
import { OBSTETRIC } from './women.ts';
import { WOUNDS } from './wounds.ts';

/** Every presenting complaint that the generator knows. */
export const COMPLAINTS: readonly Complaint[] = [
  ...CARDIOVASCULAR,
  ...RESPIRATORY,
  ...NEUROLOGICAL,
  ...ABDOMINAL,
  ...GENITOURINARY,
  ...OBSTETRIC,
  ...PAEDIATRIC,
  ...MENTAL_HEALTH,
  ...TRAUMA,
  ...ORTHOPAEDIC,
  ...ENVIRONMENTAL,
  ...SENSES_AND_SKIN,
  ...GENERAL,
  ...AIRWAYS,
  ...NERVES,
  ...DIZZINESS_AND_WEAKNESS,
  ...VISITS,
  ...EXPOSURES,
  ...SENSES,
  ...GUT,
  ...VASCULAR,
  ...CHILDREN,
  ...UROLOGICAL,
  ...METABOLIC,
  ...SOCIAL,
  ...GYNAECOLOGICAL,
  ...SKIN,
  ...TRUNK_INJURIES,
  ...WOUNDS,
  ...FURTHER_ABDOMEN,
  ...FURTHER_CHILDREN_AND_WOMEN,
  ...FURTHER_GENERAL,
  ...FURTHER_HEART_AND_LUNGS,
  ...FURTHER_INJURIES,
  ...FURTHER_NERVES_AND_MIND,
  ...UNCLEAR,
];

export { GENERAL_SIGNS } from './general.ts';
