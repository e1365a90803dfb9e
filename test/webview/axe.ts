/** What axe finds wrong with a page. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { drawn } from './panelActions';
import { themeClasses, themeNames } from './themes';

const axeSource = readFileSync(path.join('node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** What a theme can do wrong: names, roles and order are the same in all. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

type Axe = { run: (parts: string, options: RunOptions) => Promise<AxeResults> };

/** `within`: only these parts, where the rest is known to be right. */
export async function violations(
  page: Page,
  within = 'html',
  options: RunOptions = {},
): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations: found } = await page.evaluate(
    ([parts, asked]) => (window as unknown as { axe: Axe }).axe.run(parts, asked),
    [within, { ...options, resultTypes: ['violations'] } satisfies RunOptions] as const,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`),
  );
}

/** The same in every theme, turned on the page as VS Code turns it. */
export async function violationsInThemes(page: Page, within?: string): Promise<string[]> {
  const found: string[] = [];
  for (const [i, theme] of themeNames.entries()) {
    await page.evaluate((name) => {
      document.body.className = name;
      document.body.setAttribute('data-vscode-theme-kind', name);
    }, themeClasses[theme]);
    // The page hears of it, and then draws anew.
    await drawn(page);
    await drawn(page);
    const options: RunOptions = i === 0 ? {} : { runOnly: COLOUR_RULES };
    const here = await violations(page, within, options);
    found.push(...here.map((violation) => `${theme}: ${violation}`));
  }
  return found;
}
