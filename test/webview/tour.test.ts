// The “it” tour with a real engine behind it: what it shows are the model's own numbers.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { EngineHarness } from '../support/engineHarness';
import { violationsInThemes } from './axe';
import { finishedTrace, openEnginePanel, type EnginePanel } from './enginePanel';
import { startBrowser } from './harness';
import { usePages } from './servedPage';
import type { ThemeName } from './themes';

const TIRED = "The animal didn't cross the street because it was too tired.";
const WIDE = "The animal didn't cross the street because it was too wide.";
const LANGUAGE = path.join('l10n', 'zh-cn');
const chinese: Record<string, string> = Object.assign(
  {},
  ...readdirSync(LANGUAGE).map((file) =>
    JSON.parse(readFileSync(path.join(LANGUAGE, file), 'utf8')),
  ),
);

const heads = (page: Page) =>
  page.getByRole('region', { name: 'Weights on the two nouns, head by head' });
const cells = (page: Page): Promise<string[][]> =>
  heads(page)
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
    );
const headNamed = (page: Page, name: string) =>
  heads(page).getByRole('button', { name, exact: true });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

describe('inspector, the “it” tour', function () {
  this.timeout(120_000);
  const openPage = usePages(startBrowser, openEnginePanel);
  let engine: EngineHarness;
  before(() => {
    engine = new EngineHarness();
  });
  after(() => engine.close());

  let traces = 0;
  const open = async (
    more: { model?: string; language?: string | null; text?: string } = {},
    look: { theme?: ThemeName; locale?: string; bundle?: Record<string, string> } = {},
  ): Promise<EnginePanel> => {
    const { text = TIRED, ...run } = more;
    const snapshot = await finishedTrace(engine, `t${++traces}`, text, run);
    assert.equal(snapshot.outcome, 'complete', JSON.stringify(snapshot.failure));
    const panel = await openPage({
      engine,
      snapshot,
      navigation: { view: 'tour' },
      height: 1500,
      ...look,
    });
    await panel.page.locator('.tour-found table').first().waitFor();
    return panel;
  };
  const model = (name: string) => ({
    model: path.resolve('test/fixtures/models', name),
    language: null,
    trainedTokens: null,
  });

  it('finds the heads that turn in the built-in translator, and goes to one', async () => {
    const { page, navigation, complaints } = await open();
    await page.getByText(/in both sentences: 7 of 48/).waitFor();
    await page.getByText("L'animal n'a pas traversé la rue", { exact: false }).first().waitFor();
    await page.getByText('Its pronoun follows: “il”, then “elle”.', { exact: false }).waitFor();
    const [first] = await cells(page);
    assert.deepEqual(first?.slice(0, 2), ['E2·H3', '“it”']);
    for (const [at, weight] of [1, 0, 0, 1].entries())
      assert.ok(Math.abs(Number(first?.[2 + at]) - weight) < 0.01, first?.join(' '));
    await headNamed(page, 'E2·H3').press('Enter');
    await page.waitForFunction(() =>
      document.querySelector('.tour-table tr[aria-current] .go')?.textContent?.includes('E2·H3'),
    );
    const { stack, layer, head, token, view } = navigation();
    assert.deepEqual(
      { stack, layer, head, view },
      { stack: 'encoder', layer: 2, head: 3, view: 'tour' },
    );
    assert.deepEqual(token, { side: 'source', index: 10, locked: true });
    assert.deepEqual(complaints, []);
  });

  it('sorts by keyboard, shows all rows, and says which column sorts', async () => {
    const { page } = await open();
    assert.equal((await cells(page)).length, 12);
    await button(page, 'Show all 72 rows').click();
    const all = await cells(page);
    assert.equal(all.length, 72);
    const margins = all.map((row) => Number(row[6]));
    assert.deepEqual(
      margins,
      margins.toSorted((a, b) => b - a),
    );
    await heads(page).getByRole('button', { name: 'street' }).last().press('Enter');
    await heads(page).locator('th[aria-sort=descending]', { hasText: 'street' }).waitFor();
    const sorted = (await cells(page)).map((row) => Number(row[5]));
    assert.deepEqual(
      sorted,
      sorted.toSorted((a, b) => b - a),
    );
    await page.keyboard.press('Enter');
    await heads(page).locator('th[aria-sort=ascending]', { hasText: 'street' }).waitFor();
  });

  it('asks the host to show a sentence, and to compare both at a head', async () => {
    const { page, received } = await open();
    const asked = () => received.filter((message) => message.type === 'inspect');
    const frame = () => page.evaluate(() => new Promise(requestAnimationFrame));
    await button(page, 'Show “wide”').click();
    await headNamed(page, 'E2·H6').click();
    await button(page, 'Compare both sentences at E2·H6').click();
    while (asked().length < 2) await frame();
    const [shown, compared] = asked();
    assert.deepEqual(shown, {
      type: 'inspect',
      sight: { text: WIDE, change: { view: 'tour' } },
      pinned: null,
    });
    assert.ok(compared?.pinned);
    assert.deepEqual([compared.sight.text, compared.pinned.text], [WIDE, TIRED]);
    assert.deepEqual(
      [compared.sight.change.view, compared.sight.change.layer, compared.sight.change.head],
      ['compare', 2, 6],
    );
  });

  it('mutes them, beside random heads, and says what that shows', async () => {
    const { page, complaints } = await open();
    await button(page, /^Mute them \(7\)/).click();
    const table = page.getByRole('region', {
      name: 'Probability of the pronouns with heads muted',
    });
    await table.getByText('random, seed 5').waitFor({ timeout: 60_000 });
    const rows = await table
      .locator('tbody tr')
      .evaluateAll((found) =>
        found.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
      );
    assert.equal(rows.length, 1 + 7 + 1 + 5);
    assert.equal(rows[0]?.[0], 'As trained');
    assert.ok(Number(rows[0]?.[1]) > 0.85 && Number(rows[0]?.[5]) > 0.85, rows[0]?.join(' '));
    // What its heads look at is not what its pronoun depends on.
    await page.getByText('That is no more than random heads do', { exact: false }).waitFor();
    await page.getByText('What it writes each time').click();
    await page.getByText("qu'elle était trop large", { exact: false }).nth(1).waitFor();
    assert.deepEqual(complaints, []);
  });

  it('takes sentences of the reader, and says which word is missing', async () => {
    const { page } = await open();
    await button(page, 'Sentences of your own…').click();
    const field = (name: string) => page.getByRole('textbox', { name, exact: true });
    await field('First noun').fill('');
    await button(page, 'Search').click();
    await page.getByText('Both sentences, the word, the two nouns', { exact: false }).waitFor();
    await field('First noun').fill('zebra');
    await field('First noun').press('Enter');
    await page.getByText(/There is no word “zebra” in “The animal/).waitFor();
    await field('First noun').fill('Animal');
    await field('Control: means the first noun again (may be left empty)').fill('');
    await button(page, 'Search').click();
    await page.getByText(/in both sentences: 7 of 48/).waitFor();
    assert.deepEqual((await cells(page))[0]?.at(-1), '–');
  });

  it('says where it does not apply: Chinese, an encoder, a decoder', async () => {
    const { page: translator } = await open({ language: 'cmn' });
    await translator.getByText('Chinese has one word, 它', { exact: false }).waitFor();
    assert.equal(await button(translator, /^Mute them/).isVisible(), false);
    const { page: encoder } = await open({ ...model('names'), text: 'anna lives in paris .' });
    await encoder.getByText('This model does not show it.', { exact: false }).waitFor();
    await encoder.getByText('This model writes no text', { exact: false }).waitFor();
    const { page: decoder } = await open({ ...model('stories-rotary'), text: 'the cat sat' });
    await decoder.getByText('This model reads from left to right', { exact: false }).waitFor();
    assert.ok((await cells(decoder)).some((row) => row[1] === 'last word'));
  });

  it('is whole in every theme and in Chinese', async () => {
    const { page: themed } = await open();
    assert.deepEqual(await violationsInThemes(themed, '.tour-panel'), []);
    const wide = await themed.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 480, String(wide));
    await themed.close();
    const { page } = await open({}, { locale: 'zh-cn', bundle: chinese });
    await page.getByText('有 7 个', { exact: false }).waitFor();
    await page.getByText('随之翻转的头').waitFor();
  });
});
