// The numbers of a preview in the page, with a real engine behind it: marked wherever they are shown,
// and unmarked as soon as the exact ones are there.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import type { Page } from 'playwright-core';
import { traceEventSchema, type TraceEvent } from '../../src/protocol/engineMessages';
import type { Navigation } from '../../src/protocol/navigation';
import { applyEvent, emptySnapshot } from '../../src/protocol/traceMirror';
import { EngineHarness } from '../support/engineHarness';
import { WIDE_LAYERS, wideModel } from '../support/wideModel';
import { violationsInThemes } from './axe';
import { packed } from './carriedMessage';
import { chineseWords } from './chineseWords';
import { openEnginePanel, type EnginePanel } from './enginePanel';
import { startBrowser } from './harness';
import { usePages } from './servedPage';
import type { ThemeName } from './themes';

/** Long enough for a preview. */
const TEXT = 'the cat sat on the mat and so on. '.repeat(10);
const LAST = WIDE_LAYERS - 1;
const BADGE = '≈ approximate (8-bit preview)';

describe('inspector, a preview in 8 bits', function () {
  this.timeout(120_000);
  const openPage = usePages(startBrowser, openEnginePanel);
  let directory: string;
  let engine: EngineHarness;
  before(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'headlight-preview-'));
    const wasmDirectory = path.resolve('dist/wasm');
    engine = new EngineHarness(2 ** 30, 'auto', { wasmDirectory, kernels: 'own' });
  });
  after(async () => {
    engine.close();
    await rm(directory, { recursive: true });
  });

  const run = async (): Promise<void> => {
    const model = await wideModel(directory, 'bert');
    engine.run('t', TEXT, { model, language: null, trainedTokens: null, preview: 'int8' });
  };
  const events = (): TraceEvent[] =>
    engine.log.filter((message): message is TraceEvent => v.is(traceEventSchema, message));
  const isOf =
    (type: TraceEvent['type']) =>
    (event: TraceEvent): boolean =>
      event.type === type;

  /** A page in the middle of a run: one layer is exact, the engine has the others approximately. */
  async function openHalfway(
    navigation: Partial<Navigation> = {},
    look: { theme?: ThemeName; locale?: string; bundle?: Readonly<Record<string, string>> } = {},
  ): Promise<EnginePanel> {
    engine.log.length = 0;
    await run();
    await engine.until('layer');
    engine.post({ type: 'cancel', trace: 't' });
    await engine.until('finished');
    const told = events();
    assert.equal(told.filter(isOf('layer')).length, 1, 'cancelled behind the first exact layer');
    const snapshot = told
      .filter((event) => event.type !== 'finished')
      .reduce(applyEvent, emptySnapshot('t', 'story.txt, line 3'));
    const token = { side: 'source' as const, index: 5, locked: false };
    const place = { layer: LAST, head: 1, token, ...navigation };
    const panel = await openPage({ engine, snapshot, navigation: place, height: 1300, ...look });
    await panel.page.locator('.chip.weighed').first().waitFor();
    return panel;
  }

  const deliver = async (page: Page, sent: readonly TraceEvent[]): Promise<void> => {
    for (const event of sent)
      await page.evaluate((text) => window.fromEngineHost(text), packed({ type: 'event', event }));
  };
  /** The engine computes the rest, of which the page is told. */
  const finish = async (page: Page): Promise<void> => {
    engine.log.length = 0;
    await run();
    await engine.until('finished', ({ outcome }) => outcome === 'complete');
    await deliver(
      page,
      events().filter((event) => isOf('layer')(event) || isOf('finished')(event)),
    );
  };
  const pictures = async (page: Page): Promise<void> => {
    engine.post({ type: 'repaint', trace: 't' });
    engine.post({ type: 'credit', trace: 't', pictures: WIDE_LAYERS });
    await engine.memory();
    await deliver(page, events().filter(isOf('picture')).slice(-WIDE_LAYERS));
    await page.locator('.thumbnail:not(.painted):visible').first().waitFor({ state: 'detached' });
  };
  const statement = (page: Page) => page.locator('.statement .approximate-badge');
  const line = (page: Page) => page.locator('.preview-line');
  const chipNumber = (page: Page): Promise<string> =>
    page
      .locator('.chip.weighed .chip-number')
      .first()
      .evaluate((chip) => getComputedStyle(chip, '::before').content);

  it('is marked beside every number, and by nothing once these are exact', async () => {
    const { page, complaints } = await openHalfway();
    await pictures(page);
    await page.getByText(BADGE).first().waitFor();
    assert.equal(await statement(page).textContent(), BADGE);
    assert.match(
      (await line(page).textContent()) ?? '',
      /^≈ Approximate numbers \(8-bit preview\) are shown .* \(layers: 2\)/,
    );
    assert.match(await chipNumber(page), /≈/);
    const chip = page.locator('.chip.weighed').first();
    assert.match((await chip.getAttribute('aria-label')) ?? '', /weight ≈ \d/);
    assert.match((await chip.getAttribute('title')) ?? '', /weight ≈ \d/);
    assert.ok(await page.locator('.matrix-panel .approximate-badge').isVisible());
    assert.match(
      (await page.locator('canvas.map').getAttribute('aria-label')) ?? '',
      /weight ≈ \d/,
    );
    const named = page.locator('.overview [role=gridcell]');
    const marks = await named.evaluateAll((cells) =>
      cells.map((cell) => cell.getAttribute('title')?.includes('≈') ?? false),
    );
    const heads = marks.length / WIDE_LAYERS;
    assert.deepEqual(marks.slice(0, heads), Array<boolean>(heads).fill(false));
    assert.deepEqual(marks.slice(heads), Array<boolean>(2 * heads).fill(true));
    assert.equal(await page.locator('.row-name.approximate').count(), 2);
    for (const name of ['Copy row as CSV', 'Copy as Python', 'Save matrix (.npy)'])
      assert.ok(await page.getByRole('button', { name }).isDisabled(), name);

    await finish(page);
    await pictures(page);
    await statement(page).waitFor({ state: 'hidden' });
    await page.locator('.matrix-panel .approximate-badge').waitFor({ state: 'hidden' });
    assert.match(
      (await line(page).textContent()) ?? '',
      /^The 8-bit preview was off by at most 0\.\d{4} \(mean [\d.e-]+\) on this text; all numbers/,
    );
    assert.doesNotMatch(await chipNumber(page), /≈/);
    await page.locator('.approximate').first().waitFor({ state: 'detached' });
    assert.ok(!(await page.locator('body').innerText()).includes('≈'), 'no sign is left');
    assert.equal(await page.locator('[title*="≈"], [aria-label*="≈"]').count(), 0);
    for (const name of ['Copy row as CSV', 'Save matrix (.npy)'])
      assert.ok(await page.getByRole('button', { name }).isEnabled(), name);
    assert.deepEqual(complaints, []);
  });

  it('is not marked where a layer is exact already', async () => {
    const { page } = await openHalfway({ layer: 0 });
    assert.ok(await statement(page).isHidden());
    assert.doesNotMatch(await chipNumber(page), /≈/);
  });

  it('has its sign in the table of a row', async () => {
    const { page } = await openHalfway({ view: 'row' });
    const number = page.locator('.weights .cell-number').first();
    await number.waitFor();
    const sign = (): Promise<string> =>
      number.evaluate((cell) => getComputedStyle(cell, '::before').content);
    assert.match(await sign(), /≈/);
    assert.ok(await page.locator('.row-panel').getByText(BADGE).isVisible());
    await finish(page);
    await page.locator('.row-panel').getByText(BADGE).waitFor({ state: 'hidden' });
    assert.doesNotMatch(await sign(), /≈/);
  });

  it('says in Chinese what it is', async () => {
    const { page } = await openHalfway({}, { locale: 'zh-cn', bundle: chineseWords });
    assert.equal(await statement(page).textContent(), '≈ 近似（8 位预览）');
    assert.match(
      (await line(page).textContent()) ?? '',
      /^≈ 当前显示近似数字（8 位预览）.*（层数：2）/,
    );
    await finish(page);
    await page.getByText(/^在此文本上，8 位预览的最大偏差为 0\.\d{4}/).waitFor();
  });

  it('axe finds nothing in any theme', async () => {
    const { page } = await openHalfway();
    await statement(page).waitFor();
    assert.deepEqual(await violationsInThemes(page), []);
  });
});
