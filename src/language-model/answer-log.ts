import { type FileHandle, open } from 'node:fs/promises';
import { asWriteError, UserError } from '../common/index.ts';

/** What the lines of a log must be. */
export interface LogForm<T> {
  /** The record of a parsed line, or null where it is none. @throws UserError where it belongs to another run. */
  read(line: unknown): T | null;
  /** What tells which question a record answers. */
  keyOf(record: T): string;
  /** What the file holds, as in "drafts". */
  readonly what: string;
}

const newLine = 0x0a;

/**
 * A file of JSON lines that answers are added to one by one, each on the disk before the next question is put in its place, so that an
 * interruption loses none and a later run goes on behind the last. A line that a crash left torn is removed.
 */
export class AnswerLog<T> {
  readonly file: string;
  readonly #form: LogForm<T>;
  readonly #handle: FileHandle;
  readonly #records = new Map<string, T>();
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, form: LogForm<T>, handle: FileHandle) {
    this.file = file;
    this.#form = form;
    this.#handle = handle;
  }

  /** @throws UserError for a file that holds something else, and where it cannot be written. */
  static async open<T>(file: string, form: LogForm<T>): Promise<AnswerLog<T>> {
    let handle: FileHandle;
    try {
      handle = await open(file, 'a+');
    } catch (error) {
      throw asWriteError(file, error);
    }
    try {
      const log = new AnswerLog(file, form, handle);
      await log.#readAll();
      return log;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  get records(): readonly T[] {
    return [...this.#records.values()];
  }

  has(key: string): boolean {
    return this.#records.has(key);
  }

  /** Adds a record; resolves when it is on the disk. */
  async append(record: T): Promise<void> {
    const writing = this.#writing.then(async () => {
      await this.#handle.appendFile(`${JSON.stringify(record)}\n`);
      await this.#handle.datasync();
    });
    this.#writing = writing.catch(() => undefined);
    try {
      await writing;
    } catch (error) {
      throw asWriteError(this.file, error);
    }
    this.#records.set(this.#form.keyOf(record), record);
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#handle.close();
  }

  async #readAll(): Promise<void> {
    const bytes = await this.#handle.readFile();
    const end = bytes.lastIndexOf(newLine) + 1;
    let number = 0;
    for (const line of bytes.toString('utf8', 0, end).split('\n').slice(0, -1)) {
      number++;
      this.#keep(parsedJson(line), number);
    }
    const tail = bytes.toString('utf8', end);
    if (tail === '') return;
    const value = parsedJson(tail);
    if (value !== undefined) {
      this.#keep(value, number + 1);
      await this.#handle.appendFile('\n');
    } else if (tail.startsWith('{')) await this.#handle.truncate(end);
    else throw this.#foreign(number + 1);
  }

  #keep(value: unknown, line: number): void {
    const record = this.#form.read(value);
    if (record === null) throw this.#foreign(line);
    this.#records.set(this.#form.keyOf(record), record);
  }

  #foreign(line: number): UserError {
    return new UserError(
      `${this.file}, line ${line}: is not one of the ${this.#form.what} of this command; name another file to write.`,
    );
  }
}

/** Undefined for what is not JSON, which no JSON is. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
