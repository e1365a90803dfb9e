/** Characters of a text that are quoted. */
const QUOTED_CHARACTERS = 48;

/** The beginning of a text, to name it by: one line. */
export function quoted(text: string): string {
  const line = text.trim().replaceAll(/\s+/gu, ' ');
  const start = [...line].slice(0, QUOTED_CHARACTERS).join('');
  return start.length < line.length ? `${start}…` : start;
}
