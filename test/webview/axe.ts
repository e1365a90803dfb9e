/** What axe finds wrong with a page. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(path.join('node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** `within`: only these parts, where the rest is known to be right. */
export async function violations(page: Page, within = 'html'): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations: found } = await page.evaluate(
    (parts) =>
      (window as unknown as { axe: { run: (parts: string) => Promise<AxeResults> } }).axe.run(
        parts,
      ),
    within,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`),
  );
}
