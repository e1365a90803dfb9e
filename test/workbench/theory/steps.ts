// What the Steps view says of a weight.
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { eventually } from '../eventually';
import { button, cellsOf } from './views';

/** What a number of four decimals may be off. */
const HALF_A_DIGIT = 0.00005;

export interface Why {
  readonly query: string;
  readonly key: string;
  /** Four decimals. */
  readonly weight: string;
}

/** “Why is the weight from … to … 0.62?”, as it is asked in the view. */
export async function askedWhy(panel: Frame): Promise<Why> {
  const said = await panel.locator('.step-head .step-question').innerText();
  const [, query = '', key = '', weight = ''] =
    /^Why is the weight from “(.+)” to “(.+)” (\d\.\d{4})\?$/.exec(said) ?? [];
  assert.notEqual(weight, '', said);
  return { query, key, weight };
}

/** Until the view asks this, and has all its numbers. */
export async function asksWhy(panel: Frame, why: Why): Promise<void> {
  await eventually(async () => assert.deepEqual(await askedWhy(panel), why));
  await panel.locator('.mixture .strip').first().waitFor();
}

/** @param rounded how many rounded numbers `sum` was made of */
const near = (sum: number, wanted: number, rounded: number, what: string): void =>
  assert.ok(
    Math.abs(sum - wanted) <= (rounded + 1) * HALF_A_DIGIT,
    `${what}: ${sum}, not ${wanted}`,
  );

/** The chosen key's row of numbers: its product, score and weight. */
export async function keyNumbers(
  panel: Frame,
): Promise<{ raw: number; scaled: number; weight: string }> {
  const row = panel.locator('.key-room tr[aria-current="true"] td');
  const [raw = '', scaled = '', weight = ''] = await row.allInnerTexts();
  return { raw: Number(raw), scaled: Number(scaled), weight };
}

/** The products of q and k on screen: each is what it says, and their sum is the score. */
export async function assertProducts(panel: Frame, width: number): Promise<void> {
  const { raw, scaled } = await keyNumbers(panel);
  near(raw / Math.sqrt(width), scaled, 1, 'the score is the product ÷ √d_k');
  const made = panel.locator('.made-of table');
  await made.waitFor();
  const rows = await cellsOf(made);
  assert.equal(rows.at(-1)?.[0], 'sum');
  const terms = rows.slice(0, -1);
  assert.ok(terms.length > 4, `${terms.length} products`);
  const products = terms.map(([name = '', left = '', right = '', value = '']) => {
    // The rest together has no factors of its own.
    if (left !== '')
      near(
        Number(left) * Number(right),
        Number(value),
        2 * (Math.abs(Number(left)) + Math.abs(Number(right))),
        name,
      );
    return Number(value);
  });
  const sum = products.reduce((all, one) => all + one, 0);
  near(sum, raw, products.length, 'the products add up to q · k');
  near(Number(rows.at(-1)?.[3]), raw, 1, 'the sum on screen');
}

/** The weights of all keys on screen are a softmax of their scores. */
export async function assertSoftmax(panel: Frame): Promise<void> {
  const rows = await cellsOf(panel.locator('.key-room table'));
  const scores = rows.map(([, , score]) => Number(score));
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const all = powers.reduce((sum, one) => sum + one, 0);
  for (const [i, [name = '', , , weight]] of rows.entries())
    near((powers[i] ?? 0) / all, Number(weight), 2, `softmax of ${name}`);
}

export const openProducts = (panel: Frame) => button(panel, 'Which dimensions make this q · k?');
