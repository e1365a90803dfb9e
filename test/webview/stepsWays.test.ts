// The Steps view among the others: ways to it, what keeps it from being shown, long texts, languages, themes.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { numbersOf } from '../../src/protocol/wireTensor';
import { violationsInThemes } from './axe';
import { chips, IT } from './panelActions';
import {
  at,
  four,
  keyRows,
  madeRows,
  question,
  settled,
  STORY,
  useStepsPanels,
} from './stepsPanels';

const LANGUAGE = path.join('l10n', 'zh-cn');
const chinese: Record<string, string> = Object.assign(
  {},
  ...readdirSync(LANGUAGE).map((file) =>
    JSON.parse(readFileSync(path.join(LANGUAGE, file), 'utf8')),
  ),
);

describe('inspector, the way to steps', function () {
  this.timeout(180_000);
  const { engine, open, openOn, traced } = useStepsPanels();

  it('lets a mean’s heads be seen and chosen, and words and columns be left', async () => {
    const { page, navigation, move } = await open('translate-en', at('encoder', 1, 'mean', IT));
    const rows = page.locator('.head-choice tbody tr');
    await rows.first().waitFor();
    const asked = { stack: 'encoder', layer: 1, query: IT, key: null } as const;
    const { key, weights, mean } = await engine().ask('translate-en', {
      name: 'headWeights',
      question: asked,
    });
    const all = [...numbersOf(weights)];
    assert.ok(Math.abs(all.reduce((sum, one) => sum + one, 0) / all.length - mean) < 1e-6);
    await page.getByText(`The mean ${four(mean)} from “it”`, { exact: false }).waitFor();
    assert.equal(await rows.count(), 8);
    assert.match((await rows.first().textContent()) ?? '', new RegExp(four(Math.max(...all))));
    await rows.first().getByRole('button').click();
    await settled(page);
    assert.equal(navigation().head, all.indexOf(Math.max(...all)));
    assert.equal(navigation().key, key);
    await move({ unit: 'word' });
    await page.getByRole('button', { name: 'Show tokens' }).click();
    await settled(page);
    await move({ direction: 'lookedAt' });
    await page.getByRole('button', { name: 'Show what it looks at' }).click();
    await settled(page);
    assert.equal(navigation().direction, 'looksAt');
  });

  it('is reached from matrix, row and statement, with the very weight', async () => {
    const { page, navigation, move, complaints } = await open('translate-en', {
      ...at('encoder', 1, 2, IT),
      view: 'matrix',
    });
    const canvas = page.locator('canvas.map.matrix');
    await canvas.waitFor();
    await page.getByText('“it” looks at', { exact: false }).first().waitFor();
    await canvas.focus();
    for (const press of ['ArrowRight', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(press);
    await page.keyboard.press('Enter');
    await page.getByText('“The” looks at', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: 'Why?' }).click();
    await settled(page);
    assert.deepEqual([navigation().view, navigation().key], ['steps', 1]);
    assert.match((await question(page)) ?? '', /from “The” to “The”/);
    await move({ view: 'matrix' });
    await canvas.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('w');
    await settled(page);
    const cell = [navigation().token?.index, navigation().key, navigation().view];
    assert.deepEqual(cell, [1, 0, 'steps']);
    await move({ view: 'row' });
    const names = page.locator('table.weights .go');
    await names.nth(2).waitFor();
    const label = (await names.nth(2).textContent()) ?? '';
    await names.nth(2).click();
    await settled(page);
    assert.ok((await question(page))?.includes(`to “${label}”`));
    // Another query is another question: about its heaviest key.
    await move({ token: { side: 'source', index: IT, locked: true } });
    assert.equal(navigation().key, null);
    assert.deepEqual(complaints, []);
  });

  it('shows no more rows of a long text than asked for', async () => {
    const text = Array.from({ length: 24 }, () => STORY).join(' ');
    const snapshot = await traced('long', 'stories-alibi', text);
    const last = snapshot.plan!.source.length - 1;
    const { page } = await openOn(snapshot, at('decoder', 1, 1, last));
    await settled(page);
    assert.equal((await keyRows(page)).length, 24);
    const count = snapshot.plan!.source.length;
    await page.getByRole('button', { name: `Show all ${count}`, exact: false }).click();
    assert.equal((await keyRows(page)).length, count);
    await page.getByRole('button', { name: 'heaviest only', exact: false }).click();
    assert.equal((await keyRows(page)).length, 24);
  });

  it('draws no strip anew while the pointer goes over other tokens', async () => {
    const { page } = await open('translate-en', {
      ...at('encoder', 1, 2, IT),
      token: { side: 'source', index: IT, locked: false },
    });
    await settled(page);
    await page.evaluate(() => {
      const strips = document.querySelector('.mixture')!;
      new MutationObserver(() => strips.classList.add('touched')).observe(strips, {
        attributes: true,
        attributeFilter: ['width', 'height'],
        childList: true,
        subtree: true,
      });
    });
    const said = page.locator('.sentence');
    for (const token of ['animal', 'street']) {
      await chips(page, 'Tokens of the text').getByText(token, { exact: true }).hover();
      await said.getByText(`“${token}”`, { exact: false }).waitFor();
    }
    assert.equal(await page.locator('.mixture.touched').count(), 0);
  });

  it('has nothing that axe finds wrong in any theme, fits its width, in Chinese too', async () => {
    const { page } = await open('translate-en', at('encoder', 0, 2, IT), {
      locale: 'zh-cn',
      bundle: chinese,
    });
    await settled(page);
    await page.locator('.strip.opens').first().click();
    await madeRows(page);
    for (const summary of ['每个键的 k 与 v', '以表格查看 q、k、v'])
      await page.getByText(summary, { exact: true }).click();
    await page.locator('.twin-room tbody tr').first().waitFor();
    assert.deepEqual(await violationsInThemes(page, '.steps-panel'), []);
    const [wide, room] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    assert.equal(wide, room);
    const words = await page.locator('.steps-panel').textContent();
    // Tokens and formulas aside, four letters in a row are words that nobody translated.
    const english = words?.match(/\b(?:Recomputed|Point at|Each row|weight|Close|value)\b/)?.[0];
    assert.equal(english, undefined);
  });
});
