import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { signedFourDecimals } from '../../webview/drawing/difference';
import { otherModel, TIRED, wideFixture } from './comparedFixtures';
import type { SeededOptions } from './fixture';
import { ANIMAL, drawn, IT, sent } from './panelActions';
import { usePanels } from './panels';
import { referenceFixture } from './referenceFixture';

describe('inspector, comparison', function () {
  this.timeout(60_000);
  const fixture = referenceFixture();
  const wide = wideFixture(fixture);
  const panel = usePanels(fixture);
  const itHere = { side: 'source', index: IT, locked: true } as const;
  const head = { stack: 'encoder', layer: 2, head: 3, view: 'compare', token: itHere } as const;

  const four = (value: number | undefined): string => (value ?? Number.NaN).toFixed(4);
  /** What a line of the rows' table says about a token, without its name. */
  const lineOf = async (page: Page, label: string): Promise<string[]> => {
    const name = page.getByRole('rowheader', { name: label, exact: true });
    const line = page.locator('.row-comparison tbody tr').filter({ has: name });
    return line.first().locator('.cell-number').allTextContents();
  };
  const goTo = async (page: Page, map: string, row: number, column: number): Promise<void> => {
    // A map takes keys once it is laid out.
    await drawn(page);
    await page.locator(`canvas.${map}-map`).focus();
    // The first arrow key enters at the first cell.
    for (let i = 0; i <= row; i++) await page.keyboard.press('ArrowDown');
    for (let i = 0; i < column; i++) await page.keyboard.press('ArrowRight');
  };
  const readout = (page: Page, map: string): Promise<string | null> =>
    page.locator(`#${map}-map-readout`).textContent();

  it('compares two texts in the same head: rows, difference, and tokens without partner', async () => {
    const { page, complaints } = await panel({
      complete: true,
      navigation: head,
      pinned: { fixture: wide, navigation: head },
    });
    await page.getByText('Weights of “it” in both views').waitFor();
    const [before, now] = [
      wide.attention.encoder[2]?.[3]?.[IT],
      fixture.attention.encoder[2]?.[3]?.[IT],
    ];
    const expected = [before?.[ANIMAL], now?.[ANIMAL]].map((weight) => weight ?? 0) as [
      number,
      number,
    ];
    assert.deepEqual(await lineOf(page, 'animal'), [
      ...expected.map(four),
      signedFourDecimals(expected[1] - expected[0]),
    ]);
    assert.deepEqual(await lineOf(page, 'wide'), [four(before?.[TIRED + 1]), '–', '–']);
    assert.deepEqual(await lineOf(page, 'tired'), ['–', four(now?.[TIRED]), '–']);
    assert.equal(await page.locator('.row-comparison tbody tr').count(), 18);
    await page.locator('.view-card', { hasText: 'because it was too very wide.' }).waitFor();
    await page.locator('canvas.difference-map').waitFor();
    // “very” and “wide” have no partner, nor has “tired”.
    await goTo(page, 'difference', TIRED, 0);
    assert.match(
      (await readout(page, 'difference')) ?? '',
      /^very → >>fra<<: pinned 0\.\d{4}, no partner now$/,
    );
    await goTo(page, 'difference', 1, 1);
    assert.deepEqual(complaints, []);
  });

  it('shows the exact numbers of both matrices and their difference under the cursor', async () => {
    const { page } = await panel({
      complete: true,
      navigation: head,
      pinned: { fixture: wide, navigation: head },
    });
    await page.locator('canvas.difference-map').waitFor();
    for (const map of ['difference', 'pinned', 'current']) {
      await goTo(page, map, IT, ANIMAL);
      const pinned = wide.attention.encoder[2]?.[3]?.[IT]?.[ANIMAL] ?? 0;
      const now = fixture.attention.encoder[2]?.[3]?.[IT]?.[ANIMAL] ?? 0;
      assert.equal(
        await readout(page, map),
        `it → animal: pinned ${four(pinned)}, now ${four(now)}, difference ${signedFourDecimals(now - pinned)}`,
      );
    }
    // Behind the words that only one text has, places are no indices any more.
    await goTo(page, 'difference', 17, 16);
    const [before, after] = [
      wide.attention.encoder[2]?.[3]?.[16]?.[15] ?? 0,
      fixture.attention.encoder[2]?.[3]?.[15]?.[14] ?? 0,
    ];
    assert.equal(
      await readout(page, 'difference'),
      `</s> → .: pinned ${four(before)}, now ${four(after)}, difference ${signedFourDecimals(after - before)}`,
    );
    await page.getByText('The largest differences as a table').click();
    const line = page.locator('.largest tbody tr').first();
    await line.waitFor();
    const first = await line.locator('td').allTextContents();
    const all = fixture.attention.encoder[2]?.[3]?.flatMap((row, query) =>
      row.flatMap((weight, key) => {
        if (query === TIRED || key === TIRED) return [];
        const there = (index: number): number => (index > TIRED ? index + 1 : index);
        return [weight - (wide.attention.encoder[2]?.[3]?.[there(query)]?.[there(key)] ?? 0)];
      }),
    );
    const most = all?.reduce((x, y) => (Math.abs(y) > Math.abs(x) ? y : x)) ?? 0;
    assert.equal(first[4], signedFourDecimals(most));
  });

  it('compares two heads on the same text: pinned by the button, followed as the reader moves', async () => {
    const { page } = await panel({ complete: true, navigation: { ...head, view: 'matrix' } });
    assert.equal(await page.getByRole('tab', { name: 'Compare' }).count(), 0);
    await page.getByRole('button', { name: 'Pin this view' }).click();
    await page.getByText(/^E2·H3 of .+ is pinned$/).waitFor();
    await page.getByRole('tab', { name: 'Compare' }).click();
    await page.getByText('This is the pinned view itself.', { exact: false }).waitFor();
    await page.getByRole('combobox', { name: 'Head', exact: true }).selectOption('5');
    await page.locator('canvas.difference-map').waitFor();
    await page.locator('.view-card', { hasText: 'translate-en · E2·H5' }).waitFor();
    const [before, now] = [3, 5].map(
      (number) => fixture.attention.encoder[2]?.[number]?.[IT]?.[ANIMAL] ?? 0,
    ) as [number, number];
    await page.waitForFunction(
      (words) => document.querySelector('.row-comparison')?.textContent?.includes(words),
      signedFourDecimals(now - before),
    );
    assert.deepEqual(await lineOf(page, 'animal'), [
      four(before),
      four(now),
      signedFourDecimals(now - before),
    ]);
    // The reader goes on in the view as it is now; the pinned one stays.
    await goTo(page, 'difference', ANIMAL, 0);
    await page.keyboard.press('Enter');
    await page.getByText('Two different tokens: “it” (pinned) and “animal” (now)').waitFor();
    await page.getByRole('button', { name: 'Go to the pinned view and pin this one' }).click();
    await page.getByRole('button', { name: 'Pin this view' }).click();
    await page.getByText('Nothing is pinned.', { exact: false }).waitFor();
    assert.deepEqual(
      (await sent(page, 'pin')).map(({ what }) => what),
      ['pin', 'swap', 'unpin'],
    );
  });

  it('compares another text in another head, and another model by its pieces', async () => {
    const { page } = await panel({
      complete: true,
      navigation: { ...head, layer: 1, head: 0 },
      pinned: { fixture: otherModel(wide), navigation: head },
    });
    await page.getByText('matched by their pieces, not by their ids', { exact: false }).waitFor();
    await page.locator('.view-card', { hasText: 'other-model · E2·H3' }).waitFor();
    await page.locator('canvas.difference-map').waitFor();
    await goTo(page, 'difference', IT, ANIMAL);
    const pinned = wide.attention.encoder[2]?.[3]?.[IT]?.[ANIMAL] ?? 0;
    const now = fixture.attention.encoder[1]?.[0]?.[IT]?.[ANIMAL] ?? 0;
    assert.equal(
      await readout(page, 'difference'),
      `it → animal: pinned ${four(pinned)}, now ${four(now)}, difference ${signedFourDecimals(now - pinned)}`,
    );
  });

  it('shows different stacks side by side and subtracts nothing', async () => {
    const { page } = await panel({
      complete: true,
      navigation: { ...head, stack: 'cross', token: { side: 'target', index: 14, locked: true } },
      pinned: { fixture, navigation: head },
    });
    await page
      .getByText('Matrices of different stacks cannot be subtracted', { exact: false })
      .waitFor();
    await page.locator('canvas.current-map').waitFor();
    assert.equal(await page.locator('canvas.difference-map').isVisible(), false);
    await goTo(page, 'current', 14, ANIMAL);
    assert.equal(
      await readout(page, 'current'),
      `il → animal: ${four(fixture.attention.cross[2]?.[3]?.[14]?.[ANIMAL])}`,
    );
    // Both rows are about the same text: these can be compared.
    await page.getByText('Two different tokens: “it” (pinned) and “il” (now)').waitFor();
    await page.getByRole('button', { name: 'Looked at by' }).click();
    await page
      .getByText('One view looks from its token, the other at it', { exact: false })
      .waitFor();
    assert.equal(await page.locator('.row-comparison').isVisible(), false);
  });

  it('leaves hidden special tokens out instead of taking them for zero', async () => {
    const { page } = await panel({
      complete: true,
      navigation: { ...head, hideSpecials: true },
      pinned: { fixture: wide, navigation: head },
    });
    await page
      .getByText('Special tokens are hidden in one of the views', { exact: false })
      .waitFor();
    await page.getByText('Weights of “it” in both views').waitFor();
    const before = wide.attention.encoder[2]?.[3]?.[IT];
    assert.deepEqual(await lineOf(page, '>>fra<<'), [four(before?.[0]), '–', '–']);
  });

  it('says that a pinned run still goes on, or failed', async () => {
    const { page } = await panel({
      complete: true,
      navigation: head,
      pinned: { fixture: wide, navigation: head },
    });
    await page.locator('canvas.difference-map').waitFor();
    await page.evaluate(() => {
      const { pinned } = window.fakeHost.reader;
      if (pinned === null) throw new Error('nothing is pinned');
      const { snapshot } = pinned;
      const running = {
        ...snapshot,
        outcome: null,
        written: [],
        layers: snapshot.layers.slice(0, 1),
      };
      window.fakeHost.tell({ pinned: { ...pinned, snapshot: running } });
    });
    await page.locator('.view-card').getByText('Layer 2 of 3').waitFor();
    await page.locator('.compare > .waiting', { hasText: 'Not computed yet' }).waitFor();
    await page.evaluate(() => {
      const { pinned } = window.fakeHost.reader;
      if (pinned === null) throw new Error('nothing is pinned');
      const failure = { code: 'trace.gone' as const, args: {} };
      const snapshot = { ...pinned.snapshot, outcome: 'failed' as const, failure };
      window.fakeHost.tell({ pinned: { ...pinned, snapshot } });
    });
    await page.locator('.view-card').getByText('no longer in memory', { exact: false }).waitFor();
  });

  it('asks for large matrices in messages of at most a megabyte', async () => {
    const words = (from: number): string =>
      Array.from({ length: 598 }, (_, i) => `w${(i + from) % 601}`).join(' ');
    const long = (from: number): SeededOptions => ({
      text: words(from),
      output: 'a b',
      layers: 1,
      heads: 1,
    });
    const view = { ...head, layer: 0, head: 0, token: { ...itHere, index: 590 } };
    const { page } = await panel({
      fixture: long(0),
      complete: true,
      navigation: view,
      pinned: { fixture: long(0), navigation: { ...view, hideSpecials: true } },
    });
    await page.locator('canvas.difference-map').waitFor();
    const asked = (await sent(page, 'query')).flatMap(({ trace, query }) =>
      query.name === 'matrixRows'
        ? [{ trace, from: query.question.from, to: query.question.to }]
        : [],
    );
    assert.deepEqual(
      asked.filter(({ trace }) => trace === 'trace-1'),
      [
        { trace: 'trace-1', from: 0, to: 436 },
        { trace: 'trace-1', from: 436, to: 600 },
      ],
    );
    assert.equal(asked.length, 4);
  });

  it('compares only the rows of texts that are too long for a picture', async () => {
    const text = Array.from({ length: 1100 }, (_, i) => `w${i}`).join(' ');
    const long: SeededOptions = { text, output: 'a b', layers: 1, heads: 1 };
    const view = { ...head, layer: 0, head: 0 };
    const { page } = await panel({ fixture: long, complete: true, navigation: view });
    await page.getByRole('button', { name: 'Pin this view' }).click();
    await page.getByRole('checkbox', { name: 'Specials' }).uncheck();
    await page.getByText('Matrices are compared up to 1024 tokens', { exact: false }).waitFor();
    await page.locator('.row-comparison tbody tr').nth(1101).waitFor();
    assert.equal(await page.locator('canvas.difference-map').isVisible(), false);
    await drawn(page);
    assert.equal(
      (await sent(page, 'query')).some(({ query }) => query.name === 'matrixRows'),
      false,
    );
  });
});
