// Attention, step by step, as the page shows it of real models: the numbers on screen are the engine's.
import assert from 'node:assert/strict';
import { numbersOf } from '../../src/protocol/wireTensor';
import { IT } from './panelActions';
import { at, four, keyRows, madeRows, question, settled, useStepsPanels } from './stepsPanels';

describe('inspector, steps', function () {
  this.timeout(180_000);
  const { engine, open, steps } = useStepsPanels();

  it('shows why a weight is what it is: the engine’s numbers in every pane', async () => {
    const { page, complaints } = await open('translate-en', at('encoder', 0, 2, IT));
    await settled(page);
    const answer = await steps('translate-en', {
      stack: 'encoder',
      layer: 0,
      head: 2,
      query: IT,
      key: null,
    });
    const [raw, weights] = [numbersOf(answer.raw), numbersOf(answer.weights)];
    const [scaled, sizes] = [numbersOf(answer.scaled), numbersOf(answer.sizes)];
    assert.match((await question(page)) ?? '', new RegExp(`“it”.*${four(weights[answer.key]!)}`));
    const row = await engine().ask('translate-en', {
      name: 'row',
      question: {
        ...{ stack: 'encoder', layer: 0, head: 2, token: IT, direction: 'looksAt' },
        ...{ hideSpecials: false, unit: 'token' },
      },
    });
    for (const [key, weight] of numbersOf(row.weights).entries())
      assert.ok(Math.abs(weight - weights[key]!) < 1e-6, 'the weight that the other views show');
    const rows = await keyRows(page);
    assert.equal(rows.length, weights.length);
    for (const [key, row] of rows.entries()) {
      const numbers = [raw[key], scaled[key], weights[key], sizes[key]].map((one) => four(one!));
      assert.deepEqual(row.slice(1), numbers);
    }
    await page
      .getByText(`${four(raw[answer.key]!)} ÷ √32 = `, { exact: false })
      .first()
      .waitFor();
    assert.ok(answer.parts.kind === 'added');
    const parts = page.locator('.score-parts tbody tr');
    assert.equal(
      await parts.nth(0).textContent(),
      `content · content${four(answer.parts.contentContent)}`,
    );
    assert.equal(await page.locator('.step').count(), 7);
    assert.equal(await page.locator('.step-exact:visible').count(), 5);
    assert.deepEqual(complaints, []);
  });

  it('opens numbers in place, by mouse and keyboard, and gives the focus back', async () => {
    const { page, complaints } = await open('translate-en', at('encoder', 1, 2, IT));
    await settled(page);
    const strip = page.getByRole('slider', { name: 'Query q of “it”' });
    await strip.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
    assert.equal(await strip.getAttribute('aria-valuenow'), '1');
    const asked = { stack: 'encoder', layer: 1, head: 2, query: IT } as const;
    const answer = await steps('translate-en', { ...asked, key: null });
    const value = String(Number(numbersOf(answer.query)[1]!.toPrecision(9)));
    await page.getByText(`dimension 1: ${value}`, { exact: false }).waitFor();
    await page.keyboard.press('Enter');
    const rows = await madeRows(page);
    const made = await engine().ask('translate-en', {
      name: 'madeOf',
      question: { ...asked, key: answer.key, number: 'query', dimension: 1 },
    });
    const [first] = made.terms;
    assert.deepEqual(rows[0], [
      `dimension ${first!.index}`,
      four(first!.left!),
      four(first!.right!),
      four(first!.value),
    ]);
    assert.equal(rows.at(-1)?.[0], 'sum');
    assert.equal(rows.at(-1)?.[3], four(made.sum));
    await page.getByText(`= ${value}`, { exact: false }).waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.made-of').count(), 0);
    const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    assert.equal(label, 'Query q of “it”');
    // This score, and where z comes from.
    await page.getByRole('button', { name: 'Which dimensions make this q · k?' }).click();
    await page.getByText('q · k of “it” and', { exact: false }).waitFor();
    await page.getByRole('slider', { name: 'z of “it”, the sum' }).click();
    await page.locator('.mixture .made-of').waitFor();
    // Rows of what was opened before stay until the new ones are there: keys, no dimensions.
    const row = page.locator('.mixture .made-of tbody tr').first();
    await row.locator('th, td').first().filter({ hasText: /^\S+$/ }).waitFor();
    assert.deepEqual(complaints, []);
  });

  it('takes another key apart: from the list, from its row, and back to the heaviest', async () => {
    const { page, navigation } = await open('translate-en', at('encoder', 1, 2, IT));
    await settled(page);
    await page.locator('.key-room').getByRole('button', { name: 'animal' }).click();
    await page.getByText('from “it” to “animal”', { exact: false }).waitFor();
    assert.equal(navigation().key, 2);
    const current = page.locator('.key-room tr[aria-current="true"]');
    assert.match((await current.textContent()) ?? '', /^animal/);
    const focused = await page.evaluate(() => document.activeElement?.textContent);
    assert.equal(focused, 'animal', 'the row keeps the focus');
    await page.getByLabel('Key taken apart').selectOption({ label: 'the heaviest' });
    await page.getByText('from “it” to “tired”', { exact: false }).waitFor();
    assert.equal(navigation().key, null);
  });

  it('says which keys a mask hides, and shows the product it hides', async () => {
    const { page } = await open('stories-rotary', { ...at('decoder', 1, 1, 2), key: 4 });
    await settled(page);
    assert.match((await question(page)) ?? '', /^Why does .* not look at/);
    const rows = await keyRows(page);
    assert.equal(rows[3]?.[3], 'not visible: later');
    assert.match(rows[3]?.[1] ?? '', /^-?\d+\.\d{4}$/);
    assert.match(rows[2]?.[3] ?? '', /^0\.\d{4}$/);
    await page.getByText('is not visible: its weight is 0', { exact: false }).waitFor();
    await page.getByText('Positions turn q and k', { exact: false }).waitFor();
    await page.getByRole('slider', { name: 'Turned query q′', exact: false }).waitFor();
  });

  it('tells cross-attention, position bias and unscaled products as they are', async () => {
    const { page } = await open('copy-relative', at('cross', 0, 1, 1));
    await settled(page);
    await page.getByText('the encoder’s output m', { exact: false }).first().waitFor();
    await page.getByText('This model does not scale its products.', { exact: false }).waitFor();
    assert.equal(await page.locator('.key-room thead th').count(), 4);
    await page.getByText('Not to be told apart in cross-attention', { exact: false }).waitFor();
    const other = await open('stories-alibi', at('decoder', 1, 1, 3));
    await settled(other.page);
    await other.page.getByText('content: scaled q · k').waitFor();
    const head = await other.page.locator('.key-room thead th').allTextContents();
    assert.ok(head.includes('+ position'));
  });
});
