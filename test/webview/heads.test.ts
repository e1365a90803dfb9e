import assert from 'node:assert/strict';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Navigation } from '../../src/protocol/navigation';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { EngineHarness } from '../support/engineHarness';
import { violationsInThemes } from './axe';
import { chineseWords } from './chineseWords';
import { finishedTrace, openEnginePanel, type EnginePanel } from './enginePanel';
import { startBrowser } from './harness';
import { drawn } from './panelActions';
import type { ThemeName } from './themes';

const fixture = (name: string): string => path.resolve(`test/fixtures/models/${name}`);
/** The words of each row's cells in a table. */
const cells = (page: Page, caption: string): Promise<string[][]> =>
  page
    .getByRole('table', { name: caption })
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
    );

const at = (
  stack: Navigation['stack'],
  index: number,
  more: Partial<Navigation> = {},
): Partial<Navigation> => ({
  stack,
  layer: 1,
  head: 2,
  view: 'heads',
  token: { side: stack === 'encoder' ? 'source' : 'target', index, locked: true },
  ...more,
});

describe('the tab of heads, with a real engine', function () {
  this.timeout(120_000);
  let engine: EngineHarness;
  let browser: Browser;
  let translator: TraceSnapshot;
  let open: EnginePanel | null = null;
  before(async () => {
    engine = new EngineHarness();
    browser = await startBrowser();
    translator = await finishedTrace(engine, 'translator', 'The small cat sleeps on the mat.');
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
    more: {
      theme?: ThemeName;
      width?: number;
      locale?: string;
      bundle?: Record<string, string>;
    } = {},
  ): Promise<EnginePanel> => {
    open = await openEnginePanel(browser, { engine, snapshot, navigation, ...more });
    return open;
  };

  it('shows what each head adds, with the engine’s own numbers, in any order', async () => {
    const { page, complaints, navigation } = await show(translator, at('cross', 2));
    await page.getByRole('table', { name: 'What each head adds', exact: true }).waitFor();
    const answer = await engine.ask('translator', {
      name: 'headShares',
      question: { stack: 'cross', layer: 1, token: 2 },
    });
    const norms = numbersOf(answer.norms);
    const order = [...norms.keys()].toSorted((a, b) => norms[b]! - norms[a]!);
    await page.getByRole('columnheader', { name: /to “/ }).first().waitFor();
    const rows = await cells(page, 'What each head adds');
    assert.deepEqual(
      rows.map(([name, length]) => [name, length]),
      order.map((head) => [`H${head}`, norms[head]!.toFixed(4)]),
    );
    assert.equal(rows[0]![2], numbersOf(answer.cosines)[order[0]!]!.toFixed(4));
    await page.getByRole('button', { name: 'Cosine' }).click();
    const cosines = (await cells(page, 'What each head adds')).map((row) => Number(row[2]));
    assert.deepEqual(
      cosines,
      cosines.toSorted((a, b) => b - a),
    );
    await page
      .getByRole('button', { name: `H${order[0]}`, exact: true })
      .first()
      .click();
    await drawn(page);
    assert.equal(navigation().head, order[0]);
    assert.deepEqual(complaints, []);
  });

  it('takes the logit of the written token apart, and of another one', async () => {
    const { page } = await show(translator, at('decoder', 2));
    await page.getByRole('heading', { name: 'Along the predicted token' }).waitFor();
    const question = { half: 'decoder', token: 2, predicted: null } as const;
    const { shares } = await engine.ask('translator', { name: 'directShares', question });
    await page.getByText(`differ from the logit ${shares!.logit.toFixed(4)}`).waitFor();
    const totals = await cells(page, 'What each part adds to the logit');
    const sum = totals.reduce((total, row) => total + Number(row[1]!.replace('−', '-')), 0);
    assert.ok(Math.abs(sum - shares!.logit) < 1e-3);
    const other = shares!.candidates.find(({ id }) => id !== shares!.predicted.id)!;
    await page
      .getByRole('group', { name: 'Token whose logit is taken apart' })
      .getByRole('button', { name: other.probability.toFixed(4) })
      .click();
    const second = await engine.ask('translator', {
      name: 'directShares',
      question: { ...question, predicted: other.id },
    });
    await page.getByText(`differ from the logit ${second.shares!.logit.toFixed(4)}`).waitFor();
  });

  it('goes to a head from the map by keyboard, and to what-ifs', async () => {
    const { page, navigation } = await show(translator, at('decoder', 2));
    const map = page.getByRole('application', { name: /Cross: direct shares/ });
    await map.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown'])
      await page.keyboard.press(key);
    await page.getByText(/^C1·H2: [+−]?\d\.\d{4}$/).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'What if C1·H2 is muted?' }).click();
    await drawn(page);
    assert.deepEqual(navigation().whatIf, {
      kind: 'muted',
      heads: [{ stack: 'cross', layer: 1, head: 2 }],
    });
    assert.equal(navigation().view, 'whatIf');
  });

  it('shows the vectors on demand, and their sum in every column', async () => {
    const { page } = await show(translator, at('encoder', 2));
    await page.getByText('The vectors, dimension by dimension').click();
    await page.getByText('The vectors as a table').click();
    const room = page.getByRole('region', { name: 'The vectors as a table' });
    await room.locator('tbody tr').first().waitFor();
    const rows = await room
      .locator('tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
    for (const row of rows) {
      const numbers = row.slice(1).map(Number);
      const sum = numbers.slice(0, -1).reduce((total, number) => total + number, 0);
      // Ten numbers, each rounded to four decimals.
      assert.ok(Math.abs(sum - numbers.at(-1)!) < 1e-3);
    }
    await page.getByText('what the encoder writes reaches the output only through').waitFor();
  });

  it('says why something is not shown', async () => {
    const { page, move } = await show(translator, at('cross', 2, { layer: 'mean', head: 'mean' }));
    await page.getByText('Choose one layer').waitFor();
    await move(at('encoder', 2, { stack: 'cross', direction: 'lookedAt' }));
    await page.getByText('In cross-attention an output token asks').waitFor();
  });

  for (const [name, text, stack, words] of [
    ['masked-words', 'the small cat sleeps', 'encoder', 'a non-linear layer stands between'],
    ['feelings', 'what a good day', 'encoder', 'this model predicts no token here'],
    ['stories-rotary', 'Ada found a small key', 'decoder', 'The norm on the way out'],
    ['stories-alibi', 'Ada found a small key', 'decoder', 'The norm on the way out'],
    ['copy-relative', 'copy: sun dog tree', 'cross', 'The norm on the way out'],
  ] as const)
    it(`works for ${name}`, async () => {
      const snapshot = await finishedTrace(engine, name, text, {
        model: fixture(name),
        language: null,
      });
      const side = stack === 'cross' ? 'target' : 'source';
      const token = { side, index: 2, locked: true } as const;
      const { page, complaints } = await show(snapshot, at(stack, 2, { token }));
      await page.getByRole('table', { name: 'What each head adds', exact: true }).waitFor();
      await page.getByText(words).waitFor();
      assert.deepEqual(complaints, []);
    });

  it('can be read by everyone', async () => {
    const { page } = await show(translator, at('cross', 2));
    await page.getByRole('heading', { name: 'Along the predicted token' }).waitFor();
    await page.getByText('The vectors, dimension by dimension').click();
    await page.getByText('All heads as a table').first().click();
    await drawn(page);
    assert.deepEqual(await violationsInThemes(page, '.heads-panel'), []);
  });

  it('speaks Chinese', async () => {
    const { page } = await show(translator, at('cross', 2), {
      locale: 'zh-cn',
      bundle: chineseWords,
    });
    await page.getByRole('heading', { name: '沿预测词元的方向' }).waitFor();
    const english = await page
      .locator('.heads-panel')
      .evaluate((panel) => (panel as HTMLElement).innerText.match(/[A-Za-z]{4,}/g) ?? []);
    const written = translator.written.flatMap(({ token, candidates }) => [
      token.label,
      ...candidates.map(({ label }) => label),
    ]);
    const known = new Set([
      'logit',
      'Logit',
      'Concat',
      'Enter',
      ...written.flatMap((label) => label.split(/\W+/)),
    ]);
    assert.deepEqual(
      english.filter((word) => !known.has(word)),
      [],
    );
  });
});
