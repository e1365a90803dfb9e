import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Navigation } from '../../src/protocol/navigation';
import { violationsInThemes } from './axe';
import { chineseWords } from './chineseWords';
import type { Fixture } from './fixture';
import { decoderFixture, maskedFixture, pairFixture } from './kindFixtures';
import { drawn } from './panelActions';
import { usePanels } from './panels';
import { referenceFixture } from './referenceFixture';

interface Case {
  readonly name: string;
  readonly fixture: Fixture;
  readonly navigation: Partial<Navigation>;
}

const at = (index: number, rest: Partial<Navigation>): Partial<Navigation> => ({
  layer: 1,
  head: 2,
  token: { side: 'source', index, locked: true },
  ...rest,
});

describe('inspector, appearance of other models and of words', function () {
  this.timeout(120_000);
  const [masked, pair, decoder, written] = [
    maskedFixture(),
    pairFixture(),
    decoderFixture(),
    referenceFixture(),
  ];
  const panel = usePanels(masked);
  const cases: readonly Case[] = [
    { name: 'encoder', fixture: masked, navigation: at(5, { view: 'row' }) },
    { name: 'pair', fixture: pair, navigation: at(7, {}) },
    { name: 'decoder', fixture: decoder, navigation: at(6, { stack: 'decoder', view: 'row' }) },
    { name: 'decoder’s column', fixture: decoder, navigation: at(6, { direction: 'lookedAt' }) },
    { name: 'words', fixture: written, navigation: at(3, { unit: 'word' }) },
    { name: 'words of a decoder', fixture: decoder, navigation: at(2, { unit: 'word' }) },
  ];
  const ready = async (page: Page): Promise<void> => {
    await page.locator('.chip.weighed').first().waitFor();
    await page.locator('.thumbnail:not(.painted):visible').first().waitFor({ state: 'detached' });
    await drawn(page);
  };

  it('axe finds nothing in any theme', async () => {
    for (const { name, fixture, navigation } of cases) {
      const { page } = await panel({ fixture, navigation, complete: true });
      await ready(page);
      assert.deepEqual(await violationsInThemes(page), [], name);
      await page.close();
    }
  });

  it('keeps the controls of a model with one stack in one row at 480 px', async () => {
    for (const { fixture, navigation } of cases.filter((one) => one.fixture !== written)) {
      const { page } = await panel({ fixture, navigation, complete: true });
      await ready(page);
      const tops = await page
        .locator('.controls > :visible')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect()));
      const middles = tops.map(({ top, height }) => top + height / 2);
      assert.ok(Math.max(...middles) - Math.min(...middles) < 6, String(middles));
      await page.close();
    }
  });

  it('leaves nothing in English under Simplified Chinese but texts, names and terms', async () => {
    for (const { name, fixture, navigation } of cases) {
      const { page } = await panel({
        fixture,
        navigation,
        bundle: chineseWords,
        locale: 'zh-cn',
        complete: true,
      });
      await ready(page);
      // What the text, the model and the file are called is theirs.
      const words = await page.evaluate(() =>
        ['.controls', '.statement', '.caption', '.part', '.overview-note', '.actions', '.row-main']
          .flatMap((part) => [...document.querySelectorAll<HTMLElement>(part)])
          .flatMap((part) => [part, ...part.querySelectorAll<HTMLElement>('*')])
          .flatMap((part) =>
            part.closest('.token-name')
              ? []
              : [
                  part.title,
                  part.ariaLabel ?? '',
                  ...[...part.childNodes].flatMap((node) =>
                    node.nodeType === Node.TEXT_NODE ? [node.textContent ?? ''] : [],
                  ),
                ],
          ),
      );
      const left = words
        .map((text) => text.replace(/“[^”]*”/g, ''))
        .filter((text) =>
          /\p{Script=Latin}{3,}/u.test(
            text.replace(
              /Hugging Face|transformers|softmax|Escape|Python|NumPy|CSV|PNG|SVG|npy/g,
              '',
            ),
          ),
        );
      assert.deepEqual(left, [], name);
      await page.close();
    }
  });
});
