// Attention, step by step, as the page shows it of real models: the numbers on screen are the engine's.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Navigation } from '../../src/protocol/navigation';
import type { Answer, Question } from '../../src/protocol/queries';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { numbersOf } from '../../src/protocol/wireTensor';
import { EngineHarness } from '../support/engineHarness';
import { violations } from './axe';
import {
  finishedTrace,
  openEnginePanel,
  type EnginePanel,
  type EnginePanelOptions,
} from './enginePanel';
import { startBrowser } from './harness';
import { IT } from './panelActions';
import { themeNames } from './themes';

const SENTENCE = "The animal didn't cross the street because it was too tired.";
const STORY = 'the cat sat by the river and';
const LANGUAGE = path.join('l10n', 'zh-cn');
const chinese: Record<string, string> = Object.assign(
  {},
  ...readdirSync(LANGUAGE).map((file) =>
    JSON.parse(readFileSync(path.join(LANGUAGE, file), 'utf8')),
  ),
);

const at = (
  stack: Navigation['stack'],
  layer: number,
  head: Navigation['head'],
  index: number,
): Partial<Navigation> => ({
  view: 'steps',
  stack,
  layer,
  head,
  token: { side: stack === 'cross' ? 'target' : 'source', index, locked: true },
});
const minus = (value: number): string => value.toFixed(4);

/** Cells of the table of keys, row by row. */
const keyRows = (page: Page): Promise<string[][]> =>
  page
    .locator('.key-room tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
    );
const madeRows = async (page: Page): Promise<string[][]> => {
  await page.locator('.made-of tbody tr').first().waitFor();
  return page
    .locator('.made-of tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
    );
};
const question = (page: Page) => page.locator('.step-head .step-question').textContent();
const settled = (page: Page): Promise<void> => page.locator('.mixture .strip').first().waitFor();

describe('inspector, steps', function () {
  this.timeout(180_000);
  let engine: EngineHarness;
  let browser: Browser;
  const traces = new Map<string, Promise<TraceSnapshot>>();
  const panels: EnginePanel[] = [];
  before(async () => {
    engine = new EngineHarness();
    browser = await startBrowser();
  });
  afterEach(() => Promise.all(panels.splice(0).map(({ page }) => page.close())));
  after(async () => {
    await browser.close();
    engine.close();
  });
  const traced = (name: string): Promise<TraceSnapshot> => {
    const known = traces.get(name);
    if (known !== undefined) return known;
    const other = name !== 'translate-en';
    const more = other
      ? { model: path.resolve('test/fixtures/models', name), language: null, trainedTokens: null }
      : {};
    const text = name.startsWith('stories') ? STORY : other ? 'reverse: sun dog tree' : SENTENCE;
    const made = finishedTrace(engine, name, text, more);
    traces.set(name, made);
    return made;
  };
  const open = async (
    name: string,
    navigation: Partial<Navigation>,
    more: Partial<EnginePanelOptions> = {},
  ): Promise<EnginePanel> => {
    const snapshot = await traced(name);
    const panel = await openEnginePanel(browser, { engine, snapshot, navigation, ...more });
    panels.push(panel);
    return panel;
  };
  const steps = (trace: string, asked: Question<'steps'>): Promise<Answer<'steps'>> =>
    engine.ask(trace, { name: 'steps', question: asked });

  it('shows why a weight is what it is: the engine’s numbers in every pane', async () => {
    const { page, complaints } = await open('translate-en', at('encoder', 0, 2, IT));
    await settled(page);
    const answer = await steps('translate-en', {
      stack: 'encoder',
      layer: 0,
      head: 2,
      query: IT,
      key: null,
    });
    const [raw, weights] = [numbersOf(answer.raw), numbersOf(answer.weights)];
    const [scaled, sizes] = [numbersOf(answer.scaled), numbersOf(answer.sizes)];
    assert.match((await question(page)) ?? '', new RegExp(`“it”.*${minus(weights[answer.key]!)}`));
    const rows = await keyRows(page);
    assert.equal(rows.length, weights.length);
    for (const [key, row] of rows.entries()) {
      const numbers = [raw[key], scaled[key], weights[key], sizes[key]].map((one) => minus(one!));
      assert.deepEqual(row.slice(1), numbers);
    }
    await page
      .getByText(`${minus(raw[answer.key]!)} ÷ √32 = `, { exact: false })
      .first()
      .waitFor();
    assert.ok(answer.parts.kind === 'added');
    const parts = page.locator('.score-parts tbody tr');
    assert.equal(
      await parts.nth(0).textContent(),
      `content · content${minus(answer.parts.contentContent)}`,
    );
    assert.equal(await page.locator('.step').count(), 7);
    assert.equal(await page.locator('.step-exact:visible').count(), 5);
    assert.deepEqual(complaints, []);
  });

  it('opens numbers in place, by mouse and keyboard, and gives the focus back', async () => {
    const { page, complaints } = await open('translate-en', at('encoder', 1, 2, IT));
    await settled(page);
    const strip = page.getByRole('slider', { name: 'Query q of “it”' });
    await strip.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
    assert.equal(await strip.getAttribute('aria-valuenow'), '1');
    const asked = { stack: 'encoder', layer: 1, head: 2, query: IT } as const;
    const answer = await steps('translate-en', { ...asked, key: null });
    const value = String(Number(numbersOf(answer.query)[1]!.toPrecision(9)));
    await page.getByText(`dimension 1: ${value}`, { exact: false }).waitFor();
    await page.keyboard.press('Enter');
    const rows = await madeRows(page);
    const made = await engine.ask('translate-en', {
      name: 'madeOf',
      question: { ...asked, key: answer.key, number: 'query', dimension: 1 },
    });
    const [first] = made.terms;
    assert.deepEqual(rows[0], [
      `dimension ${first!.index}`,
      minus(first!.left!),
      minus(first!.right!),
      minus(first!.value),
    ]);
    assert.equal(rows.at(-1)?.[0], 'sum');
    assert.equal(rows.at(-1)?.[3], minus(made.sum));
    await page.getByText(`= ${value}`, { exact: false }).waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.made-of').count(), 0);
    const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    assert.equal(label, 'Query q of “it”');
    // This score, and where z comes from.
    await page.getByRole('button', { name: 'Which dimensions make this q · k?' }).click();
    await page.getByText('q · k of “it” and', { exact: false }).waitFor();
    await page.getByRole('slider', { name: 'z of “it”, the sum' }).click();
    await page.locator('.mixture .made-of').waitFor();
    await page.locator('.mixture .made-of tbody tr').first().waitFor();
    assert.match((await madeRows(page))[0]?.[0] ?? '', /^\S+$/);
    assert.deepEqual(complaints, []);
  });

  it('takes another key apart: from the list, from its row, and back to the heaviest', async () => {
    const { page, navigation } = await open('translate-en', at('encoder', 1, 2, IT));
    await settled(page);
    await page.locator('.key-room').getByRole('button', { name: 'animal' }).click();
    await page.getByText('from “it” to “animal”', { exact: false }).waitFor();
    assert.equal(navigation().key, 2);
    const current = page.locator('.key-room tr[aria-current="true"]');
    assert.match((await current.textContent()) ?? '', /^animal/);
    const focused = await page.evaluate(() => document.activeElement?.textContent);
    assert.equal(focused, 'animal', 'the row keeps the focus');
    await page.getByLabel('Key taken apart').selectOption({ label: 'the heaviest' });
    await page.getByText('from “it” to “tired”', { exact: false }).waitFor();
    assert.equal(navigation().key, null);
  });

  it('says which keys a mask hides, and shows the product it hides', async () => {
    const { page } = await open('stories-rotary', { ...at('decoder', 1, 1, 2), key: 4 });
    await settled(page);
    assert.match((await question(page)) ?? '', /^Why does .* not look at/);
    const rows = await keyRows(page);
    assert.equal(rows[3]?.[3], 'not visible: later');
    assert.match(rows[3]?.[1] ?? '', /^-?\d+\.\d{4}$/);
    assert.match(rows[2]?.[3] ?? '', /^0\.\d{4}$/);
    await page.getByText('is not visible: its weight is 0', { exact: false }).waitFor();
    await page.getByText('Positions turn q and k', { exact: false }).waitFor();
    await page.getByRole('slider', { name: 'Turned query q′', exact: false }).waitFor();
  });

  it('tells cross-attention, position bias and unscaled products as they are', async () => {
    const { page } = await open('copy-relative', at('cross', 0, 1, 1));
    await settled(page);
    await page.getByText('the encoder’s output m', { exact: false }).first().waitFor();
    await page.getByText('This model does not scale its products.', { exact: false }).waitFor();
    assert.equal(await page.locator('.key-room thead th').count(), 4);
    await page.getByText('Not to be told apart in cross-attention', { exact: false }).waitFor();
    const other = await open('stories-alibi', at('decoder', 1, 1, 3));
    await settled(other.page);
    await other.page.getByText('content: scaled q · k').waitFor();
    const head = await other.page.locator('.key-room thead th').allTextContents();
    assert.ok(head.includes('+ position'));
  });

  it('lets a mean’s heads be seen and chosen, and words and columns be left', async () => {
    const { page, navigation, move } = await open('translate-en', at('encoder', 1, 'mean', IT));
    const rows = page.locator('.head-choice tbody tr');
    await rows.first().waitFor();
    const asked = { stack: 'encoder', layer: 1, query: IT, key: null } as const;
    const { key, weights, mean } = await engine.ask('translate-en', {
      name: 'headWeights',
      question: asked,
    });
    const all = [...numbersOf(weights)];
    assert.ok(Math.abs(all.reduce((sum, one) => sum + one, 0) / all.length - mean) < 1e-6);
    await page.getByText(`The mean ${minus(mean)} from “it”`, { exact: false }).waitFor();
    assert.equal(await rows.count(), 8);
    assert.match((await rows.first().textContent()) ?? '', new RegExp(minus(Math.max(...all))));
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
    const text = Array.from({ length: 24 }, () => 'the cat sat by the river and').join(' ');
    const more = { model: path.resolve('test/fixtures/models/stories-alibi'), language: null };
    const snapshot = await finishedTrace(engine, 'long', text, { ...more, trainedTokens: null });
    const navigation = at('decoder', 1, 1, snapshot.plan!.source.length - 1);
    const panel = await openEnginePanel(browser, { engine, snapshot, navigation });
    panels.push(panel);
    const { page } = panel;
    await settled(page);
    assert.equal((await keyRows(page)).length, 24);
    const count = snapshot.plan!.source.length;
    await page.getByRole('button', { name: `Show all ${count}`, exact: false }).click();
    assert.equal((await keyRows(page)).length, count);
    await page.getByRole('button', { name: 'heaviest only', exact: false }).click();
    assert.equal((await keyRows(page)).length, 24);
  });

  for (const theme of themeNames)
    it(`has nothing that axe finds wrong, fits its width, in Chinese too: ${theme}`, async () => {
      const { page } = await open('translate-en', at('encoder', 0, 2, IT), {
        theme,
        locale: 'zh-cn',
        bundle: chinese,
      });
      await settled(page);
      await page.locator('.strip.opens').first().click();
      await madeRows(page);
      for (const summary of ['每个键的 k 与 v', '以表格查看 q、k、v'])
        await page.getByText(summary, { exact: true }).click();
      await page.locator('.twin-room tbody tr').first().waitFor();
      assert.deepEqual(await violations(page, '.steps-panel'), []);
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
