// The what-if view with a real engine behind it: the numbers on the page are the model's own.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Navigation } from '../../src/protocol/navigation';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { ANIMAL, EngineHarness } from '../support/engineHarness';
import { violationsInThemes } from './axe';
import { finishedTrace, openEnginePanel, type EnginePanel } from './enginePanel';
import { startBrowser } from './harness';

const LANGUAGE = path.join('l10n', 'zh-cn');
const HEAD = { stack: 'encoder', layer: 1, head: 2, view: 'whatIf' } as const;

/** Until the host has heard that the reader stands somewhere else. */
async function stands(
  { page, navigation }: EnginePanel,
  fits: (navigation: Navigation) => boolean,
): Promise<void> {
  while (!fits(navigation()))
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

describe('inspector, what if', function () {
  this.timeout(120_000);
  let browser: Browser;
  let engine: EngineHarness;
  let snapshot: TraceSnapshot;
  const opened: EnginePanel[] = [];
  before(async () => {
    browser = await startBrowser();
    engine = new EngineHarness();
    snapshot = await finishedTrace(engine, 'a', ANIMAL);
  });
  afterEach(async () => {
    for (const { page } of opened.splice(0)) await page.context().close();
  });
  after(async () => {
    await browser.close();
    engine.close();
  });

  const open = async (
    navigation: Partial<Navigation>,
    more: Partial<Parameters<typeof openEnginePanel>[1]> = {},
  ): Promise<EnginePanel> => {
    const panel = await openEnginePanel(browser, { engine, snapshot, navigation, ...more });
    opened.push(panel);
    return panel;
  };
  const choose = (page: Page, name: string): Promise<void> =>
    page.getByRole('button', { name, exact: true }).click();
  const finding = (page: Page, words: string | RegExp): Promise<void> =>
    page.locator('.findings li', { hasText: words }).waitFor();

  it('begins with nothing changed, and changes one thing at a click and back', async () => {
    const panel = await open(HEAD);
    const { page, complaints } = panel;
    await page.getByRole('button', { name: 'Leave out 1/√d_k' }).waitFor();
    assert.equal(await page.locator('.what-if-results').isVisible(), false);
    await choose(page, 'Leave out 1/√d_k');
    await finding(page, /variance of the scores of E1·H2 goes from [\d.]+ to [\d.]+ \(d_k = 32\)/);
    const scope = { stack: 'encoder', layer: 1, head: 2 };
    const change = { kind: 'scoreFunction', function: 'dot', scope };
    await stands(panel, ({ whatIf }) => same(whatIf, change));
    const pressed = page.locator('.change-choice[aria-pressed="true"]');
    assert.deepEqual(await pressed.allTextContents(), ['Leave out 1/√d_k']);
    await choose(page, 'As trained');
    await page.locator('.chosen-change').waitFor({ state: 'hidden' });
    await stands(panel, ({ whatIf }) => whatIf === null);
    assert.equal(await page.locator('.what-if-results').isVisible(), false);
    assert.deepEqual(complaints, []);
  });

  it('shows the engine’s own numbers in measures and row', async () => {
    const token = { side: 'source' as const, index: 9, locked: true };
    const change = {
      kind: 'scoreFunction',
      function: 'dot',
      scope: { stack: 'encoder', layer: 1, head: 2 },
    } as const;
    const { page } = await open({ ...HEAD, token, whatIf: change });
    const { stack, layer, head } = HEAD;
    const answer = await engine.ask('a', {
      name: 'whatIf',
      question: { change, stack, layer, head, query: 9 },
    });
    await finding(page, 'The largest move');
    const cells = (row: string): Promise<string[]> =>
      page
        .locator('.measures-table tr', { has: page.getByText(row, { exact: true }) })
        .locator('td')
        .allTextContents();
    const { asTrained, changed } = answer;
    const four = (value: number): string => value.toFixed(4);
    assert.deepEqual((await cells('Variance of the scores')).slice(0, 2), [
      four(asTrained.row.variance),
      four(changed.row.variance),
    ]);
    assert.deepEqual((await cells('‖∂softmax/∂scores‖, mean')).slice(0, 2), [
      four(asTrained.mean!.gradient),
      four(changed.mean!.gradient),
    ]);
    await page.getByText('All weights and scores of the row').click();
    const rows = page.getByRole('region', { name: 'All weights and scores of the row' });
    const row = rows.locator('tbody tr').nth(3);
    await row.waitFor();
    const first = await row.locator('td').allTextContents();
    assert.deepEqual(first, [
      '3',
      ...[asTrained.scores, changed.scores, asTrained.weights, changed.weights].map((numbers) =>
        four(numbersOf(numbers)[3]!),
      ),
    ]);
  });

  it('tells both weights of a cell, by keyboard, and goes to its query', async () => {
    const panel = await open({ ...HEAD, whatIf: { kind: 'positionsOff', side: 'source' } });
    const { page } = panel;
    await finding(page, 'The largest move in E1·H2');
    await page.locator('canvas.what-if-changed').focus();
    await page.keyboard.press('ArrowDown');
    await page
      .locator('#what-if-changed-readout', { hasText: /as trained \d\.\d{4}, changed \d\.\d{4}/ })
      .waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await stands(panel, ({ token }) => token?.locked === true);
  });

  it('settings: where it applies, which tokens, which heads', async () => {
    const panel = await open(HEAD);
    const { page } = panel;
    await choose(page, 'Ask with another token’s');
    await finding(page, 'identical to the last bit');
    await page.getByLabel('asks with the query of').selectOption('2');
    await finding(page, 'identical to the last bit');
    await page.getByLabel('Where').selectOption({ label: 'all layers (Encoder)' });
    await finding(page, 'its values moved as well');
    await choose(page, 'Mute some');
    await finding(page, 'stay exactly as trained; what they mix is left out');
    await choose(page, 'H5');
    await page.getByText('Muted: E1·H2, E1·H5').waitFor();
    await choose(page, 'Shift them all');
    await page.getByLabel('Places').fill('7');
    await page.getByLabel('Places').press('Enter');
    await page.getByText('The text stands 7 places further on').waitFor();
    const change = { kind: 'positionsShifted', side: 'source', by: 7 };
    await stands(panel, ({ whatIf }) => same(whatIf, change));
  });

  it('writes the output anew, and says where that means nothing', async () => {
    const { page } = await open({
      ...HEAD,
      whatIf: { kind: 'embeddingUnscaled', side: 'source' },
    });
    await page.getByText('The first token that differs is number 1', { exact: false }).waitFor();
    assert.match((await page.locator('.differs').textContent()) ?? '', /\w+/);
    await page
      .getByText(/As a mean ‖E‖ is 16\.\d{4} with the factor 16\.0000 and 1\.\d{4}/)
      .waitFor();
    await choose(page, 'Let the future leak in');
    await page.locator('.hint', { hasText: 'there are no later tokens yet' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Try again' }).isVisible(), false);
  });

  it('shows that it computes, can be cancelled, and asked for again', async () => {
    let busy = Promise.resolve();
    const { page } = await open(HEAD, { busy: () => busy });
    await choose(page, 'Leave them out');
    await finding(page, 'The largest move');
    let done = (): void => undefined;
    busy = new Promise((resolve) => {
      done = resolve;
    });
    await choose(page, 'Let the future leak in');
    const running = page.getByRole('progressbar', { name: 'The model runs again' });
    await running.first().waitFor();
    await page.locator('.study-running').first().getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Stopped.', { exact: true }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Compute it');
    assert.equal(await page.locator('.what-if-results').isVisible(), false);
    done();
    busy = Promise.resolve();
    await page.keyboard.press('Enter');
    await finding(page, 'E1·H2 is exactly as trained');
    assert.equal(await running.first().isVisible(), false);
    assert.equal(await page.getByText('Stopped.', { exact: true }).isVisible(), false);
  });

  it('is reached from the head in sight, which is muted then', async () => {
    const panel = await open({ ...HEAD, view: 'matrix' });
    const { page } = panel;
    await choose(page, 'What if?');
    await page.getByText('Muted: E1·H2').waitFor();
    await stands(panel, ({ view }) => view === 'whatIf');
  });

  it('says why a change cannot be made, and leaves it to the keyboard', async () => {
    const model = 'test/fixtures/models/masked-words';
    const bert = await finishedTrace(engine, 'b', 'the dog sees the [MASK] .', {
      model,
      language: null,
    });
    const { page, navigation } = await open({ ...HEAD, layer: 0, head: 0 }, { snapshot: bert });
    const mask = page.getByRole('button', { name: 'Let the future leak in' });
    await mask.waitFor();
    assert.equal(await mask.getAttribute('aria-disabled'), 'true');
    await page.getByText('An encoder has no mask', { exact: false }).waitFor();
    await page
      .getByText('does not multiply its embeddings by √d_model', { exact: false })
      .waitFor();
    await mask.focus();
    await page.keyboard.press('Enter');
    assert.equal(navigation().whatIf, null);
    await choose(page, 'Leave them out');
    await finding(page, /The likeliest/);
  });

  it('where only distances count, a shift changes nothing and the page says so', async () => {
    const model = 'test/fixtures/models/stories-alibi';
    const story = await finishedTrace(engine, 'c', 'Tim saw a dog.', { model, language: null });
    const navigation = { ...HEAD, stack: 'decoder', layer: 1, head: 1 } as const;
    const { page } = await open(navigation, { snapshot: story });
    await choose(page, 'Shift them all');
    await finding(page, 'they do not feel a shift');
    await finding(page, 'What the model says is exactly as trained.');
  });

  it('fits a panel of 420 pixels without scrolling sideways', async () => {
    const { page } = await open({
      ...HEAD,
      whatIf: { kind: 'residualCut', stack: 'encoder', layer: 0, subLayer: 'attention' },
    });
    await page.setViewportSize({ width: 420, height: 900 });
    await finding(page, 'The largest move');
    await page.locator('.measures-table').waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  });

  it('claims no leak for a head that never had the mask', async () => {
    const { page } = await open({ ...HEAD, whatIf: { kind: 'unmasked' } });
    await finding(page, 'E1·H2 never had this mask');
    assert.equal(await page.getByText('as trained it is exactly 0').count(), 0);
  });

  it('keeps the rules of accessibility', async () => {
    const { page } = await open({ ...HEAD, stack: 'decoder', whatIf: { kind: 'unmasked' } });
    await finding(page, 'goes to later tokens');
    await page.getByText('The cells that moved most').click();
    assert.deepEqual(await violationsInThemes(page), []);
  });

  it('speaks Chinese', async () => {
    const bundle: Record<string, string> = Object.assign(
      {},
      ...readdirSync(LANGUAGE).map((file) =>
        JSON.parse(readFileSync(path.join(LANGUAGE, file), 'utf8')),
      ),
    );
    const change = { kind: 'unmasked' } as const;
    const { page } = await open(
      { ...HEAD, stack: 'decoder', whatIf: change },
      { locale: 'zh-cn', bundle },
    );
    await finding(page, '落在后面的词元上');
    const words = await page.locator('.what-if').innerText();
    const english = words.match(/\b(the|of|and|with|changed|trained)\b/gi) ?? [];
    // The text and the model's own words may hold English.
    assert.deepEqual(
      english.filter((word) => !ANIMAL.toLowerCase().includes(word.toLowerCase())),
      [],
    );
  });
});
