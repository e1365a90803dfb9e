import assert from 'node:assert/strict';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Navigation } from '../../src/protocol/navigation';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { EngineHarness } from '../support/engineHarness';
import { violationsInThemes } from './axe';
import { finishedTrace, openEnginePanel, type EnginePanel } from './enginePanel';
import { startBrowser } from './harness';
import { drawn } from './panelActions';
import type { ThemeName } from './themes';

const TOKEN = 2;
const onMap = (stack: Navigation['stack']): Partial<Navigation> => ({
  stack,
  layer: 1,
  view: 'map',
  token: { side: 'source', index: TOKEN, locked: true },
});

/** Opens the first box of a name that lies on the way of the chosen token. */
async function openBox(page: Page, name: RegExp): Promise<void> {
  await page.locator('.map-panel [role=option]').filter({ visible: true }).first().waitFor();
  await page.getByRole('option', { name }).first().dispatchEvent('click');
  await page.locator('.map-opened .card').waitFor();
}

describe('boxes of the map that have a view of their own, with a real engine', function () {
  this.timeout(120_000);
  let engine: EngineHarness;
  let browser: Browser;
  let translator: TraceSnapshot;
  let stories: TraceSnapshot;
  let open: EnginePanel | null = null;
  before(async () => {
    engine = new EngineHarness();
    browser = await startBrowser();
    translator = await finishedTrace(engine, 'translator', 'The small cat sleeps on the mat.');
    stories = await finishedTrace(engine, 'stories', 'Ada found a small key', {
      model: path.resolve('test/fixtures/models/stories-rotary'),
      language: null,
    });
  });
  afterEach(async () => {
    await open?.page.context().close();
    open = null;
  });
  after(async () => {
    engine.close();
    await browser.close();
  });
  const show = async (
    snapshot: TraceSnapshot,
    navigation: Partial<Navigation>,
    theme: ThemeName = 'dark',
  ): Promise<EnginePanel> => {
    open = await openEnginePanel(browser, { engine, snapshot, navigation, theme });
    return open;
  };

  it('feed-forward: neurons in order, and one at every token', async () => {
    const { page, complaints } = await show(translator, onMap('encoder'));
    await openBox(page, /^Feed-forward/);
    await page.getByText('The same weights at every place').waitFor();
    const question = { half: 'encoder', layer: 1, token: TOKEN } as const;
    const { neurons, activations } = await engine.ask('translator', { name: 'neurons', question });
    const table = page.getByRole('table', { name: 'The strongest neurons' });
    const names = await table.locator('tbody th').allTextContents();
    assert.deepEqual(
      names,
      neurons.map(({ index }) => String(index)),
    );
    await table.getByRole('button', { name: names[1]!, exact: true }).click();
    const places = page.getByRole('table', { name: 'One neuron at every token' });
    await places.waitFor();
    const numbers = new Float32Array(activations.data).slice(
      activations.shape[1],
      2 * activations.shape[1]!,
    );
    const told = await places.locator('tbody .cell-number').allTextContents();
    assert.deepEqual(
      told.map((text) => Number(text.replace('−', '-'))),
      [...numbers].map((value) => Number(value.toFixed(4))),
    );
    const focused = await page.evaluate(() => document.activeElement?.textContent);
    assert.equal(focused, names[1], 'the keyboard stays on the neuron');
    assert.deepEqual(complaints, []);
  });

  it('feed-forward of a pre-norm decoder: what neurons promote', async () => {
    const { page } = await show(stories, onMap('decoder'));
    await openBox(page, /^Feed-forward/);
    await page.getByRole('columnheader', { name: 'Promotes' }).waitFor();
    const first = page.getByRole('table', { name: 'The strongest neurons' }).locator('tbody tr');
    assert.equal(await first.first().locator('.promoted').count(), 3);
  });

  it('norm: another sentence changes batch norm alone, and the reader may write it', async () => {
    const { page } = await show(translator, onMap('encoder'));
    await openBox(page, /^Add & norm/);
    await page
      .getByText('LayerNorm: nothing changes, the largest difference is exactly 0.')
      .waitFor();
    const verdict = page.getByText('BatchNorm: a dimension changes by up to');
    const before = await verdict.textContent();
    const field = page.getByRole('textbox', { name: 'Sentence 3 becomes' });
    await field.fill('It is small.');
    await field.press('Enter');
    await page.waitForFunction((old) => !document.body.textContent?.includes(old), before ?? '');
    await page
      .getByText('LayerNorm: nothing changes, the largest difference is exactly 0.')
      .waitFor();
    await page.getByText('Both norms as a table').click();
    const rows = page.getByRole('region', { name: 'Both norms as a table' }).locator('tbody tr');
    // The table is filled when the browser has told that it is open.
    await rows.first().waitFor();
    const cells = await rows.first().locator('td').allTextContents();
    assert.equal(cells[2], cells[1]);
    assert.notEqual(cells[4], cells[3]);
  });

  it('norm of a model with RMSNorm', async () => {
    const { page } = await show(stories, onMap('decoder'));
    await openBox(page, /^Norm|RMS/);
    await page
      .getByText('RMSNorm: nothing changes, the largest difference is exactly 0.')
      .waitFor();
  });

  it('token table: one memory from three ends', async () => {
    const { page } = await show(translator, onMap('encoder'));
    await openBox(page, /^Token embedding/);
    await page.getByText('One and the same table serves all 3 ends.').waitFor();
    const { ends } = await engine.ask('translator', {
      name: 'tiedEmbeddings',
      question: { side: 'source', token: TOKEN },
    });
    const size = ends[0]!.rows * ends[0]!.width;
    const [one, three] = [size, 3 * size].map((value) => value.toLocaleString('en'));
    await page
      .getByText(`${one} numbers; with a table for each end it would be ${three}.`)
      .waitFor();
    await page.getByText('is its embedding row; the largest difference is 0').waitFor();
    assert.equal(
      await page.getByRole('table', { name: 'Nearest entries' }).locator('tbody tr').count(),
      5,
    );
  });

  for (const name of [/^Feed-forward/, /^Add & norm/, /^Token embedding/])
    it(`can be read by everyone (${name.source.slice(1)})`, async () => {
      const { page } = await show(translator, onMap('encoder'));
      await openBox(page, name);
      await page.locator('.map-opened tbody tr, .map-opened canvas').first().waitFor();
      await drawn(page);
      assert.deepEqual(await violationsInThemes(page, '.map-opened'), []);
    });
});
