const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Index after the closing quote of the JSON string that opens at `start`; beyond the text if none closes it. */
export function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json.charCodeAt(at) !== QUOTE) {
    at += json.charCodeAt(at) === BACKSLASH ? 2 : 1;
  }
  return at + 1;
}
