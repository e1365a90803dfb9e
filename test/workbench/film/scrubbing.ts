import assert from 'node:assert/strict';
import { clickWord } from '../editorDom';
import { eventually } from '../eventually';
import { completed } from '../panelDom';
import type { Session } from '../session';
import { agree } from '../stand';
import { TIRED } from '../story/sentences';
import { openTab } from '../theory/views';
import { readTokenTable } from '../tokenTable';
import { outputSoFar, standsAt } from './steps';

/** Tokens of the built-in model's translation, its end included. */
const STEPS = 19;

/** From token to token, with the same numbers everywhere. */
export function scrubbing(session: Session): void {
  describe('scrubbing', () => {
    it('goes from step to step by keys, and the whole window goes along', async () => {
      const { page } = session;
      await clickWord(page, TIRED.line, 'it');
      await page.keyboard.press('Control+Alt+h');
      const panel = await session.panel();
      await completed(panel);
      await openTab(panel, 'Film');
      await standsAt(panel, new RegExp(`^Step ${STEPS} of ${STEPS}`));
      await panel.locator('.scrub').focus();
      await page.keyboard.press('Home');
      await standsAt(panel, /^Step 1 of/);
      assert.equal(await outputSoFar(panel), 'L');
      for (let i = 1; i < 10; i++) await page.keyboard.press('ArrowRight');
      await standsAt(panel, /^Step 10 of \d+: rue$/);
      assert.equal(await outputSoFar(panel), "L'animal n'a pas traversé la rue");
      // The token that was read when “rue” was written is the query.
      const head = 'C2·mean';
      const stand = { head, token: 'la', direction: 'looks at', specials: true } as const;
      await agree(session, TIRED, stand, { theme: 'light' });
    });

    it('shows the numbers of the side panel, and what might have been written', async () => {
      const panel = await session.panel();
      await eventually(async () => {
        const { rows } = await readTokenTable(session);
        const weighed = panel.locator('.cross-row .weighed-token');
        assert.equal(await weighed.count(), rows.length);
        const heaviest = rows.reduce((a, b) => (a.exact > b.exact ? a : b));
        assert.equal(heaviest.label.trim(), 'street');
        const first = panel.locator('.cross-row .film-row tbody tr').first();
        assert.match(await first.innerText(), new RegExp(`street\\s+${heaviest.weight}`));
      });
      const candidates = panel.locator('.card', { hasText: 'What it might have written' });
      assert.match(
        await candidates.locator('tbody tr').first().innerText(),
        /^rue\s+0\.9\d+\s+chosen/,
      );
    });

    it('plays to the end by itself', async () => {
      const { page } = session;
      const panel = await session.panel();
      await panel.getByLabel('Speed').selectOption({ label: '4×' });
      await panel.locator('.scrub').focus();
      await page.keyboard.press('Space');
      await panel.getByRole('button', { name: 'Pause (Space)' }).waitFor();
      await standsAt(panel, new RegExp(`^Step ${STEPS} of ${STEPS}`));
      await panel.getByRole('button', { name: 'Play (Space)' }).waitFor();
    });
  });
}
