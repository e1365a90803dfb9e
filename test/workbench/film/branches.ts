import assert from 'node:assert/strict';
import { eventually } from '../eventually';
import { completed } from '../panelDom';
import type { Session } from '../session';
import { button, openedTab, openTab } from '../theory/views';
import { branchTexts, outputSoFar, standsAt } from './steps';

/** Another token, and what comes of it. */
export function branches(session: Session): void {
  describe('a branch', () => {
    it('goes on from another candidate, and stands in the tree', async () => {
      const { page } = session;
      const panel = await session.panel();
      await openTab(panel, 'Film');
      await panel.locator('.scrub').focus();
      await page.keyboard.press('Home');
      for (let i = 1; i < 10; i++) await page.keyboard.press('ArrowRight');
      await standsAt(panel, /^Step 10 of \d+: rue$/);
      const route = panel.locator('tr', { hasText: 'route' });
      await route.getByRole('button', { name: 'Branch here' }).click();
      await eventually(async () => assert.equal((await branchTexts(panel)).length, 2));
      await completed(panel);
      await standsAt(panel, /^Step 10 of \d+: route$/);
      assert.equal(await outputSoFar(panel), "L'animal n'a pas traversé la route");
      const [first = '', second = ''] = await branchTexts(panel);
      assert.match(first, /la rue parce qu'il/);
      assert.match(second, /la route parce qu'/);
    });

    it('is compared with the one it grew from', async () => {
      const panel = await session.panel();
      const first = panel.locator('.branch').first();
      await button(panel, 'Compare').first().click();
      await eventually(async () => assert.equal(await openedTab(panel), 'Compare'));
      await panel.locator('canvas.difference-map').waitFor();
      await openTab(panel, 'Film');
      await first.getByText('on screen').waitFor();
      await panel.locator('.branch').nth(1).getByText('pinned').waitFor();
    });
  });
}
