import assert from 'node:assert/strict';
import { eventually } from '../eventually';
import type { Session } from '../session';
import { agree, type Stand } from '../stand';
import { HEAD } from '../story/comparison';
import { TIRED } from '../story/sentences';
import { button, cellsOf, beginAtHead, openTab } from './views';

/** In a layer of the built-in model. */
const HEADS = 8;

/** Every bar leads to its head, everywhere. */
export function heads(session: Session): void {
  describe('the heads', () => {
    it('lead from their bars to themselves, in panel, side panel and status bar', async () => {
      const { page } = session;
      const panel = await session.panel();
      await beginAtHead(session);
      await openTab(panel, 'Heads');
      const table = panel.getByRole('table', { name: 'What each head adds', exact: true });
      const rows = await eventually(async () => {
        const found = await cellsOf(table);
        assert.equal(found.length, HEADS);
        return found;
      });
      const lengths = rows.map(([, length]) => Number(length));
      assert.deepEqual(
        lengths,
        lengths.toSorted((a, b) => b - a),
      );
      for (const [name = ''] of [rows[0] ?? [], rows.at(-1) ?? []]) {
        await table.getByRole('button', { name, exact: true }).click();
        await page.mouse.move(2, 2);
        await agree(session, TIRED, { ...HEAD, head: `E2·${name}` });
        const current = table.locator('tr[aria-current="true"] th');
        await eventually(async () => assert.equal(await current.innerText(), name));
      }
    });

    it('lead from the map of what they add to the output, by keyboard', async () => {
      const { page } = session;
      const panel = await session.panel();
      await panel.getByRole('option', { name: /^il\b/ }).click();
      const map = panel.getByRole('application', { name: /^Cross: direct shares/ });
      await map.waitFor();
      await map.focus();
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown'])
        await page.keyboard.press(key);
      await panel.getByText(/^C1·H2: [+−]?\d\.\d{4}$/).waitFor();
      await page.keyboard.press('Enter');
      await page.mouse.move(2, 2);
      const stand: Stand = { ...HEAD, head: 'C1·H2', token: 'il' };
      await agree(session, TIRED, stand);
      await button(panel, 'What if C1·H2 is muted?').first().click();
      await panel.getByText('Muted: C1·H2').waitFor();
      await button(panel, 'As trained').click();
      await agree(session, TIRED, stand);
    });
  });
}
