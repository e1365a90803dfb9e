import assert from 'node:assert/strict';
import { eventually } from '../eventually';
import type { Session } from '../session';
import { button } from '../theory/views';
import { branchTexts } from './steps';

const OWN = "L'animal n'a pas franchi la route.";

/** An output of the reader's own. */
export function forcing(session: Session): void {
  describe('an output of one’s own', () => {
    it('is read token by token, with the loss of each', async () => {
      const { page } = session;
      const panel = await session.panel();
      await panel.locator('.forced-text').click();
      await page.keyboard.type(OWN);
      await button(panel, 'Force it').click();
      const totals = panel.locator('.loss-totals');
      await eventually(async () => assert.match(await totals.innerText(), /perplexity/i));
      const losses = await panel
        .locator('.loss-token')
        .evaluateAll((tokens) => tokens.map((token) => token.getAttribute('aria-label') ?? ''));
      assert.ok(losses.length > 8, losses.join(' | '));
      assert.ok((await branchTexts(panel)).includes(OWN));
      // “franchi” is what the model would not have said.
      await panel.locator('.loss-tables tbody tr').first().getByText('fran').first().waitFor();
    });
  });
}
