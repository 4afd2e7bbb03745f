import type { Random } from '../../../common/index.ts';
import { capitalised } from '../render/note-builder.ts';
import { type Teller, valueName } from './fact-text.ts';

const DISREGARD_SHARE = 0.5;

/** What the note states and what must not count: values that cannot be, superseded values, what is long past. */
export function disregarded({ facts, plain }: Teller, random: Random): string[] {
  const { mistyped, earlier, past, relatives } = facts.background;
  const sentences: string[] = [];
  if (mistyped !== undefined) sentences.push(`${capitalised(valueName(mistyped))} ${random.pick(IMPLAUSIBLE)}.`);
  const [before] = earlier;
  const event = past.find((text) => plain.has(`past:${text}`));
  const relative = relatives.find((text) => plain.has(`relative:${text}`));
  if (before !== undefined && plain.has(`earlier:${before.key}`) && random.chance(DISREGARD_SHARE)) {
    sentences.push(`The earlier ${valueName(before)} is superseded by the latest.`);
  }
  if (event !== undefined && random.chance(DISREGARD_SHARE)) {
    sentences.push(`Past history, does not count: ${event}.`);
  } else if (relative !== undefined && random.chance(DISREGARD_SHARE)) {
    sentences.push(`Not the patient, does not count: ${relative}.`);
  }
  return sentences;
}

const IMPLAUSIBLE = [
  'cannot be right and does not count',
  'is impossible and is not used',
  'must be a slip and does not count',
] as const;
