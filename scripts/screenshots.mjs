// `npm run screenshots`: takes the pictures under media/ anew, in a real VS Code, on the samples.
// `npm run screenshots -- NAME…` takes only these.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { ensureBrowser } from './setup/browser.mjs';
import { must } from './setup/commands.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { installVscodeServer } from './setup/vscodeServer.mjs';
import { addressOf } from './vscode/address.mjs';
import { startServer } from './vscode/server.mjs';

const VIEWPORT = { width: 1440, height: 1060 };

/** @typedef {import('./screenshots/scene.mjs').Shot} Shot */

/** Answers to what a pose asked for are painted within a few frames; this many are plenty. */
const FRAMES = 60;

/** In the page: resolves after so many frames. @param {number} frames */
const settle = (frames) =>
  new Promise((/** @type {(done: void) => void} */ resolve) => {
    const next = (/** @type {number} */ left) =>
      left === 0 ? resolve() : requestAnimationFrame(() => next(left - 1));
    next(frames);
  });

/**
 * What the demonstration shows when VS Code starts.
 * @param {import('playwright-core').Page} page
 */
async function lit(page) {
  const { webviewWith } = await import('./vscode/workbench.mjs');
  const { complete } = await import('./screenshots/scene.mjs');
  const panel = await webviewWith(page, '#app .header');
  await complete(panel);
  return panel;
}

/**
 * @param {Shot} shot
 * @param {import('./setup/vscodeServer.mjs').InstalledServer} installed
 * @param {string} browserPath
 */
async function take({ name, theme, reading, file, ...shot }, installed, browserPath) {
  // Here, not above: on a fresh machine the package is installed by this very script.
  const { openBrowser, workbenchReady } = await import('./vscode/workbench.mjs');
  const { folderWith, readWith, sampleWith } = await import('./screenshots/openedModel.mjs');
  const made = reading ? folderWith(reading) : file ? sampleWith(file) : null;
  const folder = (await made) ?? 'sample';
  const server = await startServer({
    installed,
    extensions: reading === undefined ? ['.', 'scripts/demo'] : ['.'],
    settings: { 'workbench.colorTheme': theme },
    ...(shot.chinese ? { languagePack: 'test/fixtures/languagePack' } : {}),
  });
  const { browser, page } = await openBrowser(browserPath, {
    viewport: VIEWPORT,
    locale: shot.chinese ? 'zh-CN' : 'en-US',
  });
  try {
    await page.goto(addressOf(server, { folder }));
    await workbenchReady(page);
    const panel = await (reading === undefined ? lit(page) : readWith(page, reading));
    if (!shot.sideBar) await page.keyboard.press('Control+b');
    await shot.pose({ page, panel });
    // Or the last place would show its hover, where none is wanted.
    if (!shot.hover) await page.mouse.move(0, 0);
    await panel.evaluate(settle, FRAMES);
    const picture = path.join('media', `${name}.png`);
    await page.screenshot({ path: picture });
    console.log(picture);
  } finally {
    await browser.close();
    await server.stop();
    if (made !== null) await rm(path.dirname(folder), { recursive: true });
  }
}

process.chdir(path.join(import.meta.dirname, '..'));
await installDependencies();
await must(process.execPath, ['scripts/build.mjs']);
const installed = await installVscodeServer();
const browserPath = await ensureBrowser();
const { shots } = await import('./screenshots/poses.mjs');
const asked = process.argv.slice(2);
for (const shot of shots)
  if (asked.length === 0 || asked.includes(shot.name)) await take(shot, installed, browserPath);
