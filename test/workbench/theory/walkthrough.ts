import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { clickWord } from '../editorDom';
import { eventually } from '../eventually';
import { takeFirst, typeInPick } from '../quickPick';
import type { Session } from '../session';
import { TIRED } from '../story/sentences';
import { goToHead } from './views';

const COMMAND = 'Welcome: Open Walkthrough...';
const TITLE = 'See What a Transformer Attends To';
const HEADS = 'Walk through the heads';
const STEPS = [
  'Inspect a sentence',
  'Read the colours',
  HEADS,
  'Ask where a weight comes from',
  'Change something and see what follows',
  'Open your own model',
];

/** What VS Code itself offers to someone new. */
export function walkthrough(session: Session): void {
  describe('the walkthrough', () => {
    const open = async (): Promise<Locator> => {
      const { page } = session;
      await clickWord(page, TIRED.line, 'it');
      await page.keyboard.press('F1');
      await typeInPick(page, COMMAND, COMMAND);
      await page.keyboard.press('Enter');
      await page.getByPlaceholder('Select a walkthrough to open').waitFor();
      await typeInPick(page, TITLE, TITLE);
      await takeFirst(page);
      const shown = page.locator('.gettingStartedSlideDetails');
      await shown.getByText(TITLE).first().waitFor();
      return shown;
    };
    const close = async (shown: Locator): Promise<void> => {
      await session.page.keyboard.press('Control+w');
      await shown.waitFor({ state: 'detached' });
    };

    it('is among VS Code’s own and lists its steps', async () => {
      const shown = await open();
      await eventually(async () => {
        const titles = await shown.locator('.step-title').allInnerTexts();
        assert.deepEqual(
          titles.map((title) => title.trim()),
          STEPS,
        );
      });
      await close(shown);
    });

    it('ticks off what the reader does', async () => {
      // VS Code looks on from the first time that a walkthrough is open.
      await goToHead(session.page, 'E2·H3');
      const shown = await open();
      const done = shown.locator('.getting-started-step [role="checkbox"][aria-checked="true"]');
      await eventually(async () => {
        const names = await done.evaluateAll((all) => all.map((one) => one.ariaLabel));
        assert.deepEqual(names, [`${HEADS}: Completed`]);
      });
      await close(shown);
    });
  });
}
