import type { Level } from '../../labels.ts';
import type { Sign } from '../complaint.ts';

/** A finding that the patient tells and that implies a level by itself. */
export function told(level: Level, meaning: string, says: readonly string[], denies?: readonly string[]): Sign {
  return { level, meaning, says, ...(denies === undefined ? {} : { denies }) };
}

/** A finding that the nurse sees and that implies a level by itself. */
export function seen(level: Level, meaning: string, says: readonly string[], denies?: readonly string[]): Sign {
  return { ...told(level, meaning, says, denies), seen: true };
}

/** A reassuring finding that settles the complaint at a less urgent level than its own. */
export function reassuring(settles: Level, meaning: string, says: readonly string[]): Sign {
  return { settles, meaning, says };
}

/** A finding that only colours the note. */
export function colouring(meaning: string, says: readonly string[], denies?: readonly string[]): Sign {
  return { meaning, says, ...(denies === undefined ? {} : { denies }) };
}
