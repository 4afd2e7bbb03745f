/**
 * The byte-level alphabet of GPT-2, which Hugging Face's ByteLevel steps share: every byte is written as one visible
 * character, so that any text, and indeed any sequence of bytes, is a string over 256 symbols.
 */

function isVisible(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
}

/** The symbol of each byte: visible Latin-1 characters stand for themselves, the others follow from U+0100 on. */
export const byteSymbols: readonly string[] = (() => {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isVisible(byte) ? byte : next++));
})();

const encoder = new TextEncoder();

/** The text's UTF-8 bytes as symbols, one UTF-16 code unit a byte. A lone surrogate becomes U+FFFD, as UTF-8 demands. */
export function toByteSymbols(text: string): string {
  let symbols = '';
  for (const byte of encoder.encode(text)) symbols += byteSymbols[byte];
  return symbols;
}
