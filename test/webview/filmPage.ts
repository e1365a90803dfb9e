// What tests read off the film, and how they go through it.
import type { Page } from 'playwright-core';

export const bar = (page: Page) => page.getByRole('slider', { name: 'Step' });
/** Until the film stands at a step, counted from 1. */
export const standsAt = (page: Page, step: number): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => document.querySelector('.scrub')?.getAttribute('aria-valuenow') === wanted,
    String(step),
  );
export const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Cells of a card's table of all weights: position, token, weight. */
export async function twinOf(page: Page, card: string): Promise<string[][]> {
  await page.locator(`.film-card.${card} .film-row:not(.stale)`).waitFor();
  return page
    .locator(`.film-card.${card} .twin tbody tr`)
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
    );
}

/** Whether each row of the triangle has anything on it but bare ground; the last must have nothing. */
export const inkedRows = (page: Page, rows: number): Promise<boolean[]> =>
  page.evaluate((count) => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.film-triangle')!;
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
    const ground = getComputedStyle(document.body).backgroundColor.match(/\d+/g)!.map(Number);
    const isBare = (x: number, y: number): boolean =>
      [0, 1, 2].every((c) => Math.abs(data[4 * (y * width + x) + c]! - ground[c]!) < 3);
    // The plot is square, and ends four pixels before the canvas.
    const [right, bottom] = [width - 6, height - 4];
    let left = right;
    while (left > 0 && isBare(left, bottom - 3)) left--;
    const cell = (width - 4 - left) / count;
    return Array.from({ length: count }, (_, row) => {
      const y = Math.round(bottom - (count - row - 0.5) * cell);
      return Array.from({ length: right - left - 2 }, (__, i) => right - i).some(
        (x) => !isBare(x, y),
      );
    });
  }, rows);
