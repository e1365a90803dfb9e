import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { complaints } from '../complaints';
import { eventually } from '../eventually';
import { chips, TARGET } from '../panelDom';
import type { Session } from '../session';
import { expectedOf, type Kind } from './kinds';

type Guess = readonly [name: string, probability: number];

/** Rows of the first table of guesses on screen. */
const guesses = (panel: Frame): Promise<Guess[]> =>
  panel.evaluate(() => {
    const tables = [...document.querySelectorAll('#panel-prediction table')];
    const table = tables.find((one) => one.checkVisibility());
    return [...(table?.querySelectorAll('tbody tr') ?? [])].map((row) => {
      const [name, probability] = row.children;
      return [name?.textContent?.trim() ?? '', Number.parseFloat(probability?.textContent ?? '')];
    });
  });

async function assertGuesses(
  panel: Frame,
  expected: readonly Guess[],
  tolerance: number,
): Promise<void> {
  const shown = await guesses(panel);
  assert.deepEqual(
    shown.map(([name]) => name),
    expected.map(([name]) => name),
  );
  for (const [i, [name, probability]] of expected.entries()) {
    const difference = Math.abs((shown[i]?.[1] ?? Number.NaN) - probability);
    assert.ok(difference <= tolerance, `${name}: ${shown[i]?.[1]}, not ${probability}`);
  }
}

async function openPrediction(session: Session): Promise<Frame> {
  const panel = await session.panel();
  await panel.getByRole('tab', { name: 'Prediction' }).click();
  return panel;
}

/** A word that the reference writes with the mark of the space before it. */
const plain = (piece: string): string => piece.replace(/^Ġ/, '');

export function fillsMask(session: Session, kind: Kind): void {
  it('tells what could stand for [MASK], the likeliest first', async () => {
    const { masks, tolerance } = expectedOf(kind);
    const expected = (masks?.[0]?.candidates ?? []).map(({ piece, probability }): Guess => [
      piece,
      probability,
    ]);
    assert.ok(expected.length > 3 && expected[0]?.[0] === 'tea');
    const panel = await openPrediction(session);
    await eventually(() => assertGuesses(panel, expected, tolerance));
    await eventually(async () => assert.deepEqual(await complaints(panel), []));
  });
}

export function labelsText(session: Session, kind: Kind): void {
  it('tells the label of the text, with the probability of each', async () => {
    const { probabilities = [], tolerance } = expectedOf(kind);
    const names = ['negative', 'neutral', 'positive'];
    const expected = names
      .map((name, i): Guess => [name, probabilities[i] ?? Number.NaN])
      .toSorted(([, a], [, b]) => b - a);
    const panel = await openPrediction(session);
    await eventually(() => assertGuesses(panel, expected, tolerance));
    const said = await panel.locator('#panel-prediction h3').first().innerText();
    assert.match(said, new RegExp(`^Likeliest: ${expected[0]?.[0]}, 0\\.\\d{4}$`));
    await eventually(async () => assert.deepEqual(await complaints(panel), []));
  });
}

export function continues(session: Session, kind: Kind): void {
  it('tells what could come next, the likeliest first', async () => {
    const { next = [], tolerance } = expectedOf(kind);
    const panel = await openPrediction(session);
    await panel.getByRole('button', { name: 'What comes after the text?' }).click();
    const expected = next.map(({ piece, probability }): Guess => [plain(piece), probability]);
    assert.ok(expected.length > 3);
    await eventually(() => assertGuesses(panel, expected, tolerance));
    await eventually(async () => assert.deepEqual(await complaints(panel), []));
  });
}

export function writes(session: Session, kind: Kind): void {
  it('shows the text that it writes', async () => {
    const panel = await session.panel();
    await eventually(async () => {
      const output = chips(panel, TARGET).and(panel.locator(':not(.special)'));
      const labels = await output.locator('.chip-label').allTextContents();
      const { output: expected = '' } = expectedOf(kind);
      assert.equal(labels.join('').replaceAll(' ', ''), expected.replaceAll(' ', ''));
    });
    assert.equal(await panel.getByRole('tab', { name: 'Prediction' }).isVisible(), false);
  });
}
