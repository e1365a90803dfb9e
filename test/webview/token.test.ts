import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { fourDecimals, nineDigits } from '../../src/navigation/names';
import type { FromTokenView } from '../../src/protocol/tokenViewMessages';
import { seededFixture } from './fixture';
import { referenceFixture } from './referenceFixture';
import { drawn, explain, show, tableOf, useTokenPages } from './tokenPages';

const rows = (page: Page): Locator => page.locator('.weights tbody tr');
const names = (page: Page): Promise<string[]> =>
  page.locator('.weights .token-name').allTextContents();
const sortBy = (page: Page, name: string): Promise<void> =>
  page.getByRole('columnheader', { name }).getByRole('button').click();
const chosen = async (page: Page): Promise<FromTokenView[]> =>
  (await page.evaluate(() => window.tokenHost.received)).filter(({ type }) => type === 'choose');

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index];
  assert.ok(found !== undefined);
  return found;
};

describe('Token view', function () {
  this.timeout(60_000);
  const fixture = referenceFixture();
  const open = useTokenPages();
  const ANIMAL = 2;
  const IT = 10;

  it('says whose row it is and shows every number, exactly in its title', async () => {
    const { page, complaints } = await open();
    const table = tableOf(fixture);
    await show(page, table);
    assert.equal(await page.getByRole('heading').textContent(), 'it · E2·H5 · looks at');
    assert.equal(await rows(page).count(), 16);
    const cells = rows(page).nth(ANIMAL).locator('td, th');
    const [weight, norm] = [at(table.weights, ANIMAL), at(table.norms, ANIMAL)];
    assert.deepEqual(await cells.allTextContents(), [
      '2',
      'animal',
      fourDecimals(weight),
      fourDecimals(norm),
    ]);
    assert.equal(await cells.nth(2).getAttribute('title'), nineDigits(weight));
    assert.equal(await cells.nth(3).getAttribute('title'), nineDigits(norm));
    assert.equal(Math.fround(Number(await cells.nth(2).getAttribute('title'))), weight);
    assert.equal(await rows(page).nth(IT).getAttribute('aria-current'), 'true');
    assert.equal(await page.locator('[aria-current]').count(), 1);
    assert.deepEqual(complaints, []);
  });

  it('marks the numbers of a preview until the exact ones come', async () => {
    const { page } = await open();
    const table = tableOf(fixture);
    const number = rows(page).nth(ANIMAL).locator('.cell-number').first();
    const sign = (): Promise<string> =>
      number.evaluate((cell) => getComputedStyle(cell, '::before').content);
    const title = (): Promise<string | null> =>
      rows(page).nth(ANIMAL).locator('td').nth(1).getAttribute('title');
    const words = page.getByText('≈ approximate (8-bit preview)');
    const weight = nineDigits(at(table.weights, ANIMAL));
    await show(page, { ...table, approximate: true });
    await words.waitFor();
    assert.match(await sign(), /≈/);
    assert.equal(await title(), `≈ ${weight}`);
    await show(page, table);
    await words.waitFor({ state: 'hidden' });
    assert.doesNotMatch(await sign(), /≈/);
    assert.equal(await title(), weight, 'the number is the same, its sign is gone');
  });

  it('sorts by every column, both ways, and stays sorted for the next query', async () => {
    const { page } = await open();
    const table = tableOf(fixture);
    await show(page, table);
    const text = await names(page);
    const expected = (values: readonly number[]): string[] =>
      text
        .map((name, i) => ({ name, value: at(values, i) }))
        .sort((x, y) => y.value - x.value)
        .map(({ name }) => name);
    await sortBy(page, 'Weight');
    assert.deepEqual(await names(page), expected(table.weights));
    const header = page.getByRole('columnheader', { name: 'Weight' });
    assert.equal(await header.getAttribute('aria-sort'), 'descending');
    const next = tableOf(fixture, { token: 3 });
    await show(page, next);
    assert.deepEqual(await names(page), expected(next.weights));
    await sortBy(page, 'Weight');
    assert.equal(await header.getAttribute('aria-sort'), 'ascending');
    assert.equal((await names(page)).at(-1), expected(next.weights)[0]);
    await sortBy(page, '‖α·v·W_O‖');
    assert.deepEqual(await names(page), expected(next.norms));
    await sortBy(page, 'Token');
    const collator = new Intl.Collator('en');
    assert.deepEqual(await names(page), text.toSorted(collator.compare));
    await sortBy(page, 'Position');
    assert.deepEqual(await names(page), text);
  });

  it('has one tab stop; arrows move, Enter and click choose the token', async () => {
    const { page } = await open();
    await show(page, tableOf(fixture));
    const here = (): Promise<number> =>
      page.evaluate(() =>
        [...document.querySelectorAll('.weights tbody tr')].indexOf(
          document.activeElement as Element,
        ),
      );
    assert.equal(await page.locator('.weights tbody [tabindex="0"]').count(), 1);
    await page.getByRole('columnheader', { name: '‖α·v·W_O‖' }).getByRole('button').focus();
    await page.keyboard.press('Tab');
    assert.equal(await here(), 0);
    for (const [key, place] of [
      ['ArrowUp', 0],
      ['ArrowDown', 1],
      ['End', 15],
      ['ArrowDown', 15],
      ['PageUp', 5],
      ['Home', 0],
      ['PageDown', 10],
    ] as const) {
      await page.keyboard.press(key);
      assert.equal(await here(), place, key);
    }
    assert.equal(await page.locator('.weights tbody [tabindex="0"]').count(), 1);
    await page.keyboard.press('Enter');
    assert.deepEqual(await chosen(page), [], 'the chosen token itself');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await rows(page).nth(ANIMAL).click();
    assert.deepEqual(await chosen(page), [
      { type: 'choose', trace: 'trace-1', side: 'source', index: 11 },
      { type: 'choose', trace: 'trace-1', side: 'source', index: ANIMAL },
    ]);
  });

  it('chooses the token that stands in the line now, however it is sorted', async () => {
    const { page } = await open();
    await show(page, tableOf(fixture, { stack: 'cross', token: 14 }));
    await sortBy(page, 'Weight');
    const [first] = await rows(page).first().locator('td').allTextContents();
    await rows(page).first().click();
    assert.deepEqual(await chosen(page), [
      { type: 'choose', trace: 'trace-1', side: 'source', index: Number(first) },
    ]);
  });

  it('lists the candidates of an output token, and hides special tokens with their share', async () => {
    const { page } = await open();
    const table = tableOf(fixture, { stack: 'cross', token: 14, hideSpecials: true });
    await show(page, table);
    assert.equal(
      await page.getByRole('heading', { level: 1 }).textContent(),
      'il · C2·H5 · looks at',
    );
    const shown = table.weights.filter((weight) => !Number.isNaN(weight));
    assert.equal(shown.length, 14);
    assert.equal(await rows(page).count(), 14);
    await page.getByText(`Hidden share: ${table.hidden.toFixed(2)}.`, { exact: false }).waitFor();
    const listed = page.getByRole('region', { name: 'Candidates' }).locator('tbody tr');
    const candidates = table.candidates ?? [];
    assert.equal(candidates.length, 5);
    assert.deepEqual(
      await listed.locator('.cell-number').allTextContents(),
      candidates.map(({ probability }) => fourDecimals(probability)),
    );
    await listed.getByRole('rowheader', { name: 'ce (goes on the word)' }).waitFor();
    assert.equal(await listed.locator('.joint').count(), 1);
    await show(page, tableOf(fixture, { direction: 'lookedAt' }));
    assert.equal(
      await page.getByRole('heading', { level: 1 }).textContent(),
      'it · E2·H5 · is looked at by',
    );
    assert.equal(await page.getByRole('region', { name: 'Candidates' }).count(), 0);
  });

  it('says why there is nothing, and comes back', async () => {
    const { page } = await open();
    await explain(page, null);
    await page.getByRole('heading', { name: 'Nothing inspected yet' }).waitFor();
    await explain(page, { code: 'trace.neverRead', args: { token: '</s>' } });
    await page.getByText('“</s>” was written last', { exact: false }).waitFor();
    assert.equal(await page.getByRole('grid').count(), 0);
    await show(page, tableOf(fixture));
    assert.equal(await rows(page).count(), 16);
    assert.equal(await page.getByText('was written last', { exact: false }).count(), 0);
  });

  it('reads the heading out once the reader rests, not at every step of the way', async () => {
    const { page } = await open();
    // Timers stand still, so that the test is as slow as it likes.
    await page.evaluate(() => {
      const timers = new Map<number, () => void>();
      let last = 0;
      const set = (act: () => void): number => {
        timers.set(++last, act);
        return last;
      };
      Object.assign(window, {
        timers,
        setTimeout: set,
        clearTimeout: (id: number) => timers.delete(id),
      });
    });
    const due = (): Promise<number> =>
      page.evaluate(() => {
        const { timers } = window as unknown as { timers: Map<number, () => void> };
        const acts = [...timers.values()];
        timers.clear();
        for (const act of acts) act();
        return acts.length;
      });
    const status = page.locator('div[role=status]');
    for (const token of [3, 4, 5, 6]) await show(page, tableOf(fixture, { token }));
    assert.equal(await status.textContent(), '');
    assert.equal(await due(), 1);
    assert.equal(await status.textContent(), 'cross · E2·H5 · looks at');
    await show(page, tableOf(fixture, { token: 6, hideSpecials: true }));
    assert.equal(await due(), 0, 'the same query');
  });

  it('leaves hostile labels inert and isolates the direction of each', async () => {
    const label = '<img src=x onerror=alert(1)>\u202egnp.exe';
    const hostile = [label, 'שלום', '   ', 'w'.repeat(300)];
    const made = seededFixture({ text: 'a b c d', output: 'x' });
    const source = made.plan.source.map((token, i) =>
      token.special
        ? token
        : { ...token, label: hostile[i - 1] ?? '', piece: hostile[i - 1] ?? '' },
    );
    const { page, complaints } = await open();
    await show(
      page,
      tableOf({ ...made, plan: { ...made.plan, source } }, { layer: 0, head: 0, token: 1 }),
    );
    assert.equal(await page.locator('#app img, #app script').count(), 0);
    assert.deepEqual((await names(page)).slice(1, 4), [
      '<img src=x onerror=alert(1)>⟨U+202E⟩gnp.exe',
      'שלום',
      '␣␣␣',
    ]);
    const direction = await page
      .locator('.weights .token-name')
      .nth(2)
      .evaluate((cell) => getComputedStyle(cell).direction);
    assert.equal(direction, 'rtl');
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 300);
    assert.deepEqual(complaints, []);
  });

  it('ignores messages that are no messages', async () => {
    const { page } = await open();
    await show(page, tableOf(fixture));
    await page.evaluate(() => {
      window.postMessage({ type: 'table', table: { trace: 1 }, failure: null }, '*');
      window.postMessage('nonsense', '*');
    });
    await drawn(page);
    assert.equal(await rows(page).count(), 16);
  });

  it('comes back sorted and scrolled as it was', async () => {
    const first = await open({ height: 200 });
    await show(first.page, tableOf(fixture));
    await sortBy(first.page, 'Weight');
    await first.page.mouse.move(100, 150);
    await first.page.mouse.wheel(0, 90);
    await first.page.waitForFunction(() => {
      const kept = window.tokenHost.state as { scroll: number } | null;
      return kept !== null && kept.scroll > 0;
    });
    const state = await first.page.evaluate(() => window.tokenHost.state);
    const second = await open({ height: 200, state });
    await show(second.page, tableOf(fixture));
    assert.equal(await second.page.evaluate(() => window.scrollY), 90);
    assert.deepEqual(await names(second.page), await names(first.page));
  });
});
