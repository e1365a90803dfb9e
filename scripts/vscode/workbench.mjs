// Driving a served VS Code the way a person does: through the browser. Everything waits for a state.
import { chromium } from 'playwright-core';

/** The longest wait for anything the workbench shows; a busy machine needs seconds. */
const PATIENCE_MS = 60_000;
/** How long a palette that is open may lack a command: extensions register late, and it does not refresh. */
const PALETTE_MS = 1500;

/** Arguments that keep Chromium to itself. The sandbox needs a user other than root. */
const QUIET = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--disable-default-apps'],
];

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */

/**
 * @param {string} executablePath
 * @param {{ args?: readonly string[], viewport?: { width: number, height: number }, locale?: string }} [options]
 */
export async function openBrowser(executablePath, options = {}) {
  const { args = [], viewport = { width: 1280, height: 800 }, locale = 'en-US' } = options;
  const browser = await chromium.launch({ executablePath, args: [...QUIET, ...args] });
  const context = await browser.newContext({
    viewport,
    locale,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return { browser, context, page: await context.newPage() };
}

/**
 * Until the workbench shows its folder.
 * @param {Page} page
 */
export const workbenchReady = (page) =>
  page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();

/**
 * Opens a file of the folder from the explorer.
 * @param {Page} page
 * @param {string} name
 */
export async function openFile(page, name) {
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
  await page.locator('.tab.active', { hasText: name }).waitFor();
  await page.locator('.monaco-editor .view-line').first().waitFor();
}

/**
 * Runs a command from the palette by its title.
 * @param {Page} page
 * @param {string} title
 */
export async function runCommand(page, title) {
  const input = page.locator('.quick-input-widget input.input').first();
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    await page.keyboard.press('F1');
    await input.fill(`>${title}`);
    const listed = await row.waitFor({ timeout: PALETTE_MS }).then(
      () => true,
      () => false,
    );
    if (listed) break;
    await page.keyboard.press('Escape');
    if (Date.now() > end) throw new Error(`There is no command “${title}”.`);
  }
  await row.click();
}

/**
 * The document of the webview that holds the selector. A webview is two frames deep: VS Code's own
 * page, then the extension's.
 * @param {Page} page
 * @param {string} selector
 * @returns {Promise<Frame>}
 */
export async function webviewWith(page, selector) {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    for (const frame of page.frames()) {
      const inner = frame.parentFrame()?.parentFrame() !== null && frame.parentFrame() !== null;
      // A frame may go away between being listed and being asked.
      if (
        inner &&
        (await frame
          .locator(selector)
          .count()
          .catch(() => 0)) > 0
      )
        return frame;
    }
    await page.waitForTimeout(50);
  }
  throw new Error(`There is no webview with ${selector}.`);
}
