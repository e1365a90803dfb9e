import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { eventually } from '../eventually';
import type { Session } from '../session';
import { agree } from '../stand';
import { HEAD } from '../story/comparison';
import { TIRED } from '../story/sentences';
import { cellsOf, openTab } from './views';

const TABLE = 'The dot products as a table';
/** Of the chart's width, axis labels and all: 127 distances stand side by side. */
const SHARE_OF_POSITION = 1 / 145;

/** The same sum of float32 numbers at two places, each rounded to four decimals. */
const ROUNDED = 2e-4;

/** Where the dot products are measured from, by the words at the foot of the view. */
async function origin(panel: Frame): Promise<number> {
  const words = await panel.locator('.place-bar .origin-words').first().innerText();
  return Number(/^from position (\d+) /.exec(words)?.[1]);
}

/** Products with the origin, and the distances they stand at. */
async function products(panel: Frame): Promise<{ distances: number[]; products: string[] }> {
  const rows = await cellsOf(panel.getByRole('region', { name: TABLE }).locator('table'));
  return {
    distances: rows.map(([, , distance]) => Number(distance)),
    products: rows.map(([, , , product = '']) => product),
  };
}

/** Positions are measured from an origin that the reader moves. */
export function positions(session: Session): void {
  describe('the positions', () => {
    let begin: Awaited<ReturnType<typeof products>>;
    const at = async (position: number): Promise<void> => {
      const panel = await session.panel();
      await eventually(async () => {
        assert.equal(await origin(panel), position);
        assert.equal((await products(panel)).distances[position], 0);
      });
    };

    it('are measured from the chosen token, with the numbers in a table', async () => {
      const panel = await session.panel();
      await openTab(panel, 'Positions');
      await panel.getByText(TABLE).click();
      await at(10);
      begin = await products(panel);
      // d_model ÷ 2: sin² + cos² of every pair.
      assert.equal(begin.products[10], '128.0000');
    });

    it('follow the origin that the mouse drags; the curve itself does not move', async () => {
      const { page } = session;
      const panel = await session.panel();
      const curve = panel.getByRole('img', { name: /^Dot product of the encoding at position/ });
      await curve.scrollIntoViewIfNeeded();
      const box = await curve.boundingBox();
      assert.ok(box !== null);
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 4 * SHARE_OF_POSITION * box.width, y, { steps: 4 });
      await page.mouse.up();
      // To the right: what was taken hold of stands further from an earlier origin.
      await at(6);
      const moved = await products(panel);
      assert.notDeepEqual(moved.products, begin.products);
      const known = new Map(begin.distances.map((k, i) => [k, begin.products[i]]));
      const both = moved.distances.flatMap((k, i) =>
        known.has(k) ? [[moved.products[i], known.get(k)].map(Number)] : [],
      );
      assert.ok(both.length > 4);
      for (const [now = 0, before = 0] of both) assert.ok(Math.abs(now - before) < ROUNDED);
    });

    it('follow the keys, and leave the chosen token where it is', async () => {
      const { page } = session;
      const panel = await session.panel();
      await panel.getByRole('slider', { name: 'Position to measure from' }).focus();
      await page.keyboard.press('ArrowRight');
      await at(7);
      await page.keyboard.press('Home');
      await at(0);
      await agree(session, TIRED, { ...HEAD, head: 'E1·H5' });
    });
  });
}
