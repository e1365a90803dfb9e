// Teacher forcing and the cache in the film, with a real engine behind them: its numbers are on the page.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { Branch } from '../../src/protocol/branch';
import { plainWriting } from '../../src/protocol/writing';
import { lossOf } from '../../webview/film/forced/loss';
import { ANIMAL, EngineHarness } from '../support/engineHarness';
import { violations } from './axe';
import { finishedTrace, openEnginePanel, type EnginePanel } from './enginePanel';
import { startBrowser } from './harness';

const TARGET = 'Le chien est trop grand.';
const WRITING = { ...plainWriting, begin: { ids: [], text: TARGET }, further: false };

describe('film: teacher forcing and the cache', function () {
  this.timeout(120_000);
  let browser: Browser;
  let engine: EngineHarness;
  let panel: EnginePanel;
  before(async () => {
    browser = await startBrowser();
    engine = new EngineHarness();
    const own = await finishedTrace(engine, 'own', ANIMAL);
    const snapshot = await finishedTrace(engine, 'forced', ANIMAL, { writing: WRITING });
    const branch: Branch = {
      id: 0,
      parent: null,
      shared: 0,
      writing: plainWriting,
      tokens: own.written.map(({ token: { id, label } }) => ({ id, label })),
      output: own.output,
      logProbability: own.written.reduce((sum, one) => sum + Math.log(one.probability), 0),
      outcome: 'complete',
      shown: false,
      pinned: false,
    };
    panel = await openEnginePanel(browser, {
      engine,
      snapshot,
      navigation: { view: 'film' },
      branches: [branch],
    });
  });
  after(async () => {
    await browser.close();
    engine.close();
  });

  const written = () =>
    engine.log.flatMap((one) =>
      one.type === 'token' && one.trace === 'forced' ? [one.written] : [],
    );

  it('shows the loss of the given output beside the model’s own, and goes to its worst token', async () => {
    const { page } = panel;
    const loss = lossOf(written());
    const totals = page.locator('.loss-totals');
    await totals.waitFor();
    const told = await totals.textContent();
    assert.match(
      told!,
      new RegExp(`Loss ${loss.total.toFixed(4)} over ${loss.tokens.length} tokens`),
    );
    assert.match(told!, new RegExp(`perplexity ${loss.perplexity.toFixed(4).slice(0, 4)}`));
    assert.match(
      (await page.locator('.loss-own').textContent())!,
      /model’s own output, “.*”: loss .* 10\^\d+ times as probable as yours/,
    );
    const bars = page.locator('.loss-token');
    assert.equal(await bars.count(), loss.tokens.length);
    const worst = loss.tokens.reduce((a, b) => (b.loss > a.loss ? b : a));
    await bars.nth(worst.step).click();
    await page.locator(`.loss-token:nth-child(${worst.step + 1})[aria-current="step"]`).waitFor();
    assert.deepEqual(panel.navigation().token, { side: 'target', index: worst.step, locked: true });
    const row = page.locator('.loss-table-room tbody tr').first();
    const cells = await row.locator('td').allTextContents();
    assert.equal(cells[0], String(worst.step + 1));
    assert.equal(cells[1], worst.loss.toFixed(4));
    assert.equal(cells[3], String(worst.written.rank + 1));
    const [best] = worst.written.candidates;
    assert.match(cells[4]!, new RegExp(`“${best!.label.trim()}” ${best!.probability.toFixed(4)}`));
  });

  it('asks for what is typed, by keyboard', async () => {
    const { page, received } = panel;
    const field = page.getByLabel('Your own output');
    await page.getByRole('button', { name: 'Take the output on screen' }).click();
    assert.equal(await field.inputValue(), TARGET);
    await field.fill('Le chat dort.');
    await field.press('Control+Enter');
    const asked = received.flatMap((one) => (one.type === 'write' ? [one.writing] : []));
    assert.deepEqual(asked.at(-1), { ...WRITING, begin: { ids: [], text: 'Le chat dort.' } });
  });

  it('draws the cache of the step, and measures with it and without', async () => {
    const { page, complaints } = panel;
    await panel.move({ token: { side: 'target', index: 4, locked: true } });
    await page
      .getByText(
        'Step 5 computes 1 token and reuses 4 in 3 layers; without the cache it would compute 5.',
      )
      .waitFor();
    await page.getByRole('button', { name: 'Measure with and without the cache' }).click();
    await page.locator('.cache-measured').waitFor();
    const words = (await page.locator('.cache-measured').textContent())!;
    assert.match(words, /steps took [\d.]+ ms with the cache and [\d.]+ ms without: [\d.]+ times/);
    assert.match(
      words,
      /The logits differ by at most \d\.\de-\d+ in \d+ steps|same to the last bit/,
    );
    assert.match(words, /the same bytes before the first step and after the last/);
    assert.match(
      words,
      /Each token leaves 6\.14 kB of keys and values; after this step 30\.7 kB are kept/,
    );
    // A click on a position goes to the step that computes it.
    const strip = page.locator('.kept.goes');
    const { width, height } = (await strip.boundingBox())!;
    await strip.click({ position: { x: width - 2, y: height / 2 } });
    const last = written().length;
    await page.getByText(`Step ${last} computes 1 token`).waitFor();
    await page.getByText('Every step as a table').click();
    const table = page.getByRole('region', { name: 'Every step as a table' });
    await table
      .locator('tbody tr')
      .nth(last - 1)
      .waitFor();
    for (const part of ['.forced-form', '.cache-drawing'])
      assert.deepEqual(await violations(page, `.card:has(${part})`), []);
    assert.deepEqual(complaints, []);
  });
});
