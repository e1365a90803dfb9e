// The main job for a reader of Chinese: VS Code speaks Simplified Chinese, and so does everything of ours.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { addressOf } from '../../scripts/vscode/address.mjs';
import { startServer } from '../../scripts/vscode/server.mjs';
import {
  openBrowser,
  openFile,
  runCommand,
  webviewWith,
  workbenchReady,
} from '../../scripts/vscode/workbench.mjs';
import { chromiumPath, installedServer, vsix } from './packagedRun';

/** Every English template of a room; those with places are compared up to the first. */
const templates = ['panel', 'host', 'failures'].flatMap((room) =>
  Object.entries(
    JSON.parse(readFileSync(`l10n/zh-cn/${room}.json`, 'utf8')) as Record<string, string>,
  ),
);
/** What stands in the page as it does in English: symbols and names that Chinese writes the same way. */
const untranslated = templates.filter(([english, chinese]) => english !== chinese);

describe('the packaged extension in Chinese', function () {
  this.bail(true);
  let server: Awaited<ReturnType<typeof startServer>>;
  let open: Awaited<ReturnType<typeof openBrowser>>;
  let panel: Frame;

  before(async () => {
    server = await startServer({
      installed: installedServer,
      vsix: [vsix],
      languagePack: 'test/fixtures/languagePack',
    });
    open = await openBrowser(chromiumPath, { locale: 'zh-CN' });
    await open.page.goto(addressOf(server, { folder: 'sample' }));
    await workbenchReady(open.page);
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    const picture = path.resolve('out', 'results', 'chinese.png');
    await open.page.screenshot({ path: picture });
    console.log(`screenshot: ${picture}`);
  });

  after(async () => {
    await open?.browser.close();
    await server?.stop();
  });

  it('has its commands in Chinese', async () => {
    await openFile(open.page, 'english.txt');
    await open.page.locator('.view-line', { hasText: 'too tired' }).click();
    await runCommand(open.page, 'Headlight: 检视所选文本');
    panel = await webviewWith(open.page, '#app .header');
  });

  it('runs, and says so in Chinese', async () => {
    await panel.locator('.header .state', { hasText: /^已完成/ }).waitFor();
    assert.equal(await panel.evaluate(() => document.documentElement.lang), 'zh-cn');
    await open.page.locator('.tab', { hasText: '注意力：' }).waitFor();
  });

  it('shows no word of English of ours, in no view', async () => {
    for (const view of [0, 1, 2]) {
      await panel.getByRole('tab').nth(view).click();
      const texts = await panel.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('#app *')]
          .flatMap((one) => [
            one.getAttribute('aria-label'),
            one.getAttribute('title'),
            one.childElementCount === 0 ? one.textContent : null,
          ])
          .flatMap((text) => (text === null || text.trim() === '' ? [] : [text.trim()])),
      );
      assert.ok(texts.length > 20, 'there is something to read');
      const english = untranslated
        .map(([template]) => template)
        .filter((template) => !template.includes('{') && texts.includes(template));
      assert.deepEqual(english, []);
    }
  });
});
