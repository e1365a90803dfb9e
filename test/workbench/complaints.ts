// What axe finds wrong with a webview in a real VS Code.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';

const axe = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules that a page breaks, or a part of it, in words. */
export async function complaints(frame: Frame, part = '#app'): Promise<string[]> {
  await frame.evaluate(axe);
  return frame.evaluate(async (within) => {
    const { violations } = await (
      window as unknown as {
        axe: {
          run(what: unknown): Promise<{
            violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
          }>;
        };
      }
    ).axe.run(within);
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`).join('; ')}`,
    );
  }, part);
}
