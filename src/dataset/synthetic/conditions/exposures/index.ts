import type { Complaint } from '../../complaint.ts';
import { ALLERGY_AND_MEDICINES } from './allergy-and-medicines.ts';
import { BITES_AND_STINGS } from './bites-and-stings.ts';
import { BURNS_SMOKE_AND_ELECTRICITY } from './burns-smoke-and-electricity.ts';
import { CHEMICALS } from './chemicals.ts';
import { HEAT_COLD_AND_SUN } from './heat-cold-and-sun.ts';
import { NEEDLES_AND_CONTAGION } from './needles-and-contagion.ts';
import { POISONINGS } from './poisonings.ts';
import { SNAKES_AND_SEA_CREATURES } from './snakes-and-sea-creatures.ts';
import { WATER_AND_ALTITUDE } from './water-and-altitude.ts';

/** Harm from outside: the weather, fire, water, chemicals, poisons, animals, medicines and germs. */
export const EXPOSURES: readonly Complaint[] = [
  ...HEAT_COLD_AND_SUN,
  ...BURNS_SMOKE_AND_ELECTRICITY,
  ...WATER_AND_ALTITUDE,
  ...CHEMICALS,
  ...POISONINGS,
  ...BITES_AND_STINGS,
  ...SNAKES_AND_SEA_CREATURES,
  ...ALLERGY_AND_MEDICINES,
  ...NEEDLES_AND_CONTAGION,
];
