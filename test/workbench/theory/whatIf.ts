import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { clickWord } from '../editorDom';
import { eventually } from '../eventually';
import { chips, readPanel, TARGET } from '../panelDom';
import type { Session } from '../session';
import { agree } from '../stand';
import { HEAD } from '../story/comparison';
import { TIRED } from '../story/sentences';
import { readTokenTable, type TokenTable } from '../tokenTable';
import { button, cellsOf, commandByKeys, beginAtHead, openedTab, openTab, tabTo } from './views';

const CARD = 'The output, written anew';

/** Both texts of the card, and what is said of them. */
async function texts(panel: Frame): Promise<{ before: string; now: string; said: string }> {
  const card = panel.locator('.card', { has: panel.getByRole('heading', { name: CARD }) });
  const both = card.locator('.both-texts');
  await both.waitFor();
  const [before = '', now = ''] = await both.locator('.output-text').allInnerTexts();
  return { before, now, said: await both.locator('p').first().innerText() };
}

/** Whatever is muted, scaled or masked: only this view shows it. */
export function whatIf(session: Session): void {
  describe('a what-if', () => {
    let asTrained: TokenTable;
    let output: string[] = [];
    const unchanged = async (): Promise<void> => {
      await agree(session, TIRED, HEAD);
      assert.deepEqual(await readTokenTable(session), asTrained);
    };

    it('mutes the head in sight at a click, beside the model as trained', async () => {
      const panel = await session.panel();
      await openTab(panel, 'Matrix');
      await beginAtHead(session);
      asTrained = await readTokenTable(session);
      output = await chips(panel, TARGET).locator('.chip-label').allTextContents();
      await button(panel, 'What if?').click();
      const chosen = panel.getByRole('region', { name: 'The change' });
      await chosen.getByText('Muted: E2·H5').waitFor();
      await chosen.locator('.changed-badge', { hasText: 'changed' }).waitFor();
      await panel.locator('.compared.changed .changed-badge').waitFor();
      await panel.locator('.compared.asTrained', { hasText: 'E2·H5 as trained' }).waitFor();
      const found = panel.locator('.findings li', { hasText: 'stay exactly as trained' });
      await found.waitFor();
      assert.equal(await openedTab(panel), 'What if');
    });

    it('says that the output stays, word by word', async () => {
      const panel = await session.panel();
      const { before, now, said } = await texts(panel);
      const written = output.length - 1;
      assert.equal(said, `The model still writes the very same ${written} tokens.`);
      assert.equal(now, before);
      const { target } = await readPanel(panel);
      const words = target.flatMap(({ special, label }) => (special ? [] : [label])).join('');
      assert.equal(before.replaceAll(' ', ''), words);
    });

    it('leaves editor, side panel and the other tabs as trained', async () => {
      const panel = await session.panel();
      await unchanged();
      await openTab(panel, 'Row');
      await eventually(async () => {
        const cells = await cellsOf(panel.locator('#panel-row table.weights'));
        const weights = new Map(cells.map(([position, , weight]) => [Number(position), weight]));
        for (const { position, weight } of asTrained.rows)
          assert.equal(weights.get(position), weight);
      });
      await openTab(panel, 'What if');
      await panel.getByText('Muted: E2·H5').waitFor();
    });

    it('is gone at one click', async () => {
      const panel = await session.panel();
      await button(panel, 'As trained').click();
      await panel.getByRole('region', { name: 'The change' }).waitFor({ state: 'hidden' });
      assert.equal(await panel.locator('.what-if-results').isVisible(), false);
      await unchanged();
    });

    it('is found, chosen and taken back by keyboard alone, and tells another output', async () => {
      const { page } = session;
      const panel = await session.panel();
      await openTab(panel, 'Matrix');
      await clickWord(page, TIRED.line, 'it');
      await commandByKeys(page, 'What If…');
      await button(panel, 'Leave out × √d_model').waitFor();
      await tabTo(page, panel, 'Leave out × √d_model');
      await page.keyboard.press('Enter');
      const { before, now, said } = await texts(panel);
      assert.match(said, /^The first token that differs is number \d+: “.+” instead of “.+”/);
      assert.notEqual(now, before);
      const differs = await panel.locator('mark.differs').innerText();
      assert.ok(differs !== '' && now.replace(/ …$/, '').endsWith(differs), `${differs} of ${now}`);
      await unchanged();
      await tabTo(page, panel, 'As trained');
      await page.keyboard.press('Enter');
      await panel.getByRole('region', { name: 'The change' }).waitFor({ state: 'hidden' });
      await unchanged();
    });
  });
}
