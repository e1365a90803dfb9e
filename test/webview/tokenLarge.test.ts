import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { fourDecimals } from '../../src/navigation/names';
import { seededFixture } from './fixture';
import { drawn, show, tableOf, useTokenPages } from './tokenPages';

describe('Token view, long rows', function () {
  this.timeout(60_000);
  const words = Array.from({ length: 510 }, (_, i) => `w${i % 97}`).join(' ');
  const fixture = seededFixture({ text: words, output: 'x', layers: 1, heads: 1 });
  const table = (token: number) => tableOf(fixture, { layer: 0, head: 0, token });
  const open = useTokenPages();

  /** Watches which elements of the table come, go and change. */
  const watch = (page: Page): Promise<void> =>
    page.evaluate(() => {
      const seen = { elements: 0, rows: new Set<Element>() };
      Object.assign(window, { seen });
      const body = document.querySelector('.weights tbody');
      if (body === null) throw new Error('no table');
      new MutationObserver((records) => {
        for (const { target, addedNodes, removedNodes } of records) {
          const element = target instanceof Element ? target : target.parentElement;
          const row = element?.closest('tr');
          if (row !== null && row !== undefined) seen.rows.add(row);
          for (const node of [...addedNodes, ...removedNodes])
            if (node instanceof Element) seen.elements += 1;
        }
      }).observe(body, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
    });
  const seen = (page: Page): Promise<{ elements: number; rows: number }> =>
    page.evaluate(() => {
      const { elements, rows } = (
        window as unknown as { seen: { elements: number; rows: Set<Element> } }
      ).seen;
      return { elements, rows: rows.size };
    });
  /** From here on the page has never time to spare. */
  const neverIdle = (page: Page): Promise<void> =>
    page.evaluate(() => {
      window.requestIdleCallback = () => 1;
    });
  const lastWeight = (page: Page): Promise<string | null> =>
    page.locator('.weights tbody tr').last().locator('.cell-number').first().textContent();

  it('fills every line when there is time', async () => {
    const { page } = await open();
    await show(page, table(20));
    const weight = fourDecimals(table(20).weights.at(-1) ?? 0);
    await page.waitForFunction(
      (text) =>
        document.querySelector('.weights tbody tr:last-child .cell-number')?.textContent === text,
      weight,
    );
    assert.equal(await page.locator('.weights tbody tr').count(), 512);
  });

  it('a move writes the lines in sight alone, and no element comes or goes', async () => {
    const { page } = await open();
    await neverIdle(page);
    await show(page, table(20));
    await page.getByRole('button', { name: 'Weight' }).click();
    await drawn(page);
    await watch(page);
    await show(page, table(21));
    const { elements, rows } = await seen(page);
    assert.equal(elements, 0);
    assert.ok(rows > 10 && rows < 50, `${rows} lines were written`);
  });

  it('lines are right when they come into sight', async () => {
    const { page } = await open();
    await neverIdle(page);
    await show(page, table(20));
    await show(page, table(21));
    assert.equal(await lastWeight(page), '');
    await page.locator('.weights tbody tr').first().focus();
    await page.keyboard.press('End');
    await drawn(page);
    assert.equal(await lastWeight(page), fourDecimals(table(21).weights.at(-1) ?? 0));
  });

  it('keeps scroll position and focus while the query moves', async () => {
    const { page } = await open();
    await show(page, table(20));
    await page.getByRole('button', { name: 'Weight' }).click();
    await page.locator('.weights tbody tr').nth(60).focus();
    const where = (): Promise<readonly [number, number]> =>
      page.evaluate(
        () =>
          [
            window.scrollY,
            [...document.querySelectorAll('.weights tbody tr')].indexOf(
              document.activeElement as Element,
            ),
          ] as const,
      );
    const before = await where();
    assert.ok(before[0] > 0);
    assert.equal(before[1], 60);
    for (const token of [21, 22, 23]) {
      await show(page, table(token));
      assert.deepEqual(await where(), before);
    }
  });

  it('a shorter row keeps the focus inside the table', async () => {
    const { page } = await open();
    await show(page, table(20));
    await page.locator('.weights tbody tr').nth(300).focus();
    const short = seededFixture({ text: 'One two three', output: 'x', layers: 1, heads: 1 });
    await show(page, tableOf(short, { layer: 0, head: 0, token: 1 }));
    assert.equal(
      await page.evaluate(() => document.activeElement?.querySelector('.position')?.textContent),
      '4',
    );
  });
});
