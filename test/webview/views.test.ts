import assert from 'node:assert/strict';
import { referenceFixture } from './referenceFixture';
import { usePanels } from './panels';
import { ANIMAL, chips, IT, sent } from './panelActions';

describe('inspector, views', function () {
  this.timeout(60_000);
  const fixture = referenceFixture();
  const panel = usePanels(fixture);

  it('hides special tokens, renormalises, and states the hidden share', async () => {
    const { page } = await panel({
      complete: true,
      navigation: { layer: 1, head: 0, token: { side: 'source', index: IT, locked: true } },
    });
    await page.getByRole('checkbox', { name: 'Specials' }).uncheck();
    const row = fixture.attention.encoder[1]?.[0]?.[IT] ?? [];
    const hidden = (row[0] ?? 0) + (row[15] ?? 0);
    await page
      .getByText(`renormalised over the shown tokens. Hidden share: ${hidden.toFixed(2)}.`, {
        exact: false,
      })
      .waitFor();
    assert.equal(
      await chips(page, 'Tokens of the text')
        .locator('.chip-label')
        .evaluateAll(
          (labels) => labels.filter((label) => label.getClientRects().length > 0).length,
        ),
      14,
    );
    const shown = ((row[ANIMAL] ?? 0) / (1 - hidden)).toFixed(4);
    await page.locator(`[aria-label="animal, weight ${shown}"]`).waitFor();
    await page.getByRole('tab', { name: 'Row' }).click();
    await page.locator('table.weights tbody tr').nth(13).waitFor();
    assert.equal(await page.locator('table.weights tbody tr').count(), 14);
  });

  it('shows a sortable table with the norms beside the weights, and the candidates of an output token', async () => {
    const { page } = await panel({
      complete: true,
      navigation: {
        stack: 'cross',
        layer: 2,
        head: 3,
        view: 'row',
        token: { side: 'target', index: 14, locked: true },
      },
    });
    const rows = page.locator('table.weights tbody tr');
    await rows.nth(15).waitFor();
    const column = async (n: number): Promise<number[]> =>
      (await rows.locator(`td:nth-child(${n}) .cell-number`).allTextContents()).map(Number);
    const weights = await column(3);
    assert.deepEqual(
      weights,
      [...weights].sort((x, y) => y - x),
    );
    await page.getByRole('button', { name: 'Moved' }).click();
    const norms = await column(4);
    assert.deepEqual(
      norms,
      [...norms].sort((x, y) => y - x),
    );
    assert.equal(
      await page.getByRole('columnheader', { name: 'Moved' }).getAttribute('aria-sort'),
      'descending',
    );
    const candidates = page.locator('table.candidates tbody tr');
    assert.equal(await candidates.count(), 5);
    assert.equal(await candidates.first().locator('th').textContent(), 'il');
    // A piece that goes on a word looks and sounds different.
    const table = page.locator('table.candidates');
    await table.getByRole('rowheader', { name: 'ce (goes on the word)' }).waitFor();
    assert.deepEqual(await table.locator('.joint').allTextContents(), ['·']);
    await page.getByText('The model read “il” here while it wrote “était”.').waitFor();
    await page.getByText('“il” looks at — while the model writes “était”').waitFor();
    await page.getByText('Candidates for “il”, written at position 14').waitFor();
    await page.getByText('√ scale of this row').waitFor();
    await chips(page, 'Output tokens').nth(19).click();
    await page.getByText('“</s>” looks at', { exact: true }).waitFor();
    await page.getByText('Candidates for “</s>”, written at position 19').waitFor();
  });

  it('shows positions: curves, products by distance, and the exact value on the map', async () => {
    const { page, complaints } = await panel({
      complete: true,
      navigation: {
        layer: 2,
        view: 'positions',
        token: { side: 'source', index: IT, locked: true },
      },
    });
    await page.getByText('Layout: halves, as in Marian', { exact: false }).waitFor();
    await page.getByText('from position 10 “it”').waitFor();
    assert.match(
      (await page.getByRole('img', { name: 'Dot product' }).getAttribute('aria-label')) ?? '',
      /128\.00 with itself/,
    );
    await page.getByRole('slider', { name: 'Position to measure from' }).press('ArrowLeft');
    await page.getByText('from position 9 “because”').waitFor();
    await page.getByRole('spinbutton', { name: 'Dimension to add' }).fill('200');
    await page.getByRole('button', { name: 'Add dimension' }).click();
    await page.getByRole('button', { name: 'dim 200 cos' }).waitFor();
    await page.locator('canvas.position-map').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.getByText(`position 1 (“The”), dimension 0: ${Math.sin(1).toFixed(4)}`).waitFor();
    assert.deepEqual(complaints, []);
  });

  it('sends what is to be taken away', async () => {
    const { page } = await panel({
      complete: true,
      navigation: { layer: 2, head: 3, token: { side: 'source', index: IT, locked: true } },
    });
    await page.locator(`[aria-label^="animal, weight"]`).waitFor();
    for (const name of [
      'Copy row as CSV',
      'Copy as Python',
      'Save matrix (.npy)',
      'SVG',
      'PNG',
      'Show in editor',
    ])
      await page.getByRole('button', { name, exact: true }).click();
    await page.waitForFunction(() =>
      window.fakeHost.received.some(
        (message) => message.type === 'copy' && message.copy.what === 'png',
      ),
    );
    const copies = (await sent(page, 'copy')).map(({ copy }) => copy);
    const of = <W extends (typeof copies)[number]['what']>(what: W) =>
      copies.find(
        (copy): copy is Extract<(typeof copies)[number], { what: W }> => copy.what === what,
      );
    assert.deepEqual(of('rowCsv')?.address, {
      stack: 'encoder',
      layer: 2,
      head: 3,
      hideSpecials: false,
      unit: 'token',
      direction: 'looksAt',
      token: IT,
    });
    assert.deepEqual(of('python'), {
      what: 'python',
      stack: 'encoder',
      layer: 2,
      head: 3,
      query: IT,
      key: ANIMAL,
    });
    assert.deepEqual(of('matrixNpy'), {
      what: 'matrixNpy',
      stack: 'encoder',
      layer: 2,
      head: 3,
      hideSpecials: false,
      unit: 'token',
    });
    const svg = of('svg')?.text ?? '';
    assert.match(svg, /<title id="title">Attention E2·H3<\/title>/);
    assert.match(svg, /because it was too tired/);
    const signature = await page.evaluate(() => {
      const png = window.fakeHost.received.find(
        (message) => message.type === 'copy' && message.copy.what === 'png',
      );
      return png?.type === 'copy' && png.copy.what === 'png'
        ? [...new Uint8Array(png.copy.data, 0, 4)]
        : [];
    });
    assert.deepEqual(signature, [0x89, 0x50, 0x4e, 0x47]);
    assert.deepEqual((await sent(page, 'reveal'))[0]?.span, fixture.plan.source[IT]?.span);
  });

  it('copies Python for the cell under the pointer', async () => {
    const { page } = await panel({
      complete: true,
      navigation: { layer: 2, head: 3, token: { side: 'source', index: IT, locked: true } },
    });
    const matrix = page.locator('canvas.matrix');
    await matrix.focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'Copy as Python' }).dispatchEvent('click');
    assert.deepEqual((await sent(page, 'copy'))[0]?.copy, {
      what: 'python',
      stack: 'encoder',
      layer: 2,
      head: 3,
      query: 0,
      key: 3,
    });
  });
});
