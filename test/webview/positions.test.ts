import assert from 'node:assert/strict';
import { violationsInThemes } from './axe';
import { bucketOf } from './fakePositions';
import type { Fixture } from './fixture';
import { chips, drawn, sent, unfold } from './panelActions';
import { usePanels } from './panels';
import { ALIBI, LEARNED, place, RELATIVE, rows, SINES } from './positionPage';
import { positionFixture, ROTARY } from './taskFixtures';

describe('inspector, positions by kind', function () {
  this.timeout(120_000);
  const open = usePanels(positionFixture(LEARNED));
  const show = async (fixture: Fixture, navigation: ReturnType<typeof place>) => {
    const panel = await open({ fixture, complete: true, navigation, height: 1400 });
    await panel.page.locator('canvas.position-map').waitFor();
    await drawn(panel.page);
    return panel;
  };

  it('shows a learned table: colours within 99 of 100 values, products, no sine curves', async () => {
    const { page, complaints } = await show(positionFixture(LEARNED), place(3));
    await page
      .getByText('Learned positions: a vector for each position', { exact: false })
      .waitFor();
    assert.equal(await page.getByText('Sinusoids', { exact: true }).isVisible(), false);
    await page.getByText('With itself:', { exact: false }).waitFor();
    // One dimension of 32 is a hundred times larger: neither its 4 nor the others' 0.04 is the end.
    await page.locator('canvas.position-map').focus();
    await page.keyboard.press('End');
    await page.getByText(/position 0 \(“\[CLS\]”\), dimension 31: -?0\.0\d{3}/).waitFor();
    await page.getByText('The chosen position as a table').click();
    const table = await rows(page, 'The chosen position as a table');
    assert.equal(table.length, 32);
    assert.match(table[7]?.[1] ?? '', /^-?[123]\.\d{4}$/);
    await chips(page, 'Tokens of the text').nth(1).locator('.chip-strip').waitFor();
    assert.deepEqual(complaints, []);
  });

  it('shows rotation: cosines, similarity, frequencies, and angles from the chosen query', async () => {
    const fixture = positionFixture(ROTARY, 'decoder');
    const { page, complaints } = await show(fixture, place(4, 'decoder'));
    await page.getByText('Base 10000, frequencies scaled: yarn.').waitFor();
    await page
      .getByText('of the 16 dimensions of a head 0–7 are turned; 8–15 are not', { exact: false })
      .waitFor();
    await page.getByText('Turned queries and keys are also multiplied by 1.25.').waitFor();
    await page
      .getByText('Positions turn queries and keys (rotary)', { exact: false })
      .first()
      .waitFor();
    assert.equal(await page.locator('.chip-strip').first().isVisible(), false);
    const angles = await rows(page, 'Distances and angles');
    // A decoder's query sees itself and what came before.
    assert.equal(angles.length, 5);
    const turn = ((3 * 180) / Math.PI).toFixed(1);
    assert.deepEqual(angles[1]?.slice(0, 3), ['1', 'Lovelace', '3']);
    assert.equal(angles[1]?.[4], `${turn}°`);
    await page.locator('canvas.position-map').focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowRight'])
      await page.keyboard.press(key);
    const cosine = Math.cos(2 * 10_000 ** (-1 / 4)).toFixed(4);
    await page.getByText(`distance 2, pair 1 (dimensions 1, 5): ${cosine}`).waitFor();
    await page.getByText('Frequency and wavelength of each pair').click();
    assert.deepEqual((await rows(page, 'Frequency and wavelength of each pair'))[2], [
      '2',
      '2, 6',
      '0.01000',
      '628',
    ]);
    await page.getByRole('spinbutton', { name: 'Pair to add' }).fill('3');
    await page.getByRole('button', { name: 'Add pair' }).click();
    await page.getByRole('button', { name: 'pair 3' }).waitFor();
    await page
      .getByRole('region', { name: 'Distances and angles' })
      .getByRole('button', { name: 'Ada' })
      .click();
    await page.getByText('From query “Ada” at position 0').waitFor();
    assert.deepEqual(complaints, []);
  });

  it('asks for rotations in pieces of at most a megabyte', async () => {
    const wide = { ...ROTARY, dimensions: 1 << 17, headWidth: 1 << 17 };
    const { page } = await show(positionFixture(wide, 'decoder'), place(0, 'decoder'));
    await page.waitForFunction(
      () => document.querySelector<HTMLCanvasElement>('canvas.position-map')?.height === 12,
    );
    const pieces = (await sent(page, 'query')).flatMap(({ query }) =>
      query.name === 'rotation' ? [query.question] : [],
    );
    assert.deepEqual(
      pieces.map(({ from, to }) => [from, to]),
      [
        [0, 4],
        [4, 8],
        [8, 12],
      ],
    );
  });

  it('shows ALiBi: a line a head, slopes, and the bias of each key; a head can be chosen', async () => {
    const { page, complaints } = await show(positionFixture(ALIBI, 'decoder'), place(3, 'decoder'));
    await page.getByText('head 0: −0.25 · distance').waitFor();
    assert.deepEqual((await rows(page, 'Slope of each head'))[2], [
      'H2',
      '0.015625',
      '−0.015625 · distance',
    ]);
    const keys = await rows(page, 'Bias of each key');
    assert.deepEqual(
      keys.map((row) => row[3]),
      ['-0.7500', '-0.5000', '-0.2500', '0.0000'],
    );
    await page.getByRole('button', { name: 'H2' }).press('Enter');
    await page.getByText('head 2: −0.015625 · distance').waitFor();
    await page.getByText('From query “met” at position 3, head 2').waitFor();
    assert.match(
      (await page.getByRole('img', { name: 'Bias of 4 heads' }).getAttribute('aria-label')) ?? '',
      /head 2: -0\.1719 at -11, 0\.0000 at 0\.$/,
    );
    assert.deepEqual(complaints, []);
  });

  it('shows relative bias: distances that share a bucket, both stacks', async () => {
    const fixture = positionFixture(RELATIVE, 'encoderDecoder');
    const { page, complaints } = await show(fixture, place(2));
    const table = await rows(page, 'Bias by bucket and head');
    const near = table.find((row) => row[1] === '-1');
    assert.equal(near?.[0], String(bucketOf(-1, 8, 8, true)));
    assert.ok(
      table.some((row) => row[1]?.includes('…')),
      'far distances share a bucket',
    );
    const keys = await rows(page, 'Bias of each key');
    assert.equal(keys.length, 12);
    assert.equal(keys[1]?.[4], near?.[2], 'the key before the query has the bias of its bucket');
    await page.locator('canvas.bucket-band').waitFor();
    // A query far down the list is brought into sight, in the table's own room.
    await page.evaluate(() => {
      const token = { side: 'source' as const, index: 11, locked: true };
      window.fakeHost.move({ token });
    });
    await page.waitForFunction(() => {
      const row = document.querySelector('tr[aria-current]');
      const room = row?.closest('.twin-room')?.getBoundingClientRect();
      const place = row?.getBoundingClientRect();
      return room && place && row?.textContent?.startsWith('11') && place.bottom <= room.bottom;
    });
    await page
      .getByRole('group', { name: 'Bias of' })
      .getByRole('button', { name: 'Decoder' })
      .click();
    await page.getByText('Asking the engine…').first().waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Decoder', pressed: true }).first().waitFor();
    assert.deepEqual(complaints, []);
  });

  it('in words, positions stay those of tokens', async () => {
    const fixture = positionFixture(ALIBI, 'decoder');
    // “London” is word 7 and token 9: “un believ able” are one word.
    const navigation = { ...place(8, 'decoder'), unit: 'word' as const };
    const { page } = await show(fixture, navigation);
    await page.getByText('From query “London” at position 10, head 0').waitFor();
    await page
      .getByRole('region', { name: 'Bias of each key' })
      .getByRole('button', { name: 'able' })
      .click();
    await page.getByText('From query “un” at position 5, head 0').waitFor();
  });

  it('says why there is nothing, and follows another trace', async () => {
    const { page } = await show(positionFixture(ALIBI, 'decoder'), place(3, 'decoder'));
    await page.evaluate(
      (next) => {
        const { navigation } = window.fakeHost.reader;
        window.fakeHost.load(next, 'trace-2');
        window.fakeHost.replace(navigation, window.fakeHost.completed());
      },
      positionFixture(ROTARY, 'decoder'),
    );
    await page.getByText('Base 10000, frequencies scaled: yarn.').waitFor();
    assert.equal(await page.getByText('Slope of each head').count(), 0);
  });

  it('axe finds nothing in any theme', async () => {
    const kinds: [Fixture, 'encoder' | 'decoder'][] = [
      [SINES, 'encoder'],
      [positionFixture(LEARNED), 'encoder'],
      [positionFixture(ROTARY, 'decoder'), 'decoder'],
      [positionFixture(ALIBI, 'decoder'), 'decoder'],
      [positionFixture(RELATIVE, 'encoderDecoder'), 'encoder'],
    ];
    for (const [fixture, stack] of kinds) {
      const { page } = await open({
        fixture,
        complete: true,
        navigation: place(3, stack),
      });
      await page.locator('canvas.position-map').waitFor();
      await unfold(page);
      await drawn(page);
      assert.deepEqual(
        await violationsInThemes(page, '.lines, .views'),
        [],
        fixture.plan.model.positionKind.kind,
      );
      await page.close();
    }
  });
});
