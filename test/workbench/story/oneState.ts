import assert from 'node:assert/strict';
import { clickWord } from '../editorDom';
import { eventually } from '../eventually';
import { chips, readPanel, SOURCE, TARGET } from '../panelDom';
import { pickInput, takeFirst, typeInPick } from '../quickPick';
import type { Session } from '../session';
import { headRows, pressInTitle, statusItem } from '../sidePanel';
import { agree, assertHover, type Stand } from '../stand';
import { TIRED } from './sentences';

/** Whoever moves, everybody follows. */
export function oneState(session: Session): void {
  describe('one state, after', () => {
    let stand: Stand = { head: '', token: 'it', direction: 'looks at', specials: true };
    const moved = async (change: Partial<Stand>): Promise<void> => {
      stand = { ...stand, ...change };
      await agree(session, TIRED, stand);
      if (stand.head.startsWith('E')) await assertHover(session, TIRED, stand);
    };

    it('a move of the cursor', async () => {
      // A click where the cursor is already moves nothing.
      await clickWord(session.page, TIRED.line, 'was');
      await clickWord(session.page, TIRED.line, 'it');
      await eventually(async () => {
        const { token, head } = await readPanel(await session.panel());
        assert.equal(token, 'it');
        stand = { ...stand, head };
      });
      await moved({});
    });

    it('a click on a token of the panel', async () => {
      await chips(await session.panel(), SOURCE)
        .filter({ hasText: 'tired' })
        .click();
      await session.page.mouse.move(2, 2);
      await moved({ token: 'tired' });
    });

    it('a click on a head of the side panel', async () => {
      const row = headRows(session.page)
        .filter({ hasText: /^E\d·H\d/ })
        .nth(1);
      const label = (await row.getAttribute('aria-label')) ?? '';
      await row.click();
      await moved({ head: label.split(',')[0] ?? '' });
    });

    it('“Go to Head…”: looked at while choosing, left by Escape, taken by Enter', async () => {
      const { page } = session;
      const before = stand;
      await statusItem(page).click();
      await typeInPick(page, 'e2h5', /E2·H5/);
      await agree(session, TIRED, { ...stand, head: 'E2·H5' });
      await page.keyboard.press('Escape');
      await pickInput(page).waitFor({ state: 'hidden' });
      await moved(before);
      await page.keyboard.press('Control+Alt+g');
      await typeInPick(page, 'e2h5', /E2·H5/);
      await takeFirst(page);
      await moved({ head: 'E2·H5' });
      stands.push(before, stand);
    });

    const stands: Stand[] = [];
    it('back and forward', async () => {
      const panel = await session.panel();
      const [before, after] = stands;
      assert.ok(before !== undefined && after !== undefined);
      await panel.getByRole('button', { name: 'Back (Alt+Left)' }).click();
      await moved(before);
      await panel.locator('.statement').click();
      await session.page.keyboard.press('Alt+ArrowRight');
      await moved(after);
    });

    it('another direction, in the panel', async () => {
      const panel = await session.panel();
      await panel.getByRole('button', { name: 'Looked at by' }).click();
      await moved({ direction: 'is looked at by' });
      await panel.getByRole('button', { name: 'Looks at' }).click();
      await moved({ direction: 'looks at' });
    });

    it('special tokens hidden, in the side panel, and shown, in the panel', async () => {
      await pressInTitle(session.page, 'Token', 'Toggle Special Tokens');
      await moved({ specials: false });
      await (await session.panel()).getByRole('checkbox', { name: 'Specials' }).click();
      await moved({ specials: true });
    });

    it('a token of the output is chosen: the text gets the weights of cross-attention', async () => {
      const panel = await session.panel();
      await chips(panel, TARGET).filter({ hasText: /^il$/ }).click();
      await session.page.mouse.move(2, 2);
      await moved({ head: 'C2·H5', token: 'il' });
      await clickWord(session.page, TIRED.line, 'it');
      await moved({ token: 'it', direction: 'is looked at by' });
    });
  });
}
