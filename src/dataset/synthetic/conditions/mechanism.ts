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
    'ejected from the vehicle|ejected',
    'head-on crash at highway speed|high-speed head-on',
    'fell from a roof, about {5-9} metres up|roof fall ~{5-9} m',
    'cyclist struck by a truck|bike v truck',
    'another passenger killed in the same car|co-passenger dead at scene',
    'cut out of the wreck by firefighters|prolonged extrication',
    'unrestrained driver through the windscreen|unrestrained, through windshield',
    'thrown off a galloping horse|thrown from horse at gallop',
  ],
  denies: ['low-energy mechanism|low energy mechanism', 'no high-speed impact|not high speed'],
};
