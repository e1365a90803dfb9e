import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { clickWord } from '../editorDom';
import { eventually } from '../eventually';
import { completed, readPanel } from '../panelDom';
import type { Session } from '../session';
import { agree } from '../stand';
import { HEAD } from '../story/comparison';
import { TIRED } from '../story/sentences';
import { askedWhy, asksWhy } from './steps';
import { button, commandByKeys, beginAtHead, openedTab, openTab, tabTo } from './views';

const CHAPTER = 'Scores, scale, softmax';
const STEPS = 5;

const card = (panel: Frame): Locator => panel.getByRole('region', { name: CHAPTER });
const key = (panel: Frame): Locator => panel.getByLabel('Key taken apart');

/** Chapters beside the views, on the reader's own text, and the glossary. */
export function lessons(session: Session): void {
  describe('a chapter', () => {
    const stands = async (step: number, tab: string): Promise<void> => {
      const panel = await session.panel();
      await card(panel).getByText(`${step} of ${STEPS}`, { exact: true }).waitFor();
      await eventually(async () => assert.equal(await openedTab(panel), tab));
    };

    it('begins in the contents, and each step moves the views', async () => {
      const { page } = session;
      await beginAtHead(session);
      await commandByKeys(page, 'Learn: Chapters and Glossary');
      const panel = await session.panel();
      await button(panel, CHAPTER).click();
      await stands(1, 'Steps');
      for (let step = 2; step < STEPS; step++) {
        await button(panel, 'Next step').click();
        await stands(step, 'Steps');
      }
      await agree(session, TIRED, HEAD);
      await button(panel, 'Next step').click();
      await stands(STEPS, 'What if');
      await panel.getByRole('region', { name: 'The change' }).waitFor();
      const pressed = panel.locator('.change-choice[aria-pressed="true"]');
      assert.deepEqual(await pressed.allInnerTexts(), ['Leave out 1/√d_k']);
    });

    it('stays while the reader goes elsewhere, and shows its place again', async () => {
      const { page } = session;
      const panel = await session.panel();
      for (const tab of ['Matrix', 'Map', 'Steps']) {
        await openTab(panel, tab);
        await stands(STEPS, tab);
      }
      await clickWord(page, TIRED.line, 'street');
      await agree(session, TIRED, { ...HEAD, token: 'street' });
      await clickWord(page, TIRED.line, 'it');
      await stands(STEPS, 'Steps');
      await button(panel, 'Show again').click();
      await stands(STEPS, 'What if');
      await openTab(panel, 'Steps');
      const animal = panel.getByRole('option', { name: /^animal · / });
      await key(panel).selectOption((await animal.textContent()) ?? '');
      await eventually(async () => assert.equal((await askedWhy(panel)).key, 'animal'));
    });

    it('is there again after a reload of the window, with view, key and what-if', async () => {
      const { page } = session;
      const why = await askedWhy(await session.panel());
      const loaded = page.waitForEvent('load');
      await commandByKeys(page, 'Developer: Reload Window');
      await loaded;
      const panel = await session.panel();
      await completed(panel);
      await stands(STEPS, 'Steps');
      await asksWhy(panel, why);
      await agree(session, TIRED, HEAD);
      await openTab(panel, 'What if');
      const pressed = panel.locator('.change-choice[aria-pressed="true"]');
      await eventually(async () =>
        assert.deepEqual(await pressed.allInnerTexts(), ['Leave out 1/√d_k']),
      );
      await panel.locator('.findings li').first().waitFor();
    });

    it('ends where the reader closes it, by keyboard', async () => {
      const { page } = session;
      const panel = await session.panel();
      await card(panel).getByRole('button', { name: 'Previous step' }).focus();
      await tabTo(page, panel, 'Show again');
      await page.keyboard.press('Escape');
      await card(panel).waitFor({ state: 'hidden' });
      assert.equal(await openedTab(panel), 'What if');
      await button(panel, 'As trained').click();
      await agree(session, TIRED, HEAD);
    });
  });

  describe('the glossary', () => {
    it('is filtered by keyboard, and leads to a view', async () => {
      const { page } = session;
      await commandByKeys(page, 'Learn: Chapters and Glossary');
      const panel = await session.panel();
      await panel.locator('.term').first().waitFor();
      const terms = panel.locator('.term:visible');
      const all = await terms.count();
      await tabTo(page, panel, 'Filter the glossary');
      await page.keyboard.type('cross-att');
      await panel.getByText(RegExp(`^\\d+ of ${all} terms$`)).waitFor();
      assert.ok((await terms.count()) < all);
      for (const text of await terms.allInnerTexts()) assert.match(text, /cross-att/i);
      await tabTo(page, panel, 'Cross-attention: show in “Matrix”');
      await page.keyboard.press('Enter');
      await eventually(async () => {
        assert.equal(await openedTab(panel), 'Matrix');
        assert.match((await readPanel(panel)).head, /^C\d·/);
      });
    });
  });
}
