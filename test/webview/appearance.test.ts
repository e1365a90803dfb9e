import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { Stack } from '../../src/protocol/address';
import { violationsInThemes } from './axe';
import { chineseWords } from './chineseWords';
import type { Fixture } from './fixture';
import { wideFixture } from './comparedFixtures';
import { referenceFixture } from './referenceFixture';
import { openPanel, startBrowser, type PanelOptions } from './harness';
import { drawn } from './panelActions';
import { themeNames } from './themes';

const views = ['matrix', 'row', 'positions', 'compare'] as const;

/** Every text a person sees or hears: text nodes, labels, titles, placeholders. */
const wordsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent?.closest('script') === null && node.textContent !== null)
        found.push(node.textContent);
    }
    for (const element of document.querySelectorAll('#app *'))
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext']) {
        const value = element.getAttribute(name);
        if (value !== null) found.push(value);
      }
    return found;
  });

describe('inspector, appearance', function () {
  this.timeout(120_000);
  let browser: Browser;
  let fixture: Fixture;
  before(async () => {
    fixture = referenceFixture();
    browser = await startBrowser();
  });
  after(() => browser?.close());

  /** Something to compare with; other stacks have more to say than the same. */
  const pinnedTo = (stack: Stack): NonNullable<PanelOptions['pinned']> => ({
    fixture: wideFixture(fixture),
    navigation: { stack, layer: 2, head: 5, token: { side: 'source', index: 10, locked: true } },
  });
  const settled = async (page: Page): Promise<void> => {
    await page.waitForFunction(
      () =>
        document.querySelectorAll('.thumbnail:not(.painted)').length === 0 &&
        document.querySelector('[role=option][aria-label*="0."]') !== null &&
        // Most views are loaded when they are opened.
        document.querySelector('.tab-panel:not([hidden]) > div:empty') === null &&
        document.querySelector('.stale') === null,
    );
    await drawn(page);
  };

  it('axe finds nothing in any theme', async () => {
    for (const view of views) {
      const { page } = await openPanel(browser, {
        fixture,
        complete: true,
        navigation: {
          stack: 'cross',
          layer: 2,
          head: 3,
          view,
          hideSpecials: view === 'row',
          token: { side: 'target', index: 14, locked: true },
        },
        pinned: pinnedTo('cross'),
        reader: { canGoBack: true, link: view === 'row' ? 'stale' : 'linked' },
      });
      await settled(page);
      if (view === 'compare') {
        await page.locator('canvas.difference-map').waitFor();
        await page.getByText('The largest differences as a table').click();
        await page.locator('.largest tbody tr').first().waitFor();
      }
      assert.deepEqual(await violationsInThemes(page), [], view);
      await page.close();
    }
    const running = await openPanel(browser, { fixture });
    for (let i = 0; i < 8; i++) await running.page.evaluate(() => window.fakeHost.step());
    await running.page.getByText('Output token').first().waitFor();
    assert.deepEqual(await violationsInThemes(running.page), [], 'running');
    await running.page.close();
    const empty = await openPanel(browser, { fixture: null });
    assert.deepEqual(await violationsInThemes(empty.page), [], 'empty');
    await empty.page.close();
  });

  it('numbers on coloured chips are readable in every theme', async () => {
    for (const theme of themeNames) {
      const { page } = await openPanel(browser, {
        fixture,
        theme,
        complete: true,
        navigation: { layer: 0, head: 0, token: { side: 'source', index: 10, locked: true } },
      });
      await settled(page);
      const ratios = await page.evaluate(() => {
        const luminance = (css: string): number => {
          const [r = 0, g = 0, b = 0] = (css.match(/[\d.]+/g) ?? []).slice(0, 3).map((text) => {
            const value = Number(text) / 255;
            return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        return [...document.querySelectorAll('.chip.weighed .chip-label')].map((label) => {
          const style = getComputedStyle(label);
          const [x, y] = [luminance(style.color), luminance(style.backgroundColor)];
          return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
        });
      });
      assert.equal(ratios.length, 16);
      for (const ratio of ratios) assert.ok(ratio >= 4.5, `${theme}: ${ratio}`);
      await page.close();
    }
  });

  it('follows a change of theme without being reloaded', async () => {
    const { page } = await openPanel(browser, {
      fixture,
      theme: 'dark',
      complete: true,
      navigation: { layer: 2, head: 3, token: { side: 'source', index: 10, locked: true } },
    });
    await settled(page);
    const colour = (): Promise<string> =>
      page
        .locator('.chip.weighed .chip-label')
        .nth(2)
        .evaluate((label) => getComputedStyle(label).backgroundColor);
    const dark = await colour();
    await page.evaluate(() => (document.body.className = 'vscode-light'));
    await page.waitForFunction((before) => {
      const label = document.querySelectorAll('.chip.weighed .chip-label')[2];
      return label !== undefined && getComputedStyle(label).backgroundColor !== before;
    }, dark);
    await page.close();
  });

  it('nothing moves by itself when the reader asked for less motion', async () => {
    const { page } = await openPanel(browser, { fixture, reducedMotion: true });
    await page.locator('.bar.endless').waitFor();
    assert.equal(
      await page.locator('.bar-filled').evaluate((bar) => getComputedStyle(bar).animationName),
      'none',
    );
    await page.close();
  });

  for (const width of [360, 480, 860, 1200])
    it(`fits into ${width} px`, async () => {
      for (const view of views) {
        const { page } = await openPanel(browser, {
          fixture,
          width,
          complete: true,
          navigation: {
            layer: 2,
            head: 3,
            view,
            token: { side: 'source', index: 10, locked: true },
          },
          pinned: pinnedTo('encoder'),
          reader: { link: 'lost' },
        });
        await settled(page);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, view);
        await page.close();
      }
    });

  it('shows no English word under Simplified Chinese', async () => {
    // Names, formulas and what belongs to the text or the model stay as they are.
    const names =
      /\b(CSV|Python|npy|PNG|SVG|NumPy|Hugging Face transformers|Headlight|Marian|Enter|Escape|Ctrl|Alt|Left|Right|softmax|d_model|translate-en|wasm|story\.txt, line [37]|sin|cos|dim|PE|pos|model|float32|Page Up|Page Down)\b/g;
    const shown = [
      ...fixture.plan.source,
      ...wideFixture(fixture).plan.source,
      ...fixture.plan.target,
      ...fixture.written.flatMap(({ token, candidates }) => [token, ...candidates]),
    ];
    const data = new Set(shown.map(({ label }) => label));
    const check = async (page: Page, where: string): Promise<void> => {
      for (const text of await wordsOf(page)) {
        if (data.has(text.trim()) || text.includes(fixture.output)) continue;
        const rest = text
          .replace(/“[^”]*”/g, '')
          .replace(names, '')
          .replace(/^\S+ → \S+：/, '')
          .replace(/^\S+，权重/, '')
          .replace(/^\S+，编号/, '');
        assert.doesNotMatch(rest, /\p{Script=Latin}{3,}/u, `${where}: ${text}`);
      }
    };
    const options = { fixture, locale: 'zh-cn', bundle: chineseWords };
    for (const view of views) {
      const { page } = await openPanel(browser, {
        ...options,
        complete: true,
        navigation: {
          stack: 'cross',
          layer: 2,
          head: 3,
          view,
          hideSpecials: true,
          token: { side: 'target', index: 14, locked: true },
        },
        pinned: pinnedTo(view === 'compare' ? 'cross' : 'encoder'),
        reader: { link: view === 'row' ? 'stale' : 'lost' },
      });
      await settled(page);
      if (view === 'compare') {
        await page.getByText('以表格查看最大的差值').click();
        await page.locator('.largest tbody tr').first().waitFor();
      }
      await check(page, view);
      await page.close();
    }
    const running = await openPanel(browser, options);
    for (let i = 0; i < 4; i++) {
      await running.page.evaluate(() => window.fakeHost.step());
      await check(running.page, `running, step ${i}`);
    }
    await running.page.getByRole('button', { name: '取消' }).click();
    await running.page.getByText('已取消，用时 1.24 秒').waitFor();
    await check(running.page, 'cancelled');
    const empty = await openPanel(browser, { ...options, fixture: null });
    await check(empty.page, 'empty');
    await Promise.all([running.page.close(), empty.page.close()]);
  });
});
