import assert from 'node:assert/strict';
import { runCommand } from '../../../scripts/vscode/workbench.mjs';
import { clickWord } from '../editorDom';
import { listensToKeys, pickInput, pickRows, takeFirst, typeInPick } from '../quickPick';
import type { Session } from '../session';
import { agree } from '../stand';
import { HEAD } from './comparison';
import { TIRED } from './sentences';

/** A view as an address, and back. */
export function links(session: Session): void {
  describe('a link', () => {
    it('opens exactly the view that it was copied from', async () => {
      const { page } = session;
      const there = { ...HEAD, token: 'animal' };
      await clickWord(page, TIRED.line, 'animal');
      await agree(session, TIRED, there);
      await runCommand(page, 'Headlight: Copy Link to View');
      await page.locator('.statusbar', { hasText: 'the link is in the clipboard' }).waitFor();
      await clickWord(page, TIRED.line, 'tired');
      await page.keyboard.press('Control+Alt+g');
      await typeInPick(page, 'e0h1', /E0·H1/);
      await takeFirst(page);
      await agree(session, TIRED, { ...HEAD, head: 'E0·H1', token: 'tired' });
      await runCommand(page, 'Developer: Open URL');
      await pickRows(page).first().waitFor({ state: 'hidden' });
      await listensToKeys(page);
      await page.keyboard.press('Control+v');
      assert.match(await pickInput(page).inputValue(), /^[\w-]+:\/\/headlight\.headlight\/view\?v/);
      await page.keyboard.press('Enter');
      await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Open' }).click();
      await agree(session, TIRED, there);
    });
  });
}
