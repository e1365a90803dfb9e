// VS Code's hover over a word, as far as it is ours.
import type { Locator, Page } from 'playwright-core';
import { middleOf, spanOf, type Span } from './editorDom';

export interface HoverLink {
  readonly position: number;
  readonly label: string;
  readonly weight: string;
}

export interface HoverContent {
  readonly text: string;
  /** The strongest links, as the table has them. */
  readonly links: readonly HoverLink[];
  /** Names of the sharpest heads. */
  readonly sharpest: readonly string[];
  readonly pictures: readonly string[];
}

/** The hover on screen that tells about a token. */
export const ourHover = (page: Page): Locator =>
  page.locator('.monaco-hover:not(.hidden)').filter({ hasText: /position \d+ of 0–\d+/ });

/** Anywhere but on a text. */
export const pointAway = async (page: Page): Promise<void> => {
  await page.mouse.move(2, 2);
  await ourHover(page).waitFor({ state: 'hidden' });
};

/** Points at a word until its hover is there. */
export async function pointAt(page: Page, line: string, word: string | Span): Promise<Locator> {
  const span = typeof word === 'string' ? spanOf(line, word) : word;
  const { x, y } = await middleOf(page, line, span);
  await page.mouse.move(x - 1, y);
  await page.mouse.move(x, y);
  const hover = ourHover(page);
  await hover.waitFor();
  return hover;
}

export const readHover = (hover: Locator): Promise<HoverContent> =>
  hover.evaluate((root: HTMLElement) => {
    const clean = (text: string | null | undefined): string =>
      (text ?? '').replaceAll(/[\u2068\u2069]/g, '').trim();
    const rowsOf = (table: Element | undefined): string[][] =>
      [...(table?.querySelectorAll('tbody tr') ?? [])].map((row) =>
        [...row.querySelectorAll('td')].map((cell) => clean(cell.textContent)),
      );
    const tables = [...root.querySelectorAll('table')];
    const withHead = (word: string): Element | undefined =>
      tables.find((table) => clean(table.querySelector('thead')?.textContent).includes(word));
    return {
      text: clean(root.innerText),
      links: rowsOf(withHead('Moved')).map(([position = '', label = '', , weight = '']) => ({
        position: Number(position),
        label,
        weight,
      })),
      sharpest: rowsOf(withHead('Sharpest heads')).map(([name = '']) => name),
      pictures: [...root.querySelectorAll('img')].map((image) => image.alt),
    };
  });
