/** What tests of the view of positions share: models of each kind, a place to begin, tables to read. */
import type { Page } from 'playwright-core';
import type { Positions } from '../../src/protocol/trace';
import { positionFixture } from './taskFixtures';

export const LEARNED: Positions = { kind: 'learned' };
export const ALIBI: Positions = { kind: 'alibi' };
export const RELATIVE: Positions = { kind: 'relativeBias', buckets: 8, maxDistance: 8 };
export const SINES = positionFixture({ kind: 'sinusoidal', layout: 'halves' });

export const place = (index: number, stack: 'encoder' | 'decoder' = 'encoder') => ({
  stack,
  layer: 1,
  view: 'positions' as const,
  token: { side: 'source' as const, index, locked: true },
});

/** The cells of each row of an open table. */
export async function rows(page: Page, summary: string): Promise<string[][]> {
  const all = page.getByRole('region', { name: summary }).locator('tbody tr');
  await all.first().waitFor();
  return all.evaluateAll((found) =>
    found.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
  );
}
