import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { stepOf } from '../../src/palette/weightCoding';
import { colourAt, cssColour, weightScale } from '../../src/palette/weightScale';
import { chips, IT, sent } from './panelActions';
import { usePanels } from './panels';
import { referenceFixture } from './referenceFixture';

describe('inspector, where the colours end', function () {
  this.timeout(60_000);
  const fixture = referenceFixture();
  const panel = usePanels(fixture);
  const scale = weightScale('dark', 'looksAt');
  /** A head whose weights stay far below 1. */
  const navigation = {
    layer: 0,
    head: 'mean',
    token: { side: 'source', index: IT, locked: true },
  } as const;
  const row = (fixture.attention.encoder[0]?.[0]?.[IT] ?? []).map((_, key) => {
    const heads = fixture.attention.encoder[0] ?? [];
    return heads.reduce((sum, head) => sum + (head[IT]?.[key] ?? 0), 0) / heads.length;
  });

  const colourOf = (page: Page, index: number): Promise<string> =>
    chips(page, 'Tokens of the text')
      .nth(index)
      .locator('.chip-label')
      .evaluate((label) => getComputedStyle(label).backgroundColor);
  /** How much of the scale's strong end a canvas shows: red leads there, labels and lines are grey. */
  const strength = (page: Page, selector: string): Promise<number> =>
    page
      .locator(selector)
      .first()
      .evaluate((canvas: HTMLCanvasElement) => {
        const context = canvas.getContext('2d');
        const data = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        let sum = 0;
        for (let i = 0; i < data.length; i += 4) sum += Math.max(0, data[i]! - data[i + 2]!);
        return sum;
      });
  const strengths = async (page: Page): Promise<number[]> => [
    await strength(page, 'canvas.matrix'),
    await strength(page, '.row-picture'),
  ];

  it('ends at the largest weight in sight, or at 1, as the setting has it', async () => {
    const { page } = await panel({ complete: true, navigation });
    const list = chips(page, 'Tokens of the text');
    await list.nth(IT).and(page.locator('[aria-label*="weight"]')).waitFor();
    await page.waitForFunction(() => document.querySelector('.thumbnail:not(.painted)') === null);
    const largest = Math.max(...row.map(Math.fround));
    const at = row.map(Math.fround).indexOf(largest);
    assert.ok(largest < 0.6);
    assert.equal(await colourOf(page, at), cssColour(colourAt(scale, 255)));
    await page
      .getByText(`${largest.toFixed(2)}√ scale of this row`)
      .first()
      .waitFor();
    const relative = await strengths(page);
    await page.evaluate(() => window.fakeHost.tell({ colourScale: 'absolute' }));
    const expected = cssColour(colourAt(scale, stepOf(largest, 1)));
    await page.waitForFunction(
      ([index, colour]) => {
        const label = document.querySelectorAll('.chip .chip-label')[index];
        return label !== undefined && getComputedStyle(label).backgroundColor === colour;
      },
      [at, expected] as const,
    );
    await page
      .locator('.statement .legend', { hasText: '1.00√ scale, the same everywhere' })
      .waitFor();
    await page
      .getByText('colours run from 0 to weight 1 in all of them', { exact: false })
      .waitFor();
    // No head's weights reach 1 everywhere: matrix and thumbnails are fainter now.
    for (const [i, strong] of (await strengths(page)).entries())
      assert.ok(strong < (relative[i] ?? 0), `${i}: ${relative[i]} → ${strong}`);
    await page.getByRole('tab', { name: 'Row' }).click();
    const width = await page
      .locator('table.weights tbody tr')
      .first()
      .locator('.cell-bar')
      .first()
      .evaluate((bar) => parseFloat(bar.style.width));
    assert.ok(Math.abs(width - 100 * largest) < 0.01, `the bar is ${width} % wide`);
  });

  it('paints a matrix with the colours that its weights have in the chips', async () => {
    const { page } = await panel({
      complete: true,
      navigation,
      reader: { colourScale: 'absolute' },
    });
    await chips(page, 'Tokens of the text')
      .nth(IT)
      .and(page.locator('[aria-label*="weight"]'))
      .waitFor();
    await page.getByRole('button', { name: 'SVG', exact: true }).click();
    const [copy] = (await sent(page, 'copy')).map((message) => message.copy);
    assert.ok(copy?.what === 'svg');
    const fills = [
      ...copy.text.matchAll(/<rect x="[^"]+" y="[^"]+"[^>]*fill="rgb\(([^)]+)\)"/g),
    ].map(([, rgb]) => (rgb ?? '').split(',').map(Number));
    assert.equal(fills.length, 256);
    for (const [key, weight] of row.entries()) {
      const wanted = colourAt(scale, stepOf(Math.fround(weight), 1));
      const painted = fills[IT * 16 + key] ?? [];
      // Coded bytes are rounded once more: at most one step of the scale.
      wanted.forEach((channel, i) =>
        assert.ok(
          Math.abs(channel - (painted[i] ?? 999)) <= 4,
          `${key}: ${painted.join()} for ${wanted.join()}`,
        ),
      );
    }
    assert.match(copy.text, /1\.00 √ scale, the same everywhere/);
  });
});
