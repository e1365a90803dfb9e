// The map with a real engine behind it: drawn, lit, opened, walked, and with the model's own numbers.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { numbersOf } from '../../src/protocol/wireTensor';
import { box, card, lit, MapPages, source, target } from './mapPages';

/** The numbers of the opened card, by name. */
async function numbers(page: Page): Promise<Record<string, string>> {
  await page.locator('.map-numbers dd').first().waitFor();
  return page
    .locator('.map-numbers')
    .evaluate((list) =>
      Object.fromEntries(
        [...list.querySelectorAll('dt')].map((name) => [
          name.textContent ?? '',
          name.nextElementSibling?.textContent ?? '',
        ]),
      ),
    );
}

describe('the map, with a real engine', function () {
  this.timeout(120_000);
  let pages: MapPages;
  before(async () => {
    pages = await MapPages.start();
  });
  afterEach(() => pages.closePages());
  after(() => pages.stop());

  it('draws both stacks with their shapes, and lights the way of a source token', async () => {
    const { page, complaints } = await pages.show(pages.translator, { token: source(3) });
    assert.match((await box(page, 'encoder.tokens').textContent()) ?? '', /8,000 × 256, × √256/);
    assert.match(
      (await box(page, 'decoder.feedForward.feedForward').textContent()) ?? '',
      /256 → 1,024 → 256/,
    );
    assert.match((await box(page, 'decoder.linear').textContent()) ?? '', /256 → 8,000, tied/);
    const way = await lit(page);
    assert.ok(way.length > 5);
    assert.ok(way.every((key) => key.startsWith('encoder.')));
    assert.equal(await page.locator('.map-wire.link.lit').count(), 2);
    const last = (pages.translator.plan?.source.length ?? 0) - 1;
    await page.getByText(`“cat”, 3 of 0–${last}`).waitFor();
    assert.deepEqual(complaints, []);
  });

  it('opens a box with the engine’s numbers of the chosen token and layer', async () => {
    const { page, move } = await pages.show(pages.translator, { token: source(3) });
    const question = { half: 'encoder', token: 3 } as const;
    const { layers, embedding } = await pages.engine.ask('translator', {
      name: 'pathNorms',
      question,
    });
    const [attention] = layers[1]!;
    await box(page, 'encoder.addNorm.attention').click();
    await card(page).getByText('Encoder, layer 1 of 0–2').waitFor();
    assert.deepEqual(await numbers(page), {
      '‖x‖ of the stream': attention!.enters.toFixed(4),
      '‖what it adds‖': attention!.adds.toFixed(4),
      'cosine of both': attention!.cosine.toFixed(4),
      '‖sum‖': attention!.sum!.toFixed(4),
      '‖x‖ after the norm': attention!.leaves!.toFixed(4),
    });
    assert.equal(await card(page).locator('[data-formula="postNorm"]').count(), 1);
    await box(page, 'encoder.positions').click();
    assert.deepEqual(await numbers(page), {
      '‖position vector‖': embedding.positions!.toFixed(4),
    });
    assert.equal(await card(page).locator('[data-formula="positionHalves"]').count(), 1);
    await move({ layer: 2 });
    await box(page, 'encoder.attention.attention').click();
    await card(page).getByText('Encoder, layer 2 of 0–2').waitFor();
    assert.equal((await numbers(page))['‖what it adds‖'], layers[2]![0]!.adds.toFixed(4));
    await box(page, 'decoder.cross.cross').click();
    await card(page).getByText('has no row in the decoder', { exact: false }).waitFor();
  });

  it('hands the focus to the tab of the view that it leads to', async () => {
    const { page } = await pages.show(pages.translator, { token: source(3), head: 0 });
    await card(page).getByRole('button', { name: 'Open Heads' }).press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'tab-heads');
  });

  it('opens the box that a chapter speaks of, once, and leaves the focus to its card', async () => {
    const lesson = { chapter: 'feedForward', step: 1 };
    const { page, complaints } = await pages.show(pages.translator, { token: source(3), lesson });
    const opened = card(page).locator('.small-title');
    await page.getByRole('button', { name: 'Next step' }).press('Enter');
    await page.locator('[data-part="neurons"]').waitFor();
    assert.equal(await opened.textContent(), 'Feed-forward');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Next step');
    // Afterwards the reader may open another.
    await box(page, 'encoder.tokens').click();
    await page.waitForFunction(
      () => document.querySelector('.map-card .small-title')?.textContent === 'Token embedding',
    );
    assert.deepEqual(complaints, []);
  });

  it('leads an output token through the decoder to the token that was written next', async () => {
    const { page } = await pages.show(pages.translator, { stack: 'cross', token: target(2) });
    const written = pages.translator.written[2]!;
    const end = box(page, 'decoder.choice');
    await end.getByText(written.probability.toFixed(4), { exact: false }).waitFor();
    assert.ok((await lit(page)).every((key) => key.startsWith('decoder.')));
    assert.ok((await lit(page)).includes('decoder.choice'));
    await card(page).getByText('Cross-attention', { exact: true }).waitFor();
    assert.equal(await card(page).locator('[data-formula="crossQueryKeyValue"]').count(), 1);
  });

  it('opens other views at the stack and layer of a box', async () => {
    const { page, navigation, received } = await pages.show(pages.translator, {
      stack: 'decoder',
      token: target(2),
    });
    await box(page, 'decoder.cross.cross').click();
    await card(page).getByRole('button', { name: 'Open Matrix' }).click();
    await page.locator('#panel-matrix').waitFor();
    const { view, stack, layer } = navigation();
    assert.deepEqual({ view, stack, layer }, { view: 'matrix', stack: 'cross', layer: 1 });
    assert.ok(received.some(({ type }) => type === 'navigate'));
  });

  it('is walked by keyboard alone, layers too', async () => {
    const { page, navigation } = await pages.show(pages.translator, { token: source(3) });
    await box(page, 'encoder.attention.attention').focus();
    await page.keyboard.press('ArrowUp');
    const selected = page.locator('.map-box[aria-selected="true"]');
    assert.equal(await selected.getAttribute('data-box'), 'encoder.addNorm.attention');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    assert.equal(await selected.getAttribute('data-box'), 'decoder.choice');
    assert.equal(await page.locator('.map-box[tabindex="0"]').count(), 1);
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute('data-box')),
      'decoder.choice',
    );
    await page.keyboard.press('Home');
    await page.keyboard.press('PageUp');
    await page.waitForFunction(() =>
      document.querySelectorAll('.map-layer')[2]?.classList.contains('chosen'),
    );
    assert.equal(navigation().layer, 2);
    assert.match(
      (await selected.getAttribute('aria-label')) ?? '',
      /^Token embedding, 8,000 × 256/,
    );
  });

  it('tells the stream with a residual switched off beside the stream as trained', async () => {
    const { page, navigation } = await pages.show(pages.translator, { token: source(3) });
    await box(page, 'encoder.addNorm.feedForward').click();
    await card(page).getByRole('button', { name: 'Switch this residual off' }).click();
    const change = {
      kind: 'residualCut',
      stack: 'encoder',
      layer: 1,
      subLayer: 'feedForward',
    } as const;
    const question = { half: 'encoder', token: 3, change } as const;
    const answer = await pages.engine.ask('translator', { name: 'stream', question });
    await page.getByText('‖x‖ changed').waitFor();
    await page.getByText('The stream as a table').click();
    const rows = page.getByRole('region', { name: 'The stream as a table' }).locator('tbody tr');
    const cells = await rows.evaluateAll((found) =>
      found.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
    );
    assert.equal(cells.length, answer.places.length);
    const place = answer.places.findIndex(
      ({ layer, after }) => layer === 1 && after === 'feedForward',
    );
    assert.deepEqual(cells[place]?.slice(0, 5), [
      'Layer 1: Feed-forward',
      numbersOf(answer.asTrained.norms)[place]!.toFixed(4),
      numbersOf(answer.asTrained.sums!)[place]!.toFixed(4),
      numbersOf(answer.changed!.norms)[place]!.toFixed(4),
      numbersOf(answer.changed!.sums!)[place]!.toFixed(4),
    ]);
    assert.notEqual(cells[place]?.[2], cells[place]?.[4]);
    await page.locator('.map-fields').getByRole('button', { name: 'Open What if' }).click();
    await page.locator('#panel-whatIf').waitFor();
    assert.deepEqual(navigation().whatIf, change);
  });

  it('adds parameters up to what the checkpoint holds', async () => {
    const { page } = await pages.show(pages.translator, { token: source(3) });
    const rows = page.getByRole('table', { name: 'Parameters by part' }).locator('tbody tr');
    await rows.first().waitFor();
    const counts = (await rows.locator(':scope > :last-child').allTextContents()).map((text) =>
      Number(text.replaceAll(',', '')),
    );
    const all = counts.pop();
    assert.equal(all, pages.translator.plan?.model.parameters);
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      all,
    );
  });

  it('computes Table 1 for the text, and for the sizes that the reader chooses', async () => {
    const { page } = await pages.show(pages.translator, { token: source(3) });
    const n = pages.translator.plan!.source.length;
    const rows = page.getByRole('table', { name: 'Costs of a layer' }).locator('tbody tr');
    const english = new Intl.NumberFormat('en');
    await rows
      .first()
      .getByText(`n²·d = ${english.format(n * n * 256)}`)
      .waitFor();
    await page.getByText('Nothing here is measured.', { exact: false }).waitFor();
    await page.getByRole('spinbutton', { name: 'Kernel width k' }).fill('5');
    await rows
      .nth(2)
      .getByText(`k·n·d² = ${english.format(5 * n * 256 * 256)}`)
      .waitFor();
    await page.getByRole('spinbutton', { name: 'Neighbourhood r' }).fill('');
    await page.getByRole('spinbutton', { name: 'Neighbourhood r' }).fill('2');
    await rows
      .nth(4)
      .getByText(`r·n·d = ${english.format(2 * n * 256)}`)
      .waitFor();
  });

  it('has every box in its table, which leads to the boxes', async () => {
    const { page } = await pages.show(pages.translator, { token: source(3) });
    await page.getByText('The map as a table').click();
    const rows = page.getByRole('region', { name: 'The map as a table' }).locator('tbody tr');
    await rows.first().waitFor();
    assert.equal(await rows.count(), await page.locator('.map-box').count());
    await rows.last().getByRole('button', { name: 'Next token' }).click();
    assert.equal(await box(page, 'decoder.choice').getAttribute('aria-selected'), 'true');
  });
});
