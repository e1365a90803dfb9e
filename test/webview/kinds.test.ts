import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Navigation } from '../../src/protocol/navigation';
import type { Fixture } from './fixture';
import { finishRun } from './harness';
import { decoderFixture, maskedFixture, pairFixture } from './kindFixtures';
import { chips, drawn, sent, step } from './panelActions';
import { usePanels } from './panels';
import { referenceFixture } from './referenceFixture';

const TEXT = 'Tokens of the text';
/** “ sat” and “ unbel” in the decoder's text. */
const SAT = 6;
const UNBEL = 7;

const stacks = (page: Page): Promise<string[]> =>
  page.locator('.stack:visible .stack-name').allTextContents();
const names = (page: Page): Promise<(string | null)[]> =>
  chips(page, TEXT).evaluateAll((all) => all.map((chip) => chip.getAttribute('aria-label')));

const locked = (index: number, rest: Partial<Navigation> = {}): Partial<Navigation> => ({
  layer: 1,
  head: 2,
  token: { side: 'source', index, locked: true },
  ...rest,
});

describe('inspector, models that are but an encoder', function () {
  this.timeout(60_000);
  const fixture = maskedFixture();
  const panel = usePanels(fixture);

  it('shows the one stack there is, no language and no output', async () => {
    const { page, complaints } = await panel();
    await step(page);
    await step(page);
    await page.getByText('Layer 1 of 3').waitFor();
    await finishRun(page);
    assert.deepEqual(await stacks(page), ['Encoder']);
    assert.equal(await page.getByLabel('Attention of').isVisible(), false);
    assert.equal(await page.getByLabel('Translate into').isVisible(), false);
    assert.equal(await page.getByRole('listbox', { name: 'Output tokens' }).isVisible(), false);
    assert.equal(await page.locator('[aria-live=polite]').last().textContent(), 'Complete.');
    const details = page.locator('.details');
    assert.match((await details.textContent()) ?? '', /^3 layers · 4 heads .* 2 unused tensors$/);
    assert.match((await details.getAttribute('title')) ?? '', /bert\.pooler\.dense\.weight/);
    assert.deepEqual(complaints, []);
  });

  it('is looked at from both sides: no token is out of sight', async () => {
    const { page } = await panel({ complete: true, navigation: locked(1) });
    await page.locator('.line.coloured').waitFor();
    assert.equal(await page.locator('.chip.unseen').count(), 0);
    assert.equal(await page.locator('.chip.weighed').count(), fixture.plan.source.length);
  });
});

describe('inspector, models that are but a decoder', function () {
  this.timeout(60_000);
  const fixture = decoderFixture();
  const panel = usePanels(fixture);
  const windowed = usePanels(decoderFixture(3));
  const open = (rest: Partial<Navigation> = {}): ReturnType<typeof panel> =>
    panel({ complete: true, navigation: locked(SAT, { stack: 'decoder', ...rest }) });

  it('reads the text layer by layer, from a place kept of another kind of model too', async () => {
    const { page } = await panel({ navigation: { stack: 'cross', layer: 2, head: 1 } });
    await step(page);
    await step(page);
    await page.getByText('Layer 1 of 3').waitFor();
    await step(page);
    await page.getByText('Layer 2 of 3').waitFor();
    await finishRun(page);
    assert.deepEqual(await stacks(page), ['Decoder']);
    assert.equal(await page.getByRole('listbox', { name: 'Output tokens' }).isVisible(), false);
    await page.locator('.short-name', { hasText: 'D2·H1' }).first().waitFor();
  });

  it('looks back alone: what comes later is not visible, not 0', async () => {
    const { page, complaints } = await open();
    await page.getByText('“sat” looks back at').waitFor();
    const weight = (key: number): string =>
      (fixture.attention.decoder[1]?.[2]?.[SAT]?.[key] ?? Number.NaN).toFixed(4);
    await page.locator(`[aria-label="The, weight ${weight(0)}"]`).waitFor();
    const shown = await names(page);
    assert.equal(shown[SAT], `sat, weight ${weight(SAT)}`);
    assert.equal(shown[UNBEL], 'unbel, comes later: not visible');
    const unseen = page.locator('.chip.unseen');
    assert.equal(await unseen.count(), fixture.plan.source.length - 1 - SAT);
    assert.equal(await unseen.first().locator('.chip-number').getAttribute('data-weight'), '');
    await page.getByRole('tab', { name: 'Row' }).click();
    const rows = page.locator('table.weights tbody tr');
    await rows.nth(SAT).waitFor();
    assert.equal(await rows.count(), SAT + 1);
    await page.getByText('5 after it are left out: it cannot see them.').waitFor();
    await page.getByRole('button', { name: 'Looked at by' }).click();
    await page.getByText('“sat” is looked back at by').waitFor();
    await page.getByText('6 before it are left out: they cannot see it.').waitFor();
    assert.equal((await names(page))[0], 'The, comes earlier: cannot look at it');
    assert.deepEqual(complaints, []);
  });

  it('says in the matrix what is behind the mask', async () => {
    const { page } = await open();
    const matrix = page.locator('#panel-matrix canvas[tabindex="0"], #panel-matrix [tabindex="0"]');
    await matrix.first().focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await page.getByText('cannot see', { exact: false }).first().waitFor();
  });

  it('does not take what is outside a sliding window for a weight of 0', async () => {
    const { page } = await windowed({
      complete: true,
      navigation: locked(SAT, { stack: 'decoder' }),
    });
    await page.getByText('“sat” looks back at').waitFor();
    await page.locator('[aria-label="🐱 2/4, before the sliding window: not visible"]').waitFor();
    assert.match((await names(page))[4] ?? '', /^🐱 3\/4, weight /);
    assert.equal((await names(page))[UNBEL], 'unbel, comes later: not visible');
    await page.locator('#panel-matrix [tabindex="0"]').first().focus();
    // The first key enters the matrix at its first cell.
    for (let i = 0; i <= SAT; i++) await page.keyboard.press('ArrowDown');
    await page
      .getByText('sat cannot see The, which is before its sliding window')
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Looked at by' }).click();
    await page
      .locator('[aria-label="still, its sliding window begins later: cannot look at it"]')
      .waitFor();
    await page.getByRole('tab', { name: 'Row' }).click();
    await page.getByText('6 before it, 3 whose sliding window begins after it.').waitFor();
  });

  it('tells the tokens of one character apart, in chips, axes and table', async () => {
    const { page } = await open({ view: 'row' });
    await page.locator('.chip.weighed').first().waitFor();
    const marked = (await names(page)).slice(2, 6).map((name) => name?.split(',')[0]);
    assert.deepEqual(marked, ['🐱 1/4', '🐱 2/4', '🐱 3/4', '🐱 4/4']);
    assert.deepEqual(await page.locator('.chip-mark').allTextContents(), [
      '1/4',
      '2/4',
      '3/4',
      '4/4',
    ]);
    await page.locator('table.weights .token-name', { hasText: '🐱 3/4' }).waitFor();
    assert.ok(!(await page.locator('#app').innerText()).includes('\ufffd'));
  });

  it('sets words apart whose first token has the space before it', async () => {
    const { page } = await open();
    const joined = await chips(page, TEXT).evaluateAll((all) =>
      all.map((chip) => chip.classList.contains('joined')),
    );
    assert.deepEqual(joined.slice(SAT), [false, false, true, true, false, true]);
  });
});

describe('inspector, words', function () {
  this.timeout(60_000);
  const fixture = referenceFixture();
  const panel = usePanels(fixture);
  const DIDNT = 3;
  /** Mean over the word's tokens of the sum over the key's. */
  const wordWeight = (made: Fixture, queries: number[], keys: number[]): string => {
    const head = made.attention.encoder[1]?.[2] ?? [];
    const rows = queries.map((query) =>
      keys.reduce((sum, key) => sum + (head[query]?.[key] ?? Number.NaN), 0),
    );
    return (rows.reduce((sum, row) => sum + row, 0) / rows.length).toFixed(4);
  };

  it('switches every list from tokens to words and back, with the chosen one', async () => {
    // “'” of “didn't” among the tokens.
    const { page, complaints } = await panel({ complete: true, navigation: locked(4) });
    await page.getByText("“'” looks at").waitFor();
    await page.getByRole('checkbox', { name: 'Words' }).focus();
    await page.keyboard.press('Space');
    await page.getByText("“didn't” looks at").waitFor();
    const weight = wordWeight(fixture, [3, 4, 5], [3, 4, 5]);
    await page.locator(`[aria-label="didn't, weight ${weight}"]`).waitFor();
    assert.equal(await chips(page, TEXT).count(), 14);
    await page.getByText('14 words of 16 tokens').waitFor();
    const [move] = (await sent(page, 'navigate')).slice(-1);
    assert.deepEqual(move?.change, {
      unit: 'word',
      token: { side: 'source', index: DIDNT, locked: true },
    });
    const asked = (await sent(page, 'query')).flatMap(({ query }) =>
      query.name === 'row' || query.name === 'matrix' ? [query.question.unit] : [],
    );
    assert.deepEqual([...new Set(asked)].sort(), ['token', 'word']);
    await page.locator('.badge', { hasText: 'words' }).waitFor();
    const hint = await page.locator('.badge', { hasText: 'words' }).getAttribute('title');
    assert.match(hint ?? '', /mean of its tokens’ rows.*sum of their columns.*sum to 1/);
    await page.getByRole('checkbox', { name: 'Words' }).click();
    await page.getByText('“didn” looks at').waitFor();
    assert.equal(await chips(page, TEXT).count(), 16);
    assert.deepEqual(complaints, []);
  });

  it('has rows that sum to 1, in the table and in what is copied', async () => {
    const { page } = await panel({
      complete: true,
      navigation: locked(DIDNT, { unit: 'word', view: 'row' }),
    });
    const rows = page.locator('table.weights tbody tr');
    await rows.nth(13).waitFor();
    const weights = await rows.locator('td:nth-child(3) .cell-number').allTextContents();
    const sum = weights.reduce((total, weight) => total + Number(weight), 0);
    assert.ok(Math.abs(sum - 1) < 14 * 0.00005, `${sum}`);
    await page.getByRole('columnheader', { name: 'Word' }).waitFor();
    await page.getByRole('button', { name: 'Copy row as CSV' }).click();
    await page.getByRole('button', { name: 'Save matrix' }).click();
    const copies = (await sent(page, 'copy')).map(({ copy }) => copy);
    assert.ok(copies[0]?.what === 'rowCsv' && copies[0].address.unit === 'word');
    assert.ok(copies[1]?.what === 'matrixNpy' && copies[1].unit === 'word');
    const python = page.getByRole('button', { name: 'Copy as Python' });
    assert.ok(await python.isDisabled());
    assert.match((await python.getAttribute('title')) ?? '', /switch from words to tokens/);
  });

  it('moves by words with the keyboard, and says what a word is made of', async () => {
    const { page } = await panel({ complete: true, navigation: locked(DIDNT, { unit: 'word' }) });
    const word = chips(page, TEXT).nth(DIDNT);
    await word.focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('“cross” looks at').waitFor();
    assert.match((await word.getAttribute('title')) ?? '', /^▁didn \+ ' \+ t, at positions 3 to 5/);
  });

  it('grows the last word while its tokens are written', async () => {
    const { page } = await panel({ navigation: { unit: 'word' } });
    const output = page.getByRole('listbox', { name: 'Output tokens' }).getByRole('option');
    // Loading, plan and three layers; then “L”, “'”, “animal”.
    for (let i = 0; i < 5; i++) await step(page);
    const seen: string[] = [];
    for (let i = 0; i < 4; i++) {
      await step(page);
      await drawn(page);
      seen.push((await output.allTextContents()).join(' '));
    }
    assert.deepEqual(seen, ['<pad> L', "<pad> L'", "<pad> L'animal", "<pad> L'animal n"]);
  });
});

describe('inspector, two texts', function () {
  this.timeout(60_000);
  const fixture = pairFixture();
  const panel = usePanels(fixture);

  it('shows where the first and the second begin', async () => {
    const { page, complaints } = await panel({ complete: true, navigation: locked(7) });
    const parts = page.locator('.part');
    assert.deepEqual(await parts.allTextContents(), ['First text', 'Second text']);
    const heights = await parts.evaluateAll((all) =>
      all.map((part) => part.getBoundingClientRect().top),
    );
    assert.ok((heights[1] ?? 0) > (heights[0] ?? 0) + 10, 'on lines of their own');
    const said = (await names(page)).map((name) => name?.split(',')[0]);
    assert.deepEqual(said.slice(0, 3), ['[CLS]', 'First text: who', 'cross']);
    assert.equal(said[6], 'Second text: the');
    await page.getByRole('button', { name: 'Show in editor' }).click();
    const [reveal] = await sent(page, 'reveal');
    assert.deepEqual([reveal?.span, reveal?.part], [[4, 10], 1]);
    assert.deepEqual(complaints, []);
  });
});
