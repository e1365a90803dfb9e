import assert from 'node:assert/strict';
import { clickWord } from '../editorDom';
import { eventually } from '../eventually';
import { takeFirst, typeInPick } from '../quickPick';
import type { Session } from '../session';
import { headRows, pane, pressInTitle } from '../sidePanel';
import { agree, type Stand } from '../stand';
import { TIRED } from './sentences';

/** More stops than there are between the view's edge and its lines. */
const MOST_TABS = 20;

/** What heads do, and the row as a table. */
export function sidePanel(session: Session): void {
  describe('the side panel', () => {
    let stand: Stand = { head: '', token: 'it', direction: 'looks at', specials: true };

    it('sorts the heads by “previous token”', async () => {
      const { page } = session;
      await pressInTitle(page, 'Heads', 'Sort Heads by…');
      await typeInPick(page, 'previous', 'Previous token');
      await takeFirst(page);
      await pane(page, 'Heads').getByText('Previous token, largest first').waitFor();
      await eventually(async () => {
        const labels = await headRows(page).evaluateAll((rows) =>
          rows.map((row) => row.getAttribute('aria-label') ?? ''),
        );
        const values = labels.flatMap((label) => {
          const [, value] = /, Previous token (\d\.\d+)$/.exec(label) ?? [];
          return value === undefined ? [] : [Number(value)];
        });
        assert.ok(values.length > 5, labels.join('; '));
        assert.deepEqual(
          values,
          values.toSorted((a, b) => b - a),
        );
      });
    });

    it('a click on a head moves panel, editor and status item', async () => {
      const { page } = session;
      await clickWord(page, TIRED.line, 'it');
      const row = headRows(page)
        .filter({ hasText: /^E\d·H\d/ })
        .first();
      const label = (await row.getAttribute('aria-label')) ?? '';
      stand = { ...stand, head: label.split(',')[0] ?? '' };
      await row.click();
      await agree(session, TIRED, stand);
    });

    it('Enter on a line of the table chooses its token', async () => {
      const { page } = session;
      const view = await session.tokenView();
      await view.locator('.heading').click();
      const focused = (): Promise<string | null> =>
        view.evaluate(() => document.activeElement?.closest('tbody tr')?.textContent ?? null);
      for (let tabs = 0; (await focused()) === null; tabs++) {
        assert.ok(tabs < MOST_TABS, 'Tab does not reach the lines');
        await page.keyboard.press('Tab');
      }
      for (let down = 0; !(await focused())?.includes('animal'); down++) {
        assert.ok(down < MOST_TABS, 'the arrow key does not reach “animal”');
        await page.keyboard.press('ArrowDown');
      }
      await page.keyboard.press('Enter');
      await agree(session, TIRED, { ...stand, token: 'animal' });
    });
  });
}
