/** Characters that take two columns of a terminal: East Asian scripts, full-width forms, emoji. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60]/u;
/** Marks that stand on the character before them, and other characters without a width. */
const NARROWEST = /[\p{Mark}\p{Format}]/u;

/** Columns a text takes in a terminal. */
export function columns(text: string): number {
  let width = 0;
  for (const character of text) {
    if (!NARROWEST.test(character)) width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** Rows of cells as aligned lines; the last cell of a row is not filled up. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, columns(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, i) => cell + ' '.repeat(i + 1 < row.length ? widths[i]! - columns(cell) : 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A label that stays on its line: line breaks, tabs and other control characters are spelled out. */
export const oneLine = (label: string): string =>
  label.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
