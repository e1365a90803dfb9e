import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { clickWord, editorWith, middleOf, pictureOf, spanOf } from '../editorDom';
import { eventually } from '../eventually';
import { pointAt, pointAway, readHover, type HoverLink } from '../hoverDom';
import { completed, readPanel } from '../panelDom';
import type { Session } from '../session';
import { agree, type Stand } from '../stand';
import { TIRED, WIDE } from '../story/sentences';
import { readTokenTable } from '../tokenTable';
import { pointAtCell } from './matrix';
import {
  askedWhy,
  asksWhy,
  assertProducts,
  assertSoftmax,
  keyNumbers,
  openProducts,
  type Why,
} from './steps';
import { button, cellsOf, Clicks, commandByKeys, goToHead, openTab, tabTo } from './views';

/** d_k of the built-in model. */
const HEAD_WIDTH = 32;
const MOST_CLICKS = 4;
const LOOKS: Omit<Stand, 'head' | 'token'> = { direction: 'looks at', specials: true };

/** Selects a line's text with the mouse. */
async function selectLine(page: Page, line: string): Promise<void> {
  const editor = editorWith(page, line);
  const { top, bottom, extents } = await pictureOf(editor, line, [[0, line.length]]);
  const { left, right } = extents[0] ?? { left: 0, right: 0 };
  await page.mouse.move(left + 1, (top + bottom) / 2);
  await page.mouse.down();
  await page.mouse.move(right, (top + bottom) / 2, { steps: 4 });
  await page.mouse.up();
  const said = page.locator('.statusbar', { hasText: `(${line.length} selected)` });
  await said.waitFor();
}

/** Clicks an entry of the menu that is open. One that has just opened takes no click yet. */
async function clickInMenu(page: Page, entry: string): Promise<void> {
  const item = page.locator('.monaco-menu .action-item').filter({ hasText: entry });
  await item.waitFor();
  await eventually(async () => {
    if (await item.isVisible()) await item.click();
    assert.equal(await item.isVisible(), false);
  });
}

/** The heaviest weight of the row on screen. */
async function heaviest(session: Session): Promise<Pick<Why, 'key' | 'weight'>> {
  const { rows } = await readTokenTable(session);
  const [first] = rows.toSorted((a, b) => b.exact - a.exact);
  assert.ok(first !== undefined);
  return { key: first.label, weight: first.weight };
}

/** The second of the links in a hover: the heaviest weight is asked for everywhere else. */
async function clickSecondWeight(hover: Locator): Promise<HoverLink> {
  const [, second] = (await readHover(hover)).links;
  assert.ok(second !== undefined);
  await hover.locator('table a', { hasText: second.weight }).first().click();
  return second;
}

/** From a selected sentence to “why is this weight 0.62?”. */
export function fourClicks(session: Session): void {
  describe('why a weight is what it is', () => {
    it('is four clicks from a selection: menu, entry, head, “Why?”', async () => {
      const { page } = session;
      await selectLine(page, TIRED.line);
      const clicks = new Clicks();
      const { x, y } = await middleOf(page, TIRED.line, spanOf(TIRED.line, 'it'));
      clicks.count++;
      await page.mouse.click(x, y, { button: 'right' });
      clicks.count++;
      await clickInMenu(page, 'Inspect Selection');
      const panel = await session.panel();
      await completed(panel);
      await clicks.on(panel.getByRole('gridcell', { name: /^E1·H2\b/ }));
      await page.mouse.move(2, 2);
      // Nothing else was clicked: the token in the middle of the text is the query.
      const stand = { ...LOOKS, head: 'E1·H2', token: 'street' };
      await agree(session, TIRED, stand);
      const strongest = await heaviest(session);
      await clicks.on(button(panel, 'Why?'));
      await asksWhy(panel, { query: 'street', ...strongest });
      assert.equal(clicks.count, MOST_CLICKS);
      await agree(session, TIRED, stand);
    });

    it('opens to its products, whose sum is the score, and to its softmax', async () => {
      const panel = await session.panel();
      assert.equal((await keyNumbers(panel)).weight, (await askedWhy(panel)).weight);
      await openProducts(panel).click();
      await assertProducts(panel, HEAD_WIDTH);
      await assertSoftmax(panel);
    });

    it('is four from a key: head, cell, “Why?”', async () => {
      const { page } = session;
      const panel = await session.panel();
      await openTab(panel, 'Matrix');
      await selectLine(page, WIDE.line);
      const clicks = new Clicks();
      clicks.count++;
      await page.keyboard.press('Control+Alt+h');
      await panel.getByRole('option', { name: /^wide/ }).waitFor();
      await completed(panel);
      await clicks.on(panel.getByRole('gridcell', { name: /^E0·H2\b/ }));
      await agree(session, WIDE, { ...LOOKS, head: 'E0·H2', token: 'street' });
      const { at, weight } = await pointAtCell(page, panel, 'it', 'animal');
      clicks.count++;
      await page.mouse.click(at.x, at.y);
      await eventually(async () => {
        const { source, token } = await readPanel(panel);
        const chip = source.find(({ label }) => label === 'animal');
        assert.deepEqual([token, chip?.weight], ['it', weight]);
      });
      await clicks.on(button(panel, 'Why?'));
      await asksWhy(panel, { query: 'it', key: 'animal', weight });
      assert.equal(clicks.count, MOST_CLICKS);
    });

    it('is asked of the weight in a hover: of a mean, through its heads', async () => {
      const { page } = session;
      const panel = await session.panel();
      await clickWord(page, WIDE.line, 'it');
      const second = await clickSecondWeight(await pointAt(page, WIDE.line, 'it'));
      await asksWhy(panel, { query: 'it', key: second.label, weight: second.weight });
      await pointAway(page);
      await goToHead(page, 'E1·mean');
      await agree(session, WIDE, { ...LOOKS, head: 'E1·mean', token: 'it' });
      const of = await clickSecondWeight(await pointAt(page, WIDE.line, 'it'));
      // The mean of a layer's heads has no steps of its own.
      const choice = panel.locator('.head-choice');
      const mean = `The mean ${of.weight} from “it” to “${of.label}” is made of these 8 heads.`;
      await choice.getByText(mean, { exact: true }).waitFor();
      const [[head = '', weight = ''] = []] = await cellsOf(choice.locator('table'));
      await choice.getByRole('button', { name: head, exact: true }).click();
      await asksWhy(panel, { query: 'it', key: of.label, weight });
      await pointAway(page);
      await agree(session, WIDE, { ...LOOKS, head, token: 'it' });
      const row = (await readTokenTable(session)).rows.find((one) => one.position === of.position);
      assert.deepEqual([row?.label, row?.weight], [of.label, weight]);
    });

    it('is found by keyboard alone, down to the products and back', async () => {
      const { page } = session;
      const panel = await session.panel();
      await openTab(panel, 'Matrix');
      await clickWord(page, TIRED.line, 'it');
      await page.mouse.move(2, 2);
      for (const key of ['Home', 'Shift+End', 'Control+Alt+h']) await page.keyboard.press(key);
      await panel.getByRole('option', { name: /^tired/ }).waitFor();
      await completed(panel);
      // From the end of the line over “tired.”, “too” and “was”.
      await page.keyboard.press('End');
      for (let word = 0; word < 4; word++) await page.keyboard.press('Control+ArrowLeft');
      await goToHead(page, 'E2·H5');
      const stand = { ...LOOKS, head: 'E2·H5', token: 'it' };
      await agree(session, TIRED, stand);
      const strongest = await heaviest(session);
      await commandByKeys(page, 'Why This Weight?');
      await asksWhy(panel, { query: 'it', ...strongest });
      await tabTo(page, panel, 'Which dimensions make this q · k?');
      await page.keyboard.press('Enter');
      await assertProducts(panel, HEAD_WIDTH);
      await page.keyboard.press('Escape');
      await panel.locator('.made-of').waitFor({ state: 'detached' });
      assert.ok(await openProducts(panel).evaluate((one) => one === document.activeElement));
      await agree(session, TIRED, stand);
    });
  });
}
