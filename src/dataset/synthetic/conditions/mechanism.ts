import type { Sign } from '../complaint.ts';

/** A mechanism of injury that CTAS calls high risk, whatever is seen of the injury: level 2. */
export const MAJOR_MECHANISM: Sign = {
  level: 2,
  meaning: 'dangerous mechanism of injury',
  says: [
    'thrown from a motorcycle at speed|thrown from motorcycle',
    'fall from {4-9} metres|fall {4-9} m',
    'pedestrian hit by a car|pedestrian v car',
    'car rolled over, trapped {10-40} minutes|rollover, trapped {10-40} min',
  ],
};
