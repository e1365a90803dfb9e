// Cells of the large matrix under the mouse.
import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { eventually } from '../eventually';

/** Less than a cell of the short sentences here. */
const STEP_PX = 6;

/** Until the mouse is on a cell whose words begin or end so, on its way from a point downwards or to the right. */
async function sweep(
  page: Page,
  panel: Frame,
  from: { x: number; y: number },
  way: { readonly x: number; readonly y: number },
  found: RegExp,
): Promise<{ x: number; y: number }> {
  const tip = panel.locator('.matrix-panel .tip');
  const passed = new Set<string>();
  for (let { x, y } = from; x < from.x + way.x + 1 && y < from.y + way.y + 1;) {
    await page.mouse.move(x, y);
    const said = (await tip.isVisible()) ? await tip.innerText() : '';
    if (found.test(said)) return { x, y };
    passed.add(said);
    x += way.x > 0 ? STEP_PX : 0;
    y += way.y > 0 ? STEP_PX : 0;
  }
  throw new Error(`no ${String(found)} in ${[...passed].join('; ')}`);
}

/** Moves the mouse onto a cell of the matrix; returns the weight that is told there, four decimals. */
export async function pointAtCell(
  page: Page,
  panel: Frame,
  query: string,
  key: string,
): Promise<{ readonly at: { x: number; y: number }; readonly weight: string }> {
  const canvas = panel.locator('canvas.map.matrix');
  await canvas.waitFor();
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  assert.ok(box !== null);
  const { x, y, width, height } = box;
  const middle = { x: x + width / 2, y: y + STEP_PX };
  const row = await sweep(page, panel, middle, { x: 0, y: height }, RegExp(`^${query} → `));
  const left = { x: x + STEP_PX, y: row.y };
  const at = await sweep(page, panel, left, { x: width, y: 0 }, RegExp(`^${query} → ${key}:`));
  const weight = await eventually(async () => {
    const said = (await panel.locator('#matrix-readout').textContent()) ?? '';
    const [, number = ''] = /: (\d\.\d{4})$/.exec(said) ?? [];
    assert.notEqual(number, '', said);
    return number;
  });
  return { at, weight };
}
