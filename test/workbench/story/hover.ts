import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { clickWord, middleOf, spanOf } from '../editorDom';
import { eventually } from '../eventually';
import { ourHover, pointAt, pointAway, readHover } from '../hoverDom';
import { completed } from '../panelDom';
import { openByName } from '../quickPick';
import type { Session } from '../session';
import { agree, assertHover, type Stand } from '../stand';
import { TIRED } from './sentences';

const begin: Stand = { head: 'E2·mean', token: 'it', direction: 'looks at', specials: true };

/** A sentence with something that VS Code itself shows a hover for. */
export const LINKED = 'See https://example.org today.';

/** Numbers under the pointer. */
export function hover(session: Session): void {
  describe('the hover', () => {
    it('tells of the token, its row, the sharpest heads and its position', async () => {
      const { page } = session;
      const { text, sharpest, pictures } = await readHover(await pointAt(page, TIRED.line, 'it'));
      assert.match(text, /^it\s+▁it\s+id \d+, position 10 of 0–15\s+Show in panel/);
      assert.match(text, /E2·mean looks at/);
      assert.match(text, /Positional encoding/);
      assert.equal(sharpest.length, 3);
      for (const name of sharpest) assert.match(name, /^[EDC]\d·H\d$/);
      assert.ok(pictures.includes('Positional encoding of position 10'));
      assert.ok(pictures.some((alt) => /^0\.\d{4} of 0\.\d{4}$/.test(alt)));
      await pointAway(page);
      await assertHover(session, TIRED, begin);
    });

    it('comes by keyboard', async () => {
      const { page } = session;
      await clickWord(page, TIRED.line, 'it');
      await page.mouse.move(2, 2);
      await page.keyboard.press('Control+k');
      await page.keyboard.press('Control+i');
      await ourHover(page).waitFor();
      assert.match((await readHover(ourHover(page))).text, /^it\s/);
      await page.keyboard.press('Escape');
      await ourHover(page).waitFor({ state: 'hidden' });
    });

    it('leads to its head, in panel, editor and side panel', async () => {
      const { page } = session;
      const shown = await pointAt(page, TIRED.line, 'it');
      const [name = ''] = (await readHover(shown)).sharpest;
      await shown.getByText(name, { exact: true }).click();
      await pointAway(page);
      await agree(session, TIRED, { ...begin, head: name });
      const another = await pointAt(page, TIRED.line, 'street');
      await another.getByText('Show in panel').click();
      await agree(session, TIRED, { ...begin, head: name, token: 'street' });
      await page.mouse.move(2, 2);
    });

    it('stays away where the setting says so', async () => {
      const { page } = session;
      // Beside the panel, not in its place.
      await clickWord(page, TIRED.line, 'it');
      await openByName(session, 'linked.txt');
      await clickWord(page, LINKED, 'See');
      await page.keyboard.press('Control+Alt+h');
      await completed(await session.panel());
      const shown = await pointAt(page, LINKED, 'example');
      await shown.getByText('Follow link').waitFor();
      await pointAway(page);
      await setHover(page, false);
      // VS Code's own hover for the address comes, ours does not.
      const { x, y } = await middleOf(page, LINKED, spanOf(LINKED, 'example'));
      const own = page.locator('.monaco-hover:not(.hidden)').filter({ hasText: 'Follow link' });
      await eventually(async () => {
        await page.mouse.move(2, 2);
        await own.waitFor({ state: 'hidden' });
        await page.mouse.move(x, y);
        await own.waitFor();
        assert.equal(await ourHover(page).count(), 0);
      });
      await page.mouse.move(2, 2);
      await setHover(page, true);
      await pointAt(page, LINKED, 'example');
      await pointAway(page);
      await page.keyboard.press('Control+w');
    });
  });
}

/** In the settings editor, as a person does it. */
async function setHover(page: Page, wanted: boolean): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.locator('.settings-editor .search-container .view-line').first().waitFor();
  await page.keyboard.insertText('headlight.hover.enabled');
  const box = page.getByRole('checkbox', { name: 'headlight.hover.enabled' });
  await eventually(async () => assert.equal(await box.isChecked(), !wanted));
  await box.click();
  // Marked as changed, and as the default again, once it is written.
  const changed = page.locator('.settings-editor .setting-item-contents.is-configured');
  await changed.waitFor({ state: wanted ? 'detached' : 'visible' });
  await page.keyboard.press('Control+w');
  await page.locator('.settings-editor').waitFor({ state: 'detached' });
}
