import { UserError } from '../common/index.ts';
import { ChatCompletions, chatAddress, leavingNotice } from '../language-model/index.ts';
import { required, wholeNumber } from './arguments.ts';

/** The options of a command that asks a language model, besides the model's name. */
export const languageModelOptions = {
  values: ['endpoint', 'key-variable', 'timeout', 'concurrency'],
  flags: ['notes-may-leave-this-machine'],
} as const;

export const languageModelUsage =
  '[--notes-may-leave-this-machine] [--key-variable NAME] [--timeout SECONDS] [--concurrency N]';

type Given = Partial<Record<(typeof languageModelOptions)['values'][number], string>>;

const defaultKeyVariable = 'REASON2DECIDE_API_KEY';
const defaultSeconds = '120';
/** Node's fetch itself waits no longer for an answer to begin, in seconds. */
const mostSeconds = 300;

/**
 * The language model that the options name. Says plainly where note text goes when it leaves this machine.
 *
 * @throws UserError for an address that was not permitted, and for a key variable that is named but not set.
 */
export function languageModelFrom(
  values: Given,
  notesMayLeave: boolean,
  model: string,
  usage: string,
): ChatCompletions {
  const address = chatAddress(required(values.endpoint, 'endpoint', usage), {
    notesMayLeave,
    permission: '--notes-may-leave-this-machine',
  });
  const seconds = wholeNumber(values.timeout ?? defaultSeconds, 'timeout', 1);
  if (seconds > mostSeconds) throw new UserError(`--timeout must be at most ${mostSeconds} seconds.`);
  const key = keyOf(values['key-variable']);
  const notice = leavingNotice(address);
  if (notice !== null) console.error(notice);
  return new ChatCompletions({ address, model, timeout: 1000 * seconds, ...(key === undefined ? {} : { key }) });
}

export function concurrencyFrom(values: Given): number {
  return wholeNumber(values.concurrency ?? '4', 'concurrency', 1);
}

function keyOf(variable: string | undefined): string | undefined {
  const key = process.env[variable ?? defaultKeyVariable]?.trim();
  if (key) return key;
  if (variable === undefined) return undefined;
  throw new UserError(`--key-variable: the environment variable ${variable} is not set; set it to the server's key.`);
}
