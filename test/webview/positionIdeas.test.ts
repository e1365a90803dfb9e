import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Fixture } from './fixture';
import { drawn, sent } from './panelActions';
import { usePanels } from './panels';
import { ALIBI, LEARNED, place, rows, SINES } from './positionPage';
import { positionFixture, ROTARY, taskFixture } from './taskFixtures';

const pixels = (canvas: Locator): Promise<string> =>
  canvas.evaluate((one) => (one instanceof HTMLCanvasElement ? one.toDataURL() : ''));

describe('inspector, what follows from positions', function () {
  this.timeout(120_000);
  const open = usePanels(SINES);
  const show = async (fixture: Fixture, navigation: ReturnType<typeof place>) => {
    const panel = await open({ fixture, complete: true, navigation, height: 1400 });
    await panel.page.locator('canvas.position-map').waitFor();
    await drawn(panel.page);
    return panel;
  };

  it('fills the formula in, in both orders; the number field and the map choose its dimension', async () => {
    const { page, complaints } = await show(SINES, place(5));
    const card = page.locator('.card').filter({ hasText: 'As in the paper' });
    await card.getByText('this model').nth(1).waitFor();
    assert.equal(await card.locator('.order').nth(0).getByText('this model').isVisible(), false);
    assert.equal(await card.locator('.order').nth(1).getByText('this model').isVisible(), true);
    const angle = 5 / 10_000 ** (8 / 32);
    const said = (wave: 'sin' | 'cos', dimension: number, position = 5) =>
      `PE of position ${position}, dimension ${dimension} = ${wave} of`;
    await card.getByRole('math', { name: `${said('sin', 4)} ${angle.toFixed(4)}` }).waitFor();
    await card.getByText(`In the model’s table: ${Math.sin(angle).toFixed(4)} (off by`).waitFor();
    await card.getByRole('spinbutton', { name: 'Dimension' }).fill('20');
    await page.keyboard.press('Enter');
    await card.getByRole('math', { name: said('cos', 20) }).waitFor();
    await page.locator('canvas.position-map').focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'Enter'])
      await page.keyboard.press(key);
    await card.getByRole('math', { name: said('sin', 1, 1) }).waitFor();
    await card.getByText('Both orders as a table').click();
    assert.deepEqual((await rows(page, 'Both orders as a table'))[3]?.slice(3), ['6, 7', '3, 19']);
    assert.deepEqual(complaints, []);
  });

  it('moves the hands of the clocks by slider and keys, and chooses one by click', async () => {
    const { page } = await show(SINES, place(5));
    const readout = page.locator('#clock-readout');
    const hand = async (pair: number, position: number): Promise<void> => {
      const turned = position * 10_000 ** (-pair / 16);
      await page
        .getByText(`pair ${pair} (dimensions ${pair}, ${pair + 16}): ${turned.toFixed(4)} rad`)
        .waitFor();
      assert.match(
        (await readout.textContent()) ?? '',
        new RegExp(`sin ${Math.sin(turned).toFixed(4)}`),
      );
    };
    await hand(4, 5);
    const clocks = page.locator('canvas.clocks');
    const before = await pixels(clocks);
    await page.getByRole('slider', { name: 'Position to measure from' }).press('ArrowRight');
    await hand(4, 6);
    assert.notEqual(await pixels(clocks), before, 'the hands moved');
    await clocks.press('ArrowRight');
    await clocks.press('PageUp');
    await hand(5, 5);
    await clocks.click({ position: { x: 20, y: 20 } });
    await hand(0, 5);
    await page.getByText('The clocks as a table').click();
    assert.equal((await rows(page, 'The clocks as a table')).length, 16);
  });

  it('drags the origin on the curve and says where it rises again', async () => {
    const { page } = await show(SINES, place(5));
    await page.getByText('the curve does not move', { exact: false }).waitFor();
    await page
      .getByText(/^Near 0 the mean falls, to [\d.]+ at distance \d+; then it rises/)
      .waitFor();
    const curve = page.getByRole('img', { name: 'Dot product of the encoding at position 5' });
    await curve.scrollIntoViewIfNeeded();
    const box = (await curve.boundingBox())!;
    const middle = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 2, middle);
    await page.mouse.down();
    // 127 distances lie side by side: three of them are some ten pixels.
    await page.mouse.move(box.x + box.width / 2 + (3 * box.width) / 145, middle, { steps: 4 });
    await page.mouse.up();
    await page.getByText('from position 2 “').waitFor();
    await page.mouse.move(box.x, middle);
    await page.getByText('from position 2 “').waitFor();
    await page.getByText('The dot products as a table').click();
    assert.equal((await rows(page, 'The dot products as a table'))[0]?.[2], '-2');
  });

  it('shows a step as rotations, for each kind what became of them', async () => {
    const { page } = await show(SINES, place(5));
    await page.getByRole('slider', { name: 'Step to another position' }).press('ArrowRight');
    await page.getByText('In the table at position 7:').first().waitFor();
    await page
      .getByText('off from the table’s own by at most 6.0e-8 (position 41, pair 0)', {
        exact: false,
      })
      .waitFor();
    await page.getByText('The rotations as a table').click();
    const [first] = await rows(page, 'The rotations as a table');
    assert.deepEqual(first?.slice(2, 5), [
      '2.0000',
      Math.cos(2).toFixed(4),
      Math.sin(2).toFixed(4),
    ]);
    const learned = await show(positionFixture(LEARNED), place(3));
    await learned.page.getByText('even the best ones leave 93 % of', { exact: false }).waitFor();
    const rotary = await show(positionFixture(ROTARY, 'decoder'), place(4, 'decoder'));
    await rotary.page.getByText('Turned at once to position 5:').first().waitFor();
    await rotary.page.getByText('Turning by p θ and then by 1 θ', { exact: false }).waitFor();
  });

  it('sets the plain product beside what a head makes of it, with and without biases', async () => {
    const { page } = await show(SINES, place(5));
    const words = page.locator('.curve-words');
    const wanted = (k: number): string => (Math.cos(k / 3 + 0.5) + 0.1).toFixed(4);
    await page.getByLabel('Head of the first layer').selectOption('H1');
    await page
      .getByText(`in head 1, biases left out: 1 back ${wanted(-1)}, 1 ahead ${wanted(1)}`)
      .waitFor();
    const [, back, ahead] =
      /back ([\d.]+), 1 ahead ([\d.]+)/.exec((await words.first().textContent()) ?? '') ?? [];
    assert.ok(back !== undefined && back === ahead, 'the plain product is the same on both sides');
    await page.getByLabel('with biases').check();
    await page.getByText('(PE(p) W_Q + b_Q) · (PE(p + k) W_K + b_K) ÷ √d_k in head 1:').waitFor();
    await page.getByText('Before and after as a table').click();
    const [one] = await rows(page, 'Before and after as a table');
    assert.equal(one?.[1], one?.[2]);
    assert.notEqual(one?.[3], one?.[4]);
  });

  it('compares one word in two places, once the reader wants the model to run', async () => {
    const fixture = taskFixture({ positionKind: LEARNED }, null, {}, 'the cat saw the dog');
    const again = fixture.plan.source.map((token, i) => (i === 4 ? { ...token, id: 1000 } : token));
    const { page } = await show({ ...fixture, plan: { ...fixture.plan, source: again } }, place(3));
    await page.getByText('“the” stands at 1 and at 4').waitFor();
    assert.deepEqual(
      (await sent(page, 'query')).filter(({ query }) => query.name === 'tokenPair'),
      [],
    );
    await page.getByRole('button', { name: 'Run the model again and compare' }).press('Enter');
    await page
      .getByText('The same token is the same vector: cosine 1.0000.', { exact: false })
      .waitFor();
    const table = page.getByRole('table', { name: 'How alike the two vectors are' });
    assert.deepEqual(await table.locator('tbody th').allTextContents(), [
      'before positions',
      'with positions added',
      'after layer 0',
      'after layer 1',
    ]);
    await page.getByLabel('Second token').selectOption({ index: 2 });
    await page.getByText('Two different tokens: cosine 0.2500', { exact: false }).waitFor();
  });

  it('puts every kind on one axis, with the paper’s curve and honest units', async () => {
    const cases: [Fixture, 'encoder' | 'decoder', string, string][] = [
      [positionFixture(LEARNED), 'encoder', 'head 0 by distance from -63 to 63', 'score'],
      [
        positionFixture(ROTARY, 'decoder'),
        'decoder',
        'mean cosine by distance from -63 to 0',
        'cosine',
      ],
      [
        positionFixture(ALIBI, 'decoder'),
        'decoder',
        'head 0 by distance from -11 to 0',
        'added to the score',
      ],
    ];
    for (const [fixture, stack, name, unit] of cases) {
      const { page } = await show(fixture, place(3, stack));
      await page.getByRole('img', { name }).waitFor();
      await page.getByText('What distance does, as a table').click();
      const region = page.getByRole('region', { name: 'What distance does, as a table' });
      await region.getByRole('columnheader', { name: unit }).waitFor();
      const all = await rows(page, 'What distance does, as a table');
      assert.equal(all.find(([k]) => k === '0')?.at(-1), '1.0000', 'the paper’s curve begins at 1');
      await page.close();
    }
  });

  it('leads to each idea by keyboard', async () => {
    const { page } = await open({
      fixture: SINES,
      complete: true,
      navigation: place(5),
      height: 700,
    });
    const ideas = page.getByRole('navigation', { name: 'Ideas about positions' });
    await ideas.getByRole('button', { name: 'Rotation' }).press('Enter');
    const heading = page.getByRole('heading', { name: 'A step is a rotation' });
    assert.equal(await heading.evaluate((one) => one === document.activeElement), true);
    const top = (await heading.boundingBox())!.y;
    assert.ok(top > 0 && top < 400, `in sight: ${top}`);
    const learned = await show(positionFixture(LEARNED), place(3));
    assert.equal(await learned.page.getByRole('button', { name: 'Clocks' }).count(), 0);
  });
});
