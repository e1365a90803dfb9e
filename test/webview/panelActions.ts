/** What tests do with an open panel, and read from it. */
import type { Locator, Page } from 'playwright-core';
import type { FromPanel } from '../../src/protocol/panelMessages';

/** “it” and “animal” among the tokens of the built-in model's sentence. */
export const IT = 10;
export const ANIMAL = 2;

const received = (page: Page): Promise<FromPanel[]> =>
  page.evaluate(() => window.fakeHost.received);
export const sent = async <T extends FromPanel['type']>(
  page: Page,
  type: T,
): Promise<Extract<FromPanel, { type: T }>[]> =>
  (await received(page)).filter(
    (message): message is Extract<FromPanel, { type: T }> => message.type === type,
  );
export const step = (page: Page): Promise<boolean> => page.evaluate(() => window.fakeHost.step());
export const chips = (page: Page, name: string): Locator =>
  page.getByRole('listbox', { name }).getByRole('option');
export const painted = (page: Page): Promise<number> => page.locator('.thumbnail.painted').count();
/** Until the page has drawn what it was last told. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
/** Opens every folded table. */
export const unfold = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
