// VS Code's list in the middle of the window's top, by keyboard.
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Session } from './session';

export const pickRows = (page: Page): Locator =>
  page.locator(
    '.quick-input-widget:not([style*="display: none"]) .quick-input-list .monaco-list-row',
  );

export const pickInput = (page: Page): Locator =>
  page.locator('.quick-input-widget input.input').first();

/** Until what is typed goes into the list, no longer into the editor. */
export const listensToKeys = (page: Page): Promise<void> =>
  page.locator('.quick-input-widget input.input:focus').first().waitFor();

/** Types into the open list until a row is first that has the words. */
export async function typeInPick(page: Page, typed: string, first: string | RegExp): Promise<void> {
  await listensToKeys(page);
  await pickRows(page).first().waitFor();
  await page.keyboard.insertText(typed);
  await pickRows(page).first().filter({ hasText: first }).waitFor();
}

/** Takes what is first in the open list. */
export async function takeFirst(page: Page): Promise<void> {
  await page.keyboard.press('Enter');
  await pickInput(page).waitFor({ state: 'hidden' });
}

/**
 * Opens anything of the folder: the whole path is found without the file search, whose program old
 * servers lack.
 */
export async function quickOpen({ page, folder }: Session, name: string): Promise<void> {
  await page.keyboard.press('Control+p');
  await typeInPick(page, path.join(folder, name), name);
  await takeFirst(page);
  await page.locator('.tab.active', { hasText: name }).waitFor();
}

/** Opens a text of the folder. */
export async function openByName(session: Session, name: string): Promise<void> {
  await quickOpen(session, name);
  await session.page.locator('.monaco-editor.focused .view-line').first().waitFor();
}
