// Words of a served VS Code's text editors, found where they are painted.

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

/**
 * Where a word is painted, in a line that holds `line`. VS Code paints blanks as
 * no-break spaces and cuts a line into pieces wherever a colour changes.
 * @param {Page} page
 * @param {string} line
 * @param {string} word
 * @returns {Promise<Box>}
 */
export async function boxOfWord(page, line, word) {
  const lines = page.locator('.monaco-editor .view-line');
  const found = lines.filter({ hasText: line }).first();
  await found.waitFor();
  const box = await found.evaluate((element, wanted) => {
    const pieces = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) pieces.push(node);
    const text = pieces
      .map((node) => node.nodeValue ?? '')
      .join('')
      .replaceAll('\u00a0', ' ');
    const start = text.indexOf(wanted);
    if (start < 0) return null;
    const range = document.createRange();
    let passed = 0;
    for (const node of pieces) {
      const length = node.nodeValue?.length ?? 0;
      if (passed <= start && start < passed + length) range.setStart(node, start - passed);
      const end = start + wanted.length;
      if (passed < end && end <= passed + length) range.setEnd(node, end - passed);
      passed += length;
    }
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x, y, width, height };
  }, word);
  if (box === null) throw new Error(`“${word}” is not in the line “${line}”.`);
  return box;
}

/**
 * Puts the cursor before a word by a click.
 * @param {Page} page
 * @param {string} line
 * @param {string} word
 */
export async function clickWord(page, line, word) {
  const { x, y, height } = await boxOfWord(page, line, word);
  await page.mouse.click(x + 2, y + height / 2);
  // A notebook cell becomes an editor only now.
  await page.locator('.monaco-editor.focused .view-line', { hasText: line }).first().waitFor();
}

/**
 * Rests the mouse on a word until its hover shows.
 * @param {Page} page
 * @param {string} line
 * @param {string} word
 */
export async function hoverWord(page, line, word) {
  const { x, y, width, height } = await boxOfWord(page, line, word);
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
  await page.locator('.monaco-hover:not(.hidden) .hover-contents').first().waitFor();
}
