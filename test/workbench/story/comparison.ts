import assert from 'node:assert/strict';
import { clickWord } from '../editorDom';
import { completed } from '../panelDom';
import { takeFirst, typeInPick } from '../quickPick';
import type { Session } from '../session';
import { agree, type Stand } from '../stand';
import { TIRED, WIDE } from './sentences';

export const HEAD: Stand = { head: 'E2·H5', token: 'it', direction: 'looks at', specials: true };

/** The two sentences that made the question famous, side by side. */
export function comparison(session: Session): void {
  describe('the pinned view', () => {
    it('stays while another sentence is inspected', async () => {
      const { page } = session;
      const panel = await session.panel();
      await page.keyboard.press('Control+Alt+g');
      await typeInPick(page, 'e2h5', /E2·H5/);
      await takeFirst(page);
      await panel.getByRole('button', { name: 'Looks at' }).click();
      await clickWord(page, TIRED.line, 'it');
      await agree(session, TIRED, HEAD);
      await panel.getByRole('button', { name: 'Pin this view to compare it with others' }).click();
      await panel.locator('.tab-hint', { hasText: /^E2·H5 of .+ is pinned$/ }).waitFor();
      await clickWord(page, WIDE.line, 'it');
      await page.keyboard.press('Control+Alt+h');
      await panel.getByRole('option', { name: /^wide/ }).waitFor();
      await completed(panel);
      await agree(session, WIDE, HEAD);
    });

    it('stands beside the view of now, with their difference', async () => {
      const panel = await session.panel();
      await panel.getByRole('tab', { name: 'Compare' }).click();
      const card = (name: string): Promise<string> =>
        panel.getByRole('region', { name, exact: true }).innerText();
      await panel.locator('canvas.difference-map').waitFor();
      await panel.locator('.row-comparison tbody tr').first().waitFor();
      assert.match(await card('Pinned'), /E2·H5[\s\S]*“it” looks at[\s\S]*tired/);
      assert.match(await card('Now'), /E2·H5[\s\S]*“it” looks at[\s\S]*wide/);
      const words = await panel.locator('.row-comparison tbody th').allInnerTexts();
      for (const word of ['animal', 'street', 'it'])
        assert.ok(words.includes(word), `${word} in ${words.join(' ')}`);
      assert.ok(
        words.some((word) => word.includes('tired')) && words.some((word) => word.includes('wide')),
      );
    });

    it('is there again at the cursor', async () => {
      const { page } = session;
      const panel = await session.panel();
      await clickWord(page, TIRED.line, 'street');
      await agree(session, TIRED, { ...HEAD, token: 'street' });
      await panel.getByRole('tab', { name: 'Matrix' }).click();
      await panel.locator('.tab-hint', { hasText: /^E2·H5 of .+ is pinned$/ }).waitFor();
      const unpin = panel.getByRole('button', { name: 'Pin this view to compare it with others' });
      await unpin.click();
      await panel.getByRole('tab', { name: 'Compare' }).waitFor({ state: 'hidden' });
    });
  });
}
