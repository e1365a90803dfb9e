import assert from 'node:assert/strict';
import { clickWord, editorWith } from '../editorDom';
import { eventually } from '../eventually';
import type { Session } from '../session';
import { TIRED } from '../story/sentences';
import { button } from '../theory/views';
import { standsAt } from './steps';

const OUTPUT = "L'animal n'a pas traversé la rue parce qu'il était trop fatigué.";

/** The output as a document: its cursor is a step of the film. */
export function output(session: Session): void {
  describe('the output beside the text', () => {
    it('opens, and a click in it goes to the step that wrote the word', async () => {
      const { page } = session;
      const panel = await session.panel();
      await button(panel, 'Open Output Beside').click();
      await editorWith(page, OUTPUT).waitFor();
      await clickWord(page, OUTPUT, 'traversé');
      await standsAt(panel, /: traversé$/);
      await clickWord(page, OUTPUT, 'rue');
      await standsAt(panel, /^Step 10 of \d+: rue$/);
    });

    it('closes, and takes nothing along', async () => {
      const { page } = session;
      const panel = await session.panel();
      await clickWord(page, OUTPUT, 'rue');
      await page.locator('.tab', { hasText: 'Output of english.txt' }).click({ button: 'middle' });
      await editorWith(page, OUTPUT).waitFor({ state: 'hidden' });
      await standsAt(panel, /^Step 10 of \d+: rue$/);
      await clickWord(page, TIRED.line, 'street');
      await eventually(async () => {
        const chosen = await panel.locator('.chip.chosen .chip-label').allInnerTexts();
        assert.deepEqual(
          chosen.map((one) => one.trim()),
          ['street'],
        );
      });
    });
  });
}
