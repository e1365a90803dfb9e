import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { Stack } from '../../src/protocol/address';
import { openPanel, startBrowser } from './harness';
import { chips, drawn } from './panelActions';

/** What the page's own code did: calls into the DOM, nodes changed, canvases there are. */
interface Work {
  readonly calls: number;
  readonly mutations: number;
  readonly canvases: number;
}

const WRITTEN_BEFORE = 100;
const MEASURED = 10;
/** Growth is asked about on a clock of its own, so that two runs are never alike to the call. */
const PLAY = 3;

const words = (count: number): string =>
  Array.from({ length: count }, (_, i) => `w${i % 97}`).join(' ');

/** Counts from here on; called again it tells. */
const count = (page: Page): Promise<Work> =>
  page.evaluate(() => {
    const here = window as unknown as { work?: { calls: number; mutations: number } };
    if (here.work === undefined) {
      const work = { calls: 0, mutations: 0 };
      here.work = work;
      const counted = <T extends object>(prototype: T, ...names: (keyof T)[]): void => {
        for (const name of names) {
          const original = prototype[name] as (...given: unknown[]) => unknown;
          Object.assign(prototype, {
            [name](this: T, ...given: unknown[]) {
              work.calls++;
              return original.apply(this, given);
            },
          });
        }
      };
      counted(Element.prototype, 'getAttribute', 'setAttribute', 'removeAttribute');
      counted(Element.prototype, 'append', 'replaceChildren', 'getBoundingClientRect');
      counted(DOMTokenList.prototype, 'toggle', 'add', 'remove');
      counted(CSSStyleDeclaration.prototype, 'setProperty', 'removeProperty');
      counted(CanvasRenderingContext2D.prototype, 'putImageData', 'drawImage');
      new MutationObserver((records) => {
        for (const { addedNodes, removedNodes } of records)
          work.mutations += Math.max(1, addedNodes.length + removedNodes.length);
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    }
    return { ...here.work, canvases: document.querySelectorAll('canvas').length };
  });

describe('inspector, a large trace', function () {
  this.timeout(60_000);
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  /** Work a token, with that many tokens on the page already. */
  async function workOfToken(stack: Stack, source: number, before: number): Promise<Work> {
    const output = words(before + MEASURED);
    const { page, complaints } = await openPanel(browser, {
      fixture: { text: words(source), output, layers: 2, heads: 2 },
      width: 1000,
      navigation: {
        stack,
        layer: 1,
        head: 0,
        token: { side: stack === 'encoder' ? 'source' : 'target', index: 2, locked: true },
      },
    });
    const step = async (): Promise<void> => {
      await page.evaluate(() => window.fakeHost.step());
      await drawn(page);
    };
    // Loading, the plan, two layers; then tokens.
    for (let i = 0; i < 4; i++) await step();
    await page.evaluate((steps) => {
      for (let i = 0; i < steps; i++) window.fakeHost.step();
    }, before);
    await chips(page, 'Output tokens').nth(before).waitFor();
    await page.locator('[role=option][aria-label*="weight"]').first().waitFor();
    // Positions are drawn as they come: those of the tokens so far must not be counted.
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLElement>('.chip-strip')].every(
        ({ style }) => style.backgroundImage !== '',
      ),
    );
    const from = await count(page);
    for (let i = 0; i < MEASURED; i++) await step();
    assert.equal(await chips(page, 'Output tokens').count(), 1 + before + MEASURED);
    const to = await count(page);
    assert.deepEqual(complaints, []);
    await page.close();
    return {
      calls: (to.calls - from.calls) / MEASURED,
      mutations: (to.mutations - from.mutations) / MEASURED,
      canvases: to.canvases,
    };
  }

  for (const stack of ['encoder', 'cross'] as const)
    it(`a token more costs no more than beside a short text (${stack})`, async () => {
      const short = await workOfToken(stack, 20, 10);
      const long = await workOfToken(stack, 510, WRITTEN_BEFORE);
      console.log(
        `    ${stack}: ${short.calls} → ${long.calls} calls and ${short.mutations} → ${long.mutations} changes a token; ${long.canvases} canvases`,
      );
      assert.ok(long.calls < PLAY * short.calls);
      assert.ok(long.mutations < PLAY * short.mutations);
      // Each canvas is a surface that the browser composes anew in every frame.
      assert.equal(long.canvases, short.canvases);
    });
});
