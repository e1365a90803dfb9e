// The explorer's tree and its context menu, by mouse.

/** The longest wait for an entry; a busy machine needs seconds to register an extension. */
const PATIENCE_MS = 60_000;
/** How long a menu that is open may lack an entry: extensions register late, and it does not refresh. */
const MENU_MS = 1500;

/** @typedef {import('playwright-core').Page} Page */

/**
 * A row of the explorer by the name of its file or folder, in full.
 * @param {Page} page
 * @param {string} name
 */
export const explorerRow = (page, name) =>
  page
    .locator('.explorer-folders-view .monaco-list-row')
    .filter({ has: page.getByText(name, { exact: true }) })
    .first();

/**
 * Chooses an entry of the context menu of a file or folder in the explorer.
 * @param {Page} page
 * @param {string} name
 * @param {string} entry
 */
export async function chooseInExplorerMenu(page, name, entry) {
  const items = page.locator('.monaco-menu .action-item');
  const item = items.filter({ hasText: entry }).first();
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    await explorerRow(page, name).click({ button: 'right' });
    await items.first().waitFor();
    const listed = await item.waitFor({ timeout: MENU_MS }).then(
      () => true,
      () => false,
    );
    if (listed) break;
    await page.keyboard.press('Escape');
    if (Date.now() > end) throw new Error(`The menu of ${name} has no “${entry}”.`);
  }
  await item.hover();
  await items.and(page.locator('.focused')).filter({ hasText: entry }).waitFor();
  // A menu that has just opened does not take clicks, so that the one that opened it chooses nothing.
  await page.keyboard.press('Enter');
  await item.waitFor({ state: 'hidden' });
}
