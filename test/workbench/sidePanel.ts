// Our container in the activity bar, with its views.
import type { Locator, Page } from 'playwright-core';

export async function openSidePanel(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Headlight', exact: true }).click();
  await pane(page, 'Heads').waitFor();
}

export const pane = (page: Page, title: string): Locator =>
  page.locator('.pane').filter({ has: page.locator('.pane-header h3', { hasText: title }) });

export const headRows = (page: Page): Locator => pane(page, 'Heads').locator('.monaco-list-row');

/** Label of the row that is selected in *Heads*, up to what is said of the head. */
export async function selectedHead(page: Page): Promise<string> {
  const label = await headRows(page)
    .and(page.locator('.selected'))
    .first()
    .getAttribute('aria-label');
  return label?.split(',')[0] ?? '';
}

/** Presses a button in the title of a view. */
export async function pressInTitle(page: Page, view: string, button: string): Promise<void> {
  await pane(page, view).locator('.pane-header').hover();
  await pane(page, view).getByRole('button', { name: button }).click();
}

export const statusItem = (page: Page): Locator =>
  page.locator('[id="headlight.headlight.headlight.status"]');
