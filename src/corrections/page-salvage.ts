import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { encodeRecovery, RECOVERY_COLUMNS, type RecoveryRow } from './recovery-record.ts';
import { DECISION_COLUMNS, type DecisionRow, encodeRow, hashOf, type Value } from './row.ts';

/**
 * Reads rows straight from the pages of a database whose tables can no longer be walked, as when its first page is gone.
 * Formats: https://sqlite.org/fileformat2.html. A row is taken only when its columns give its hash, so that stale or torn
 * pages never yield a wrong one.
 */
export type SalvagedRow =
  | { readonly table: 'decisions'; readonly row: DecisionRow }
  | { readonly table: 'recoveries'; readonly row: RecoveryRow };

const HEADER = Buffer.from('SQLite format 3\0', 'latin1');
const LEAF_OF_TABLE = 0x0d;
const WAL_HEADER = 32;
const FRAME_HEADER = 24;
/** Of the databases that this program makes. */
const USUAL_PAGE = 4096;

/** @param file the database; its write-ahead log is looked for beside it. */
export function* salvageRows(file: string): Generator<SalvagedRow, void, undefined> {
  const pages = new Pages(file);
  try {
    for (const page of pages.all()) yield* rowsOfPage(page, pages);
  } finally {
    pages.close();
  }
}

/** The pages of a database file and of its write-ahead log. */
class Pages {
  /** Bytes of a page. */
  readonly size: number;
  /** Bytes of both files. */
  readonly bytes: number;
  readonly #main: number;
  readonly #log: number | null;
  readonly #mainBytes: number;
  readonly #frames: number;
  /** Page number to its frames in the log, oldest first. */
  readonly #inLog = new Map<number, number[]>();

  constructor(file: string) {
    this.#main = openSync(file, 'r');
    this.#log = openIfThere(`${file}-wal`);
    this.#mainBytes = fstatSync(this.#main).size;
    const logBytes = this.#log === null ? 0 : fstatSync(this.#log).size;
    this.bytes = this.#mainBytes + logBytes;
    this.size = this.#pageSize(logBytes);
    this.#frames = Math.max(0, Math.floor((logBytes - WAL_HEADER) / (FRAME_HEADER + this.size)));
    for (let frame = 0; frame < this.#frames; frame++) {
      const page = this.#frameHeader(frame).readUInt32BE(0);
      const versions = this.#inLog.get(page);
      if (versions === undefined) this.#inLog.set(page, [frame]);
      else versions.push(frame);
    }
  }

  /** Every page and every version of it: those of the log first and newest first, since they are the later ones. */
  *all(): Generator<Buffer, void, undefined> {
    for (let frame = this.#frames - 1; frame >= 0; frame--) yield this.#frame(frame);
    const count = Math.ceil(this.#mainBytes / this.size);
    for (let page = 1; page <= count; page++) yield this.#ofMain(page);
  }

  /** The versions of a page, the most likely first. */
  versions(page: number): Buffer[] {
    const frames = this.#inLog.get(page) ?? [];
    const main = page >= 1 && page <= Math.ceil(this.#mainBytes / this.size) ? [this.#ofMain(page)] : [];
    return [...frames.toReversed().map((frame) => this.#frame(frame)), ...main];
  }

  close(): void {
    closeSync(this.#main);
    if (this.#log !== null) closeSync(this.#log);
  }

  #pageSize(logBytes: number): number {
    const header = read(this.#main, 0, 100);
    if (header.subarray(0, HEADER.length).equals(HEADER)) {
      // 65536 does not fit into two bytes and is written as 1.
      const size = header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16);
      if (isPageSize(size)) return size;
    }
    if (this.#log !== null && logBytes >= WAL_HEADER) {
      const size = read(this.#log, 0, WAL_HEADER).readUInt32BE(8);
      if (isPageSize(size)) return size;
    }
    return USUAL_PAGE;
  }

  #ofMain(page: number): Buffer {
    return read(this.#main, (page - 1) * this.size, this.size);
  }

  #frameHeader(frame: number): Buffer {
    return read(this.#log as number, WAL_HEADER + frame * (FRAME_HEADER + this.size), FRAME_HEADER);
  }

  #frame(frame: number): Buffer {
    return read(this.#log as number, WAL_HEADER + frame * (FRAME_HEADER + this.size) + FRAME_HEADER, this.size);
  }
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch {
    return null;
  }
}

/** Bytes of a file; zeros behind its end. */
function read(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, position);
  return bytes;
}

const isPageSize = (size: number) => size >= 512 && size <= 65536 && (size & (size - 1)) === 0;

function* rowsOfPage(page: Buffer, pages: Pages): Generator<SalvagedRow, void, undefined> {
  if (page[0] !== LEAF_OF_TABLE) return;
  const cells = page.readUInt16BE(3);
  for (let cell = 0; cell < cells && 8 + 2 * cell + 2 <= page.length; cell++) {
    const start = page.readUInt16BE(8 + 2 * cell);
    if (start < 8 + 2 * cells || start >= page.length) continue;
    const row = rowOfCell(page, start, pages);
    if (row !== null) yield row;
  }
}

function rowOfCell(page: Buffer, start: number, pages: Pages): SalvagedRow | null {
  const length = readVarint(page, start);
  const key = readVarint(page, length.next);
  if (length.value <= 0 || length.value > pages.bytes || key.value <= 0) return null;
  const payload = readPayload(page, key.next, length.value, pages);
  const values = payload === null ? null : readRecord(payload);
  if (values === null) return null;
  // The key is not in the record: a null stands in its place.
  values[0] = key.value;
  if (values.length === DECISION_COLUMNS.length + 1) {
    const row = named([...DECISION_COLUMNS, 'hash'], values) as DecisionRow;
    return hashOf(encodeRow(row)) === row.hash ? { table: 'decisions', row } : null;
  }
  if (values.length === RECOVERY_COLUMNS.length + 1) {
    const row = named([...RECOVERY_COLUMNS, 'hash'], values) as RecoveryRow;
    return hashOf(encodeRecovery(row)) === row.hash ? { table: 'recoveries', row } : null;
  }
  return null;
}

const named = (names: readonly string[], values: readonly Value[]) =>
  Object.fromEntries(names.map((name, i) => [name, values[i] ?? null]));

/** The whole record of a cell: what stands on its page, and the chain of overflow pages behind it. */
function readPayload(page: Buffer, start: number, length: number, pages: Pages): Buffer | null {
  const usable = pages.size;
  const most = usable - 35;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const split = least + ((length - least) % (usable - 4));
  const local = length <= most ? length : split <= most ? split : least;
  if (start + local > page.length) return null;
  const parts = [page.subarray(start, start + local)];
  if (local === length) return parts[0] ?? null;
  if (start + local + 4 > page.length) return null;
  let next = page.readUInt32BE(start + local);
  for (let left = length - local; left > 0; left -= usable - 4) {
    const [overflow] = pages.versions(next);
    if (overflow === undefined) return null;
    parts.push(overflow.subarray(4, 4 + Math.min(left, usable - 4)));
    next = overflow.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

/** The values of a record, or null where the bytes are no record of texts, numbers and nulls. */
function readRecord(payload: Buffer): Value[] | null {
  const header = readVarint(payload, 0);
  if (header.value > payload.length) return null;
  const values: Value[] = [];
  let at = header.value;
  for (let position = header.next; position < header.value; ) {
    const type = readVarint(payload, position);
    position = type.next;
    const value = readValue(payload, at, type.value);
    if (value === undefined) return null;
    values.push(value.value);
    at += value.bytes;
  }
  return values;
}

const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8];

function readValue(payload: Buffer, at: number, type: number): { value: Value; bytes: number } | undefined {
  if (type === 0) return { value: null, bytes: 0 };
  if (type === 8 || type === 9) return { value: type - 8, bytes: 0 };
  const bytes = type === 7 ? 8 : type >= 13 && type % 2 === 1 ? (type - 13) / 2 : INTEGER_BYTES[type];
  if (bytes === undefined || at + bytes > payload.length) return undefined;
  if (type >= 13) return { value: payload.toString('utf8', at, at + bytes), bytes };
  if (type === 7) return { value: payload.readDoubleBE(at), bytes };
  if (type === 6) return { value: Number(payload.readBigInt64BE(at)), bytes };
  return { value: payload.readIntBE(at, bytes), bytes };
}

/** SQLite's integer of 1 to 9 bytes; those that JavaScript cannot hold exactly belong to no row of ours. */
function readVarint(bytes: Buffer, start: number): { value: number; next: number } {
  let value = 0;
  for (let i = 0; i < 8; i++) {
    const byte = bytes[start + i] ?? 0;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: start + i + 1 };
  }
  return { value: -1, next: start + 9 };
}
