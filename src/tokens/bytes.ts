/** UTF-8 and base64 without the platform's classes: this room knows neither DOM nor Node. */

/** UTF-8 bytes of one character. */
export function utf8Bytes(character: string): readonly number[] {
  const code = character.codePointAt(0) ?? 0;
  const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
  if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
  return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
}

/**
 * The character whose bytes begin at `at`, and how many they are; null if they are not well-formed.
 * The second byte's range rules out overlong forms, surrogates and what lies beyond Unicode.
 */
export function utf8Character(
  bytes: ArrayLike<number>,
  at: number,
): { readonly character: string; readonly length: number } | null {
  const lead = bytes[at] ?? 0;
  const length =
    lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return null;
  if (length === 1) return { character: String.fromCharCode(lead), length };
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  let code = lead & (0x7f >> length);
  for (let next = 1; next < length; next++) {
    const byte = bytes[at + next] ?? 0;
    const [low, high] = next === 1 ? [lowest, highest] : [0x80, 0xbf];
    if (byte < low || byte > high) return null;
    code = (code << 6) | (byte & 0x3f);
  }
  return { character: String.fromCodePoint(code), length };
}

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes of a base64 text; null if a foreign character is in it. */
export function base64Bytes(text: string): Uint8Array | null {
  const values = new Map([...base64Alphabet].map((letter, value) => [letter, value]));
  const digits = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of digits) {
    const value = values.get(letter);
    if (value === undefined) return null;
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = (bits >> held) & 0xff;
  }
  return bytes;
}

/**
 * GPT-2's spelling of bytes as visible characters: printable Latin-1 stands for itself, the others
 * for the characters from U+0100 on, in order.
 */
export const byteCharacters: readonly string[] = (() => {
  const visible = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
  let hidden = 0;
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCharCode(visible(byte) ? byte : 0x100 + hidden++),
  );
})();

/** The byte a character of that spelling stands for. */
export const characterBytes: ReadonlyMap<string, number> = new Map(
  byteCharacters.map((character, byte) => [character, byte]),
);
