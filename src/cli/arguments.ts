import { parseArgs } from 'node:util';
import { UserError } from '../common/index.ts';

/** The options a command knows: those that take a value, and those that stand alone. */
export interface OptionNames<Value extends string, Flag extends string> {
  readonly values: readonly Value[];
  readonly flags: readonly Flag[];
}

export interface Arguments<Value extends string, Flag extends string> {
  readonly values: Partial<Record<Value, string>>;
  readonly flags: Readonly<Record<Flag, boolean>>;
  readonly positionals: readonly string[];
}

/**
 * Reads a command's arguments.
 *
 * @param usage the command's own line of help, quoted in errors.
 * @throws UserError for an option that is unknown or lacks its value.
 */
export function readArguments<Value extends string, Flag extends string>(
  argv: readonly string[],
  names: OptionNames<Value, Flag>,
  usage: string,
): Arguments<Value, Flag> {
  const options = Object.fromEntries([
    ...names.values.map((name) => [name, { type: 'string' }] as const),
    ...names.flags.map((name) => [name, { type: 'boolean' }] as const),
  ]);
  try {
    const { values: found, positionals } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      strict: true,
    });
    const given = new Map(Object.entries(found));
    const values: Partial<Record<Value, string>> = {};
    for (const name of names.values) {
      const value = given.get(name);
      if (typeof value === 'string') values[name] = value;
    }
    const flags = Object.fromEntries(names.flags.map((name) => [name, given.get(name) === true]));
    return { values, flags: flags as Record<Flag, boolean>, positionals };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? '') : '';
    throw new UserError(`${reason.replace(/\.$/, '')}; use: ${usage}`);
  }
}

/** @throws UserError when the option was not given. */
export function required(value: string | undefined, name: string, usage: string): string {
  if (value === undefined) throw new UserError(`--${name} is missing; use: ${usage}`);
  return value;
}

/** @throws UserError when the text is not a whole number of at least `least`. */
export function wholeNumber(text: string, name: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new UserError(`--${name} must be a whole number of at least ${least}, not "${text}".`);
  }
  return value;
}
