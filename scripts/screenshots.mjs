// `npm run screenshots`: takes the pictures under media/ anew, in a real VS Code, on the sample sentence.
import path from 'node:path';
import { ensureBrowser } from './setup/browser.mjs';
import { must } from './setup/commands.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { installVscodeServer } from './setup/vscodeServer.mjs';
import { addressOf } from './vscode/address.mjs';
import { startServer } from './vscode/server.mjs';

const VIEWPORT = { width: 1440, height: 1060 };

/** @typedef {import('playwright-core').Frame} Frame */

/**
 * @typedef {object} Shot
 * @property {string} name of the file
 * @property {string} theme
 * @property {boolean} [chinese]
 * @property {(panel: Frame) => Promise<void>} pose
 */

/** Chooses an ordinary token of a side by its label. @param {Frame} panel @param {number} side @param {string} label */
async function choose(panel, side, label) {
  const chips = panel.getByRole('listbox').nth(side).locator('.chip:not(.special)');
  await chips.filter({ has: panel.locator('.chip-label', { hasText: exactly(label) }) }).click();
}

/** @param {string} text */
const exactly = (text) => new RegExp(`^\\s*${text}\\s*$`);

/** The last control of its row that chooses heads. @param {Frame} panel @param {string} head */
const chooseHead = (panel, head) => panel.locator('select').last().selectOption({ label: head });

/** @param {Frame} panel @param {string} selector */
const scrollTo = (panel, selector) =>
  panel
    .locator(selector)
    .first()
    .evaluate((one) => one.scrollIntoView({ block: 'start' }));

/** @param {Frame} panel */
async function poseHead(panel) {
  await choose(panel, 0, 'it');
  await chooseHead(panel, 'H3');
}

/** @type {readonly Shot[]} */
const shots = [
  { name: 'screenshot-dark', theme: 'Default Dark Modern', pose: poseHead },
  { name: 'screenshot-light', theme: 'Default Light Modern', pose: poseHead },
  {
    name: 'head-dark',
    theme: 'Default Dark Modern',
    pose: async (panel) => {
      await poseHead(panel);
      await scrollTo(panel, '[role=tablist]');
    },
  },
  {
    name: 'cross-light',
    theme: 'Default Light Modern',
    pose: async (panel) => {
      await choose(panel, 1, 'il');
      await chooseHead(panel, 'H3');
    },
  },
  {
    name: 'positions-dark',
    theme: 'Default Dark Modern',
    pose: async (panel) => {
      await poseHead(panel);
      await panel.getByRole('tab').nth(2).click();
      await scrollTo(panel, '[role=tablist]');
    },
  },
  { name: 'chinese-light', theme: 'Default Light Modern', chinese: true, pose: poseHead },
];

/** Answers to what a pose asked for are painted within a few frames; this many are plenty. */
const FRAMES = 60;

/** In the page: resolves after so many frames. @param {number} frames */
const settle = (frames) =>
  new Promise((/** @type {(done: void) => void} */ resolve) => {
    const next = (/** @type {number} */ left) =>
      left === 0 ? resolve() : requestAnimationFrame(() => next(left - 1));
    next(frames);
  });

/** @param {Shot} shot @param {import('./setup/vscodeServer.mjs').InstalledServer} installed @param {string} browserPath */
async function take({ name, theme, chinese, pose }, installed, browserPath) {
  // Here, not above: on a fresh machine the package is installed by this very script.
  const { openBrowser, webviewWith, workbenchReady } = await import('./vscode/workbench.mjs');
  const server = await startServer({
    installed,
    extensions: ['.', 'scripts/demo'],
    settings: {
      'workbench.colorTheme': theme,
      'workbench.sideBar.location': 'right',
      'workbench.activityBar.location': 'hidden',
    },
    ...(chinese ? { languagePack: 'test/fixtures/languagePack' } : {}),
  });
  const { browser, page } = await openBrowser(browserPath, {
    viewport: VIEWPORT,
    locale: chinese ? 'zh-CN' : 'en-US',
  });
  try {
    await page.goto(addressOf(server, { folder: 'sample' }));
    await workbenchReady(page);
    const panel = await webviewWith(page, '#app .header');
    await panel.locator('.header .state', { hasText: /Complete in|已完成/ }).waitFor();
    await page.keyboard.press('Control+b');
    await pose(panel);
    await page.mouse.move(0, 0); // or the last place would show its hover
    await panel.locator('.badge').first().waitFor();
    await panel.evaluate(settle, FRAMES);
    const file = path.join('media', `${name}.png`);
    await page.screenshot({ path: file });
    console.log(file);
  } finally {
    await browser.close();
    await server.stop();
  }
}

process.chdir(path.join(import.meta.dirname, '..'));
await installDependencies();
await must(process.execPath, ['scripts/build.mjs']);
const installed = await installVscodeServer();
const browserPath = await ensureBrowser();
for (const shot of shots) await take(shot, installed, browserPath);
