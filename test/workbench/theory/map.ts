import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { eventually } from '../eventually';
import type { Session } from '../session';
import { agree } from '../stand';
import { HEAD } from '../story/comparison';
import { TIRED } from '../story/sentences';
import { button, commandByKeys, beginAtHead, openedTab } from './views';

const box = (panel: Frame, key: string): Locator => panel.locator(`[data-box="${key}"]`);

/** The box that the keyboard is on, which is the opened one. */
const focusedBox = (panel: Frame): Promise<string | null> =>
  panel.evaluate(() => document.activeElement?.getAttribute('data-box') ?? null);

/** The drawing of the model is a way into its parts. */
export function map(session: Session): void {
  describe('the map', () => {
    it('opens by command, lit from the chosen token up', async () => {
      const { page } = session;
      const panel = await session.panel();
      await beginAtHead(session);
      await commandByKeys(page, 'Map of the Model');
      await box(panel, 'decoder.choice').waitFor();
      await panel.getByText('The path of “it” through translate-en', { exact: false }).waitFor();
      const lit = await panel
        .locator('.map-box.lit')
        .evaluateAll((all) => all.map((one) => one.getAttribute('data-box') ?? ''));
      assert.ok(lit.length > 5 && lit.every((key) => key.startsWith('encoder.')), lit.join());
    });

    it('is walked with the arrow keys; Enter opens a box with its numbers', async () => {
      const { page } = session;
      const panel = await session.panel();
      await box(panel, 'encoder.attention.attention').click();
      const walk: [string, string][] = [
        ['ArrowUp', 'encoder.addNorm.attention'],
        ['ArrowUp', 'encoder.feedForward.feedForward'],
        ['ArrowDown', 'encoder.addNorm.attention'],
        ['Home', 'encoder.tokens'],
      ];
      for (const [key, to] of walk) {
        await page.keyboard.press(key);
        await eventually(async () => assert.equal(await focusedBox(panel), to));
      }
      await page.keyboard.press('ArrowRight');
      await eventually(async () => assert.match((await focusedBox(panel)) ?? '', /^decoder\./));
      await page.keyboard.press('End');
      await eventually(async () => assert.equal(await focusedBox(panel), 'decoder.choice'));
      await box(panel, 'encoder.addNorm.attention').focus();
      await page.keyboard.press('Enter');
      const card = panel.locator('.map-card');
      await card.getByText('Encoder, layer 2 of 0–2').waitFor();
      const numbers = await card.locator('.map-numbers dd').allInnerTexts();
      assert.ok(numbers.length > 3 && numbers.every((one) => /^−?-?\d+\.\d{4}$/.test(one)));
      await page.keyboard.press('PageDown');
      await card.getByText('Encoder, layer 1 of 0–2').waitFor();
      await eventually(async () =>
        assert.notDeepEqual(await card.locator('.map-numbers dd').allInnerTexts(), numbers),
      );
      await agree(session, TIRED, { ...HEAD, head: 'E1·H5' });
    });

    it('leads from a box to its view, at its stack and layer', async () => {
      const { page } = session;
      const panel = await session.panel();
      await box(panel, 'encoder.attention.attention').click();
      await button(panel, 'Open Steps').click();
      await panel.locator('.mixture .strip').first().waitFor();
      assert.equal(await openedTab(panel), 'Steps');
      await agree(session, TIRED, { ...HEAD, head: 'E1·H5' });
      await commandByKeys(page, 'Map of the Model');
      await box(panel, 'encoder.positions').click();
      await button(panel, 'Open Positions').click();
      await panel.getByText('the curve does not move', { exact: false }).waitFor();
      assert.equal(await openedTab(panel), 'Positions');
    });
  });
}
