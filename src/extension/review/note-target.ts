/** A note, or a part of one, that can be triaged and decided about. */
export interface NoteTarget {
  /** The note's id in the corrections, with `#start-end` behind it for a part. */
  readonly id: string;
  /** The id of the whole note. */
  readonly noteId: string;
  /** What the reviewer knows it by. */
  readonly name: string;
  /** Which part it is, in words; null for the whole text. */
  readonly part: string | null;
  /** The text as it stands now, in the editor where it is open there. Undefined when the note is gone. */
  read(): Promise<string | undefined>;
}

/** A longer note is a wrong file or a whole record: bytes of UTF-8. */
const largestNote = 1024 * 1024;

/** Control characters that no text has, but for white space. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const binary = /[\u0000-\u0008\u000e-\u001a]/;

/** How far a long text is looked through for what makes it binary. */
const looked = 65_536;

/** Why a text cannot be triaged, as one sentence; undefined when it can. */
export function problemOf(text: string | undefined, name: string): string | undefined {
  if (text === undefined) return `${name} is not there any more; open another note.`;
  if (text.trim() === '') return `${name} is empty; write the complaint and the findings first.`;
  if (binary.test(text.slice(0, looked))) return `${name} is not a text; save the note as plain text first.`;
  if (text.length > largestNote || Buffer.byteLength(text) > largestNote) {
    const megabytes = (Buffer.byteLength(text) / 1e6).toFixed(1);
    return `${name} has ${megabytes} MB, and at most ${(largestNote / 1e6).toFixed(1)} MB can be triaged; keep only the note of this visit, or select that part.`;
  }
  return undefined;
}
