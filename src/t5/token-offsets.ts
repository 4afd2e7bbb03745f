/** A token's place in the original text: the half-open span [start, end) in UTF-16 code units. */
export type TokenSpan = readonly [start: number, end: number];

/**
 * A text made from another one. Its code unit `i` stands for the original's code units `starts[i]` to `ends[i]` (end
 * excluded). Both halves of a surrogate pair stand for the whole pair, so no span ever cuts a character in two.
 */
export interface AlignedText {
  readonly text: string;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** A text standing for itself, the first code unit being number `origin` of the original. */
export function alignIdentity(text: string, origin = 0): AlignedText {
  const starts = new Int32Array(text.length);
  const ends = new Int32Array(text.length);
  for (let unit = 0; unit < text.length; ) {
    const width = (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
    starts.fill(origin + unit, unit, unit + width);
    ends.fill(origin + unit + width, unit, unit + width);
    unit += width;
  }
  return { text, starts, ends };
}

/** Collects an aligned text from pieces of another one. */
class AlignedTextBuilder {
  readonly #source: AlignedText;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  #text = '';

  constructor(source: AlignedText) {
    this.#source = source;
  }

  /** Takes the source's code units [from, to) over unchanged. */
  keep(from: number, to: number): void {
    for (let unit = from; unit < to; unit++) this.#place(unit, unit + 1);
    this.#text += this.#source.text.slice(from, to);
  }

  /** Puts `text` in place of the source's code units [from, to); each of its units stands for all of them. */
  replace(from: number, to: number, text: string): void {
    for (let unit = 0; unit < text.length; unit++) this.#place(from, to);
    this.#text += text;
  }

  build(): AlignedText {
    return { text: this.#text, starts: Int32Array.from(this.#starts), ends: Int32Array.from(this.#ends) };
  }

  #place(from: number, to: number): void {
    this.#starts.push(this.#source.starts[from] ?? 0);
    this.#ends.push(this.#source.ends[to - 1] ?? 0);
  }
}

/**
 * Aligns a normalisation that works character by character or on short sequences (Unicode forms, SentencePiece's
 * character map): the text is cut into the shortest segments that normalise alike alone and together, and what a changed
 * segment became stands for all of that segment ("e" and a combining acute become "é", which stands for both).
 */
export function alignNormalized(source: AlignedText, normalize: (text: string) => string): AlignedText {
  const normalized = normalize(source.text);
  if (normalized === source.text) return source;
  // Where deleted characters stood between letters and accents, short segments do not add up; then longer ones do.
  for (const segments of [shortestSegments(source.text, normalize), words(source.text)]) {
    const aligned = new AlignedTextBuilder(source);
    let from = 0;
    for (const segment of segments) {
      const to = from + segment.length;
      const changed = normalize(segment);
      if (changed === segment) aligned.keep(from, to);
      else aligned.replace(from, to, changed);
      from = to;
    }
    const result = aligned.build();
    if (result.text === normalized) return result;
  }
  const whole = new AlignedTextBuilder(source);
  whole.replace(0, source.text.length, normalized);
  return whole.build();
}

function shortestSegments(text: string, normalize: (text: string) => string): string[] {
  const segments: string[] = [];
  let segment = '';
  let segmentNormalized = '';
  for (const character of text) {
    const alone = normalize(character);
    const together = normalize(segment + character);
    if (segment !== '' && !isCombining(character) && together === segmentNormalized + alone) {
      segments.push(segment);
      segment = character;
      segmentNormalized = alone;
    } else {
      segment += character;
      segmentNormalized = together;
    }
  }
  if (segment !== '') segments.push(segment);
  return segments;
}

function isCombining(character: string): boolean {
  return character > '\u02ff' && /^\p{M}/u.test(character.normalize('NFKD'));
}

function words(text: string): string[] {
  return text.match(/\s|\S+/g) ?? [];
}

/**
 * Aligns the replacement of every match of a pattern by fixed content, which takes the place of the match's last
 * character: where several spaces become one, it is the one before the word.
 */
export function alignReplaced(source: AlignedText, pattern: RegExp, content: string): AlignedText {
  const aligned = new AlignedTextBuilder(source);
  let from = 0;
  for (const match of source.text.matchAll(pattern)) {
    aligned.keep(from, match.index);
    from = match.index + match[0].length;
    if (from > match.index) aligned.replace(from - 1, from, content);
  }
  aligned.keep(from, source.text.length);
  return aligned.build();
}

/** Aligns the part [from, to) of a text. */
export function alignSlice(source: AlignedText, from: number, to: number): AlignedText {
  return {
    text: source.text.slice(from, to),
    starts: source.starts.slice(from, to),
    ends: source.ends.slice(from, to),
  };
}

/** Aligns text put in front: it shares the place of the character it precedes. */
export function alignPrepended(source: AlignedText, prefix: string): AlignedText {
  if (source.text === '') return source;
  const aligned = new AlignedTextBuilder(source);
  aligned.replace(0, 1, prefix);
  aligned.keep(0, source.text.length);
  return aligned.build();
}

/**
 * Aligns the pieces into which pre-tokenisation cut a text, joined. Pieces follow the text's characters, except that
 * `spaceSymbol`, where there is one, stands for a space or was put in front of a piece, and that white space between
 * the pieces is gone where `skipsWhitespace`.
 */
export function alignPieces(
  source: AlignedText,
  pieces: readonly string[],
  rule: { readonly spaceSymbol: string | undefined; readonly skipsWhitespace: boolean },
): AlignedText {
  const joined = pieces.join('');
  if (joined === source.text) return source;
  const starts = new Int32Array(joined.length);
  const ends = new Int32Array(joined.length);
  const { text } = source;
  let at = 0;
  for (let unit = 0; unit < joined.length; unit++) {
    while (rule.skipsWhitespace && isWhitespace(text, at)) at++;
    starts[unit] = source.starts[at] ?? 0;
    ends[unit] = source.ends[at] ?? 0;
    const stands = joined[unit] === text[at] || (joined[unit] === rule.spaceSymbol && text[at] === ' ');
    if (stands) at++;
    else if (joined[unit] !== rule.spaceSymbol) throw new Error('a pre-token does not follow its text');
  }
  return { text: joined, starts, ends };
}

function isWhitespace(text: string, at: number): boolean {
  return at < text.length && /\p{White_Space}/u.test(text.charAt(at));
}

/** The span of the original that the code units [from, to) of an aligned text stand for. */
export function spanOf(aligned: AlignedText, from: number, to: number): TokenSpan {
  return [aligned.starts[from] ?? 0, aligned.ends[to - 1] ?? 0];
}

/**
 * The code units of `piece` that each token covers, as [from, to) pairs in a flat list, for tokens that each hold
 * `byteLengths[i]` of its UTF-8 bytes. Tokens that share a character's bytes each cover the whole character.
 */
export function unitsOfByteTokens(piece: string, byteLengths: readonly number[]): number[] {
  const unitOfByte: number[] = [];
  const endOfByte: number[] = [];
  let unit = 0;
  for (const character of piece) {
    const bytes = Buffer.byteLength(character);
    for (let byte = 0; byte < bytes; byte++) {
      unitOfByte.push(unit);
      endOfByte.push(unit + character.length);
    }
    unit += character.length;
  }
  const units: number[] = [];
  let byte = 0;
  for (const length of byteLengths) {
    units.push(unitOfByte[byte] ?? unit, endOfByte[byte + length - 1] ?? unit);
    byte += length;
  }
  return units;
}

/** The same for tokens that hold whole code units of the piece. */
export function unitsOfTextTokens(lengths: readonly number[]): number[] {
  const units: number[] = [];
  let unit = 0;
  for (const length of lengths) {
    units.push(unit, unit + length);
    unit += length;
  }
  return units;
}
