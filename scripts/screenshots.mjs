// `npm run screenshots`: takes the pictures under media/ anew, in a real VS Code, on the samples.
// `npm run screenshots -- NAME…` takes only these.
import path from 'node:path';
import { ensureBrowser } from './setup/browser.mjs';
import { must } from './setup/commands.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { installVscodeServer } from './setup/vscodeServer.mjs';
import { addressOf } from './vscode/address.mjs';
import { startServer } from './vscode/server.mjs';

const VIEWPORT = { width: 1440, height: 1060 };

/** @typedef {import('./screenshots/poses.mjs').Shot} Shot */

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
async function take({ name, theme, chinese, sideBar, pose }, installed, browserPath) {
  // Here, not above: on a fresh machine the package is installed by this very script.
  const { openBrowser, webviewWith, workbenchReady } = await import('./vscode/workbench.mjs');
  const server = await startServer({
    installed,
    extensions: ['.', 'scripts/demo'],
    settings: { 'workbench.colorTheme': theme },
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
    if (!sideBar) await page.keyboard.press('Control+b');
    await pose({ page, panel });
    // Or the last place would show its hover, where none is wanted.
    if (!name.startsWith('hover')) await page.mouse.move(0, 0);
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
const { shots } = await import('./screenshots/poses.mjs');
const asked = process.argv.slice(2);
for (const shot of shots)
  if (asked.length === 0 || asked.includes(shot.name)) await take(shot, installed, browserPath);
