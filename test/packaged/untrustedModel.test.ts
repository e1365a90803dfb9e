// A folder that nobody trusts, with a model in it and settings that name it: it is opened only when
// the person says yes to that very folder.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { addressOf } from '../../scripts/vscode/address.mjs';
import { startServer } from '../../scripts/vscode/server.mjs';
import { openBrowser, runCommand, workbenchReady } from '../../scripts/vscode/workbench.mjs';
import { chromiumPath, installedServer, vsix } from './packagedRun';

/** A menu that has just opened takes no click, so that the one that opened it chooses nothing. */
const MENU_MS = 1000;
const NAME = 'its-own-model';
/** In a folder that the person's own settings name. */
const TRUSTED_NAME = 'my-own-model';
const WEIGHTS_AND_CONFIG = path.join('test', 'fixtures', 'reference', 'marian');

describe('a model in a folder that is not trusted', function () {
  // One story: what follows a failed step says nothing.
  this.bail(true);
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'headlight-untrusted-'));
  const folder = path.join(temporary, 'project');
  const model = path.join(folder, NAME);
  const shelf = path.join(temporary, 'shelf');
  let server: Awaited<ReturnType<typeof startServer>>;
  let open: Awaited<ReturnType<typeof openBrowser>>;

  const status = (): Locator => open.page.locator('.statusbar-item', { hasText: NAME });
  const question = (): Locator => open.page.locator('.monaco-dialog-box', { hasText: NAME });
  const answer = (words: string): Promise<void> =>
    question().locator('.monaco-button', { hasText: words }).click();

  /** What the explorer's menu offers on the folder. */
  async function openFromExplorer(): Promise<void> {
    const row = open.page.locator('.explorer-folders-view .monaco-list-row', { hasText: NAME });
    await row.click({ button: 'right' });
    const item = open.page
      .locator('.monaco-menu-container .action-item', { hasText: 'Headlight: Open Model…' })
      .first();
    let chosen = false;
    while (!chosen) {
      await item.click();
      chosen = await item.waitFor({ state: 'hidden', timeout: MENU_MS }).then(
        () => true,
        () => false,
      );
    }
  }

  before(async () => {
    cpSync('sample', folder, { recursive: true });
    cpSync(WEIGHTS_AND_CONFIG, model, { recursive: true });
    cpSync(WEIGHTS_AND_CONFIG, path.join(shelf, TRUSTED_NAME), { recursive: true });
    mkdirSync(path.join(folder, '.vscode'));
    const settings = { 'headlight.defaultModel': model, 'headlight.modelFolders': [folder] };
    writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    server = await startServer({
      installed: installedServer,
      vsix: [vsix],
      workspaceTrust: true,
      // Older versions ask at start; without an answer a folder is not trusted.
      settings: { 'security.workspace.trust.startupPrompt': 'never' },
    });
    const machine = path.join(server.folder, 'data', 'Machine');
    mkdirSync(machine, { recursive: true });
    const own = { 'headlight.modelFolders': [shelf] };
    writeFileSync(path.join(machine, 'settings.json'), JSON.stringify(own));
    open = await openBrowser(chromiumPath);
    await open.page.goto(addressOf(server, { folder }));
    await workbenchReady(open.page);
    await open.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    const picture = path.resolve('out', 'results', 'untrusted.png');
    await open.page.screenshot({ path: picture });
    console.log(`screenshot: ${picture}\n${server.log().slice(-2000)}`);
  });

  after(async () => {
    await open?.browser.close();
    await server?.stop();
    rmSync(temporary, { recursive: true, force: true });
  });

  it("is not offered because the folder's own settings name it", async () => {
    await runCommand(open.page, 'Headlight: Choose Model…');
    const rows = open.page.locator('.quick-input-list .monaco-list-row');
    // The folder's own setting would have taken the place of the person's.
    await rows.filter({ hasText: TRUSTED_NAME }).waitFor();
    assert.equal(await rows.filter({ hasText: NAME }).count(), 0);
    await open.page.keyboard.press('Escape');
  });

  it('is asked for by its path, and not opened without a yes', async () => {
    await openFromExplorer();
    await question().filter({ hasText: model }).waitFor();
    await answer('Cancel');
    await question().waitFor({ state: 'hidden' });
    // Had it been opened, the next question would not come.
    await openFromExplorer();
    await question().waitFor();
    assert.equal(await status().count(), 0);
  });

  it('is opened with a yes, and named in the status bar', async () => {
    await answer('Open');
    await status().first().waitFor();
    const row = open.page.locator('.pane-body .monaco-list-row', { hasText: NAME });
    await row.filter({ hasText: 'loaded' }).waitFor();
  });
});
