// What VS Code's editors have on screen: where characters stand, and what is painted behind them.
import type { Locator, Page } from 'playwright-core';

/** Characters `[start, end)` of a line, in UTF-16 units. */
export type Span = readonly [number, number];

/** Left and right edge in CSS pixels of the window. */
export interface Extent {
  readonly left: number;
  readonly right: number;
}

export interface Line {
  readonly width: number;
  readonly style: string;
  /** As CSS writes it. */
  readonly colour: string;
}

/** One of our decorations as it is drawn. */
export interface Painted extends Extent {
  readonly fill: string;
  readonly border: Line | null;
  readonly outline: Line | null;
}

export interface LinePicture {
  /** Of the line on screen. */
  readonly top: number;
  readonly bottom: number;
  /** Of each span that was asked for. */
  readonly extents: readonly Extent[];
  readonly painted: readonly Painted[];
}

/** The editor of a file or notebook cell that has this line on screen. */
export const editorWith = (page: Page, line: string): Locator =>
  page
    .locator('.monaco-editor[role="code"]')
    .filter({ has: page.locator('.view-line').getByText(line, { exact: false }) })
    .first();

/** A line as it is drawn, with the extents of some of its characters. Throws if it is not there. */
export const pictureOf = (
  editor: Locator,
  line: string,
  spans: readonly Span[],
): Promise<LinePicture> => editor.evaluate(readPicture, { line, spans: [...spans] });

/** In the page. */
function readPicture(
  editor: Element,
  { line, spans }: { line: string; spans: Span[] },
): LinePicture {
  const shown = [...editor.querySelectorAll('.view-line')].find(
    (one) => one.textContent?.replaceAll('\u00a0', ' ') === line,
  );
  if (shown === undefined) throw new Error(`No line “${line}” on screen.`);
  const nodes: Text[] = [];
  const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  const placeOf = (offset: number, ends: boolean): [Text, number] => {
    let before = 0;
    for (const node of nodes) {
      const inside = offset - before;
      if (inside < node.length || (ends && inside === node.length)) return [node, inside];
      before += node.length;
    }
    throw new RangeError(`The line has no character ${offset}.`);
  };
  const extents = spans.map(([start, end]) => {
    const range = document.createRange();
    range.setStart(...placeOf(start, false));
    range.setEnd(...placeOf(end, true));
    const { left, right } = range.getBoundingClientRect();
    return { left, right };
  });
  const { top, bottom } = shown.getBoundingClientRect();
  const lineFrom = (width: string, style: string, colour: string): Line | null =>
    style === 'none' || width === '0px' ? null : { width: Number.parseFloat(width), style, colour };
  const painted = [...editor.querySelectorAll('.view-overlays .cdr')].flatMap((one) => {
    const box = one.getBoundingClientRect();
    const middle = (box.top + box.bottom) / 2;
    // VS Code names the classes of extensions' decorations so.
    if (!/\bced-/.test(one.className) || middle < top || middle > bottom) return [];
    const style = getComputedStyle(one);
    return [
      {
        left: box.left,
        right: box.right,
        fill: style.backgroundColor,
        border: lineFrom(style.borderTopWidth, style.borderTopStyle, style.borderTopColor),
        outline: lineFrom(style.outlineWidth, style.outlineStyle, style.outlineColor),
      },
    ];
  });
  return { top, bottom, extents, painted };
}

/** The middle of some characters. */
export async function middleOf(
  page: Page,
  line: string,
  span: Span,
): Promise<{ x: number; y: number }> {
  const { top, bottom, extents } = await pictureOf(editorWith(page, line), line, [span]);
  const [extent] = extents;
  if (extent === undefined) throw new Error('no extent');
  return { x: (extent.left + extent.right) / 2, y: (top + bottom) / 2 };
}

/** The last occurrence of a word in a line. */
export function spanOf(line: string, word: string): Span {
  const matches = [...line.matchAll(new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'gu'))];
  const at = matches.at(-1)?.index;
  if (at === undefined) throw new Error(`“${line}” has no word “${word}”.`);
  return [at, at + word.length];
}

/** Puts the cursor into a word, or between some characters, with the mouse. */
export async function clickWord(page: Page, line: string, word: string | Span): Promise<void> {
  const span = typeof word === 'string' ? spanOf(line, word) : word;
  const { x, y } = await middleOf(page, line, span);
  await page.mouse.click(x, y);
}

/** How often each colour stands on the overview ruler: `r,g,b` → pixels. */
export const rulerColours = (editor: Locator): Promise<Record<string, number>> =>
  editor.locator('canvas.decorationsOverviewRuler').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const counts: Record<string, number> = {};
    for (let i = 0; i < data.length; i += 4) {
      const colour = `${data[i]},${data[i + 1]},${data[i + 2]}`;
      counts[colour] = (counts[colour] ?? 0) + 1;
    }
    return counts;
  });
