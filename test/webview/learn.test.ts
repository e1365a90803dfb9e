import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { initialNavigation, type Navigation } from '../../src/protocol/navigation';
import { formulaNames } from '../../webview/learn/formula/formulas';
import { violationsInThemes } from './axe';
import type { PanelOptions } from './harness';
import { maskedFixture } from './kindFixtures';
import { usePanels } from './panels';
import { referenceFixture } from './referenceFixture';

const LANGUAGE = path.join('l10n', 'zh-cn');
const chinese: Record<string, string> = Object.assign(
  {},
  ...readdirSync(LANGUAGE).map((file) =>
    JSON.parse(readFileSync(path.join(LANGUAGE, file), 'utf8')),
  ),
);

const told = (page: Page): Promise<Navigation> =>
  page.evaluate(() => window.fakeHost.reader.navigation);
/** Until the host has heard of a move. */
const stands = (page: Page, chapter: string | null, step = 0): Promise<unknown> =>
  page.waitForFunction(
    ([id, at]) => {
      const { lesson } = window.fakeHost.reader.navigation;
      return id === null ? lesson === null : lesson?.chapter === id && lesson.step === at;
    },
    [chapter, step] as const,
  );
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent ?? '');

describe('inspector, chapters and glossary', function () {
  this.timeout(120_000);
  const open = usePanels(referenceFixture());
  const contents = async (options: Partial<PanelOptions> = {}) => {
    const panel = await open({
      complete: true,
      ...options,
      navigation: { layer: 1, head: 2, view: 'learn', ...options.navigation },
    });
    await panel.page.locator('.term').first().waitFor();
    return panel;
  };
  const lesson = async (chapter: string, step: number, options: Partial<PanelOptions> = {}) => {
    const panel = await open({
      complete: true,
      ...options,
      navigation: { layer: 1, head: 2, view: 'row', lesson: { chapter, step } },
    });
    await panel.page.locator('.lesson-card').waitFor();
    return panel;
  };

  it('goes through a chapter by keyboard: each step moves the views', async () => {
    const { page, complaints } = await contents();
    await button(page, 'The mask').press('Enter');
    await stands(page, 'mask');
    const card = page.getByRole('region', { name: 'The mask' });
    await card.getByText('1 of 4').waitFor();
    assert.equal((await told(page)).view, 'matrix');
    await page.waitForFunction(() => document.activeElement?.textContent === 'Next step');
    assert.equal(await button(page, 'Previous step').isDisabled(), true);
    await page.keyboard.press('Enter');
    await stands(page, 'mask', 1);
    assert.deepEqual([(await told(page)).stack, (await told(page)).view], ['decoder', 'matrix']);
    await page.keyboard.press('Enter');
    await stands(page, 'mask', 2);
    assert.equal((await told(page)).view, 'steps');
    await card.locator('math').waitFor();
    const words = card.getByRole('status');
    assert.match((await words.textContent()) ?? '', /minus infinity/);
    assert.equal(await words.getAttribute('aria-live'), 'polite');
    await button(page, 'Previous step').click();
    await stands(page, 'mask', 1);
    await button(page, 'Next step').click();
    await button(page, 'Next step').click();
    await stands(page, 'mask', 3);
    assert.deepEqual((await told(page)).whatIf, { kind: 'unmasked' });
    await button(page, 'Next chapter: Many heads').click();
    await stands(page, 'heads');
    assert.deepEqual(complaints, []);
  });

  it('stays while the reader walks, shows its step again, and closes', async () => {
    const { page, complaints } = await lesson('decoder', 1);
    await page.getByRole('tab', { name: 'Row' }).click();
    await page.evaluate(() => window.fakeHost.move({ stack: 'encoder', layer: 0 }));
    await page.getByText('2 of 5').waitFor();
    await button(page, 'Show again').click();
    await page.waitForFunction(() => window.fakeHost.reader.navigation.stack === 'cross');
    assert.equal((await told(page)).view, 'matrix');
    await button(page, 'Contents').click();
    await page.locator('.chapter-list').waitFor();
    const current = page.locator('.chapter-list [aria-current]');
    assert.match((await current.textContent()) ?? '', /^Decoder and cross-attention/);
    await button(page, 'Next step').press('Escape');
    await stands(page, null);
    await page.locator('.lesson-card').waitFor({ state: 'hidden' });
    assert.equal(await focused(page), 'Learn');
    assert.equal((await told(page)).view, 'learn');
    assert.deepEqual(complaints, []);
  });

  it('brings what a step speaks of into sight, under the card', async () => {
    const { page } = await contents();
    const under = (selector: string): Promise<number> =>
      page.evaluate((wanted) => {
        const top = document.querySelector(wanted)?.getBoundingClientRect().top ?? NaN;
        return (
          top - (document.querySelector('.lesson-slot')?.getBoundingClientRect().bottom ?? NaN)
        );
      }, selector);
    const settles = (selector: string): Promise<unknown> =>
      page.waitForFunction((wanted) => {
        const slot = document.querySelector('.lesson-slot')?.getBoundingClientRect();
        const target = document.querySelector(wanted)?.getBoundingClientRect();
        if (slot === undefined || target === undefined || target.height === 0) return false;
        return Math.abs(target.top - slot.bottom - 10) < 2;
      }, selector);
    await button(page, 'Positions').click();
    await stands(page, 'positions');
    await settles('#panel-positions section:has([data-formula="positionHalves"])');
    await button(page, 'Next step').click();
    await stands(page, 'positions', 1);
    await settles('#panel-positions [data-part="byDistance"]');
    // What the reader scrolls to is left alone.
    await button(page, 'Previous step').click();
    await stands(page, 'positions', 0);
    await page.mouse.wheel(0, -5000);
    await page.waitForFunction(() => window.scrollY === 0);
    await page.evaluate(() =>
      document.querySelector('.views')?.append(document.createElement('p')),
    );
    assert.ok((await under('.views')) > 0);
    assert.equal(await page.evaluate(() => window.scrollY), 0);
  });

  it('takes no focus when a kept chapter comes back, and ends in the contents', async () => {
    const { page } = await lesson('mute', 4);
    await page.getByText('5 of 5').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
    await button(page, 'Finish').click();
    await stands(page, null);
    assert.equal((await told(page)).view, 'learn');
  });

  it('knows no chapter of another version', async () => {
    const { page, complaints } = await open({
      complete: true,
      navigation: { ...initialNavigation, lesson: { chapter: 'alchemy', step: 3 } },
    });
    await page.getByRole('tab', { name: 'Matrix' }).waitFor();
    await page.locator('.lesson-card').waitFor({ state: 'attached' });
    assert.equal(await page.locator('.lesson-card').isVisible(), false);
    assert.deepEqual(complaints, []);
  });

  it('says why a model has nothing to show, and goes on', async () => {
    const { page } = await contents({ fixture: maskedFixture(), navigation: { layer: 0 } });
    await page.getByText('This model is an encoder: it writes nothing.').waitFor();
    assert.equal(await button(page, 'Decoder and cross-attention').count(), 0);
    const term = page.locator('#term-cross-attention');
    assert.match((await term.textContent()) ?? '', /not an encoder–decoder/);
    assert.equal(await term.getByRole('button').count(), 0);
    const { page: kept } = await lesson('decoder', 2, { fixture: maskedFixture() });
    await kept.getByText('This model is an encoder: it writes nothing.').waitFor();
    await button(kept, 'Next chapter: Output').click();
    await stands(kept, 'output');
  });

  it('finds terms, says how many, and leads to where they are seen', async () => {
    const { page, complaints } = await contents();
    const shown = page.locator('.term:visible');
    const all = await shown.count();
    assert.ok(all >= 40, `${all} terms`);
    await page.getByText(`${all} terms`, { exact: true }).waitFor();
    const filter = page.getByRole('searchbox', { name: 'Filter the glossary' });
    await filter.fill('RESIDUAL');
    await page.getByText(/^[1-9] of \d+ terms$/).waitFor();
    assert.ok((await shown.count()) < all);
    assert.match((await shown.first().textContent()) ?? '', /residual/i);
    assert.equal(await page.locator('.terms h4', { hasText: 'Output' }).isVisible(), false);
    await filter.fill('nothing like this');
    await page.getByText(`0 of ${all} terms`).waitFor();
    await filter.fill('');
    await page.getByRole('navigation').getByRole('button', { name: 'Output' }).press('Enter');
    assert.equal(await focused(page), 'Output');
    await button(page, 'Cross-attention: show in “Matrix”').press('Enter');
    await page.waitForFunction(() => window.fakeHost.reader.navigation.view === 'matrix');
    assert.equal((await told(page)).stack, 'cross');
    assert.equal(await focused(page), 'Matrix');
    assert.deepEqual(complaints, []);
  });

  it('sets formulas in MathML, each with its reading, none wider than a narrow panel', async () => {
    const seen = new Set<string>();
    for (const width of [420, 900]) {
      const { page } = await contents({ width });
      const formulas = await page.locator('.formula').evaluateAll((found) =>
        found.map((root) => ({
          name: root.dataset['formula'] ?? '',
          reading: root.querySelector('math')?.getAttribute('aria-label') ?? '',
          namespace: root.querySelector('mi')?.namespaceURI,
          overflows: root.scrollWidth > root.clientWidth,
          height: root.clientHeight,
        })),
      );
      for (const { name, reading, namespace, overflows, height } of formulas) {
        seen.add(name);
        assert.match(reading, /\w/, name);
        assert.equal(namespace, 'http://www.w3.org/1998/Math/MathML');
        assert.equal(overflows, false, `${name} at ${width}`);
        assert.ok(height > 12, name);
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false);
    }
    assert.ok([...seen].every((name) => formulaNames.some((known) => known === name)));
    assert.ok(seen.size >= 20, `${seen.size} formulas`);
  });

  it('speaks Chinese throughout, with the English term beside the Chinese one', async () => {
    const { page } = await contents({ locale: 'zh-cn', bundle: chinese });
    await page.getByRole('button', { name: '残差与归一化' }).click();
    await stands(page, 'residuals');
    await page.getByRole('button', { name: '下一步', exact: true }).click();
    await stands(page, 'residuals', 1);
    const card = await page.locator('.lesson-card').textContent();
    assert.doesNotMatch(card ?? '', /[a-z]{4,} [a-z]{3,} [a-z]{2,}/);
    await page.getByRole('button', { name: '目录' }).click();
    assert.match((await page.locator('#term-query').textContent()) ?? '', /^查询Query/);
    const words = await page
      .locator('.learn-panel')
      .evaluate((root) =>
        [...root.querySelectorAll('p, h3, h4, button, [aria-label]')].flatMap((part) => [
          part.textContent ?? '',
          part.getAttribute('aria-label') ?? '',
        ]),
      );
    const english = words.filter(
      (said) => /[a-z]{3,} [a-z]{2,} [a-z]{2,}/i.test(said) && !/\p{Script=Han}/u.test(said),
    );
    assert.deepEqual(english, []);
  });

  it('axe finds nothing in any theme', async () => {
    const { page } = await contents();
    assert.deepEqual(await violationsInThemes(page, '.learn-panel'), []);
    const { page: along } = await lesson('scores', 4);
    assert.deepEqual(await violationsInThemes(along, '.lesson-slot'), []);
  });
});
