// How the model writes, its beams and its branches: by keyboard, with what a screen reader is told.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Branch } from '../../src/protocol/branch';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { violations } from './axe';
import { chineseWords } from './chineseWords';
import { branches, sampleWriting, searchedSnapshot, settings } from './filmStates';
import { startBrowser } from './harness';
import { bundledHost, openServedPage, usePages } from './servedPage';
import type { ThemeName } from './themes';

interface Shown {
  readonly snapshot?: TraceSnapshot;
  readonly branches?: Branch[];
}

interface Options extends Shown {
  readonly theme?: ThemeName;
  readonly bundle?: Readonly<Record<string, string>>;
  readonly width?: number;
}

const show = (page: Page, shown: Shown): Promise<void> =>
  page.evaluate((change) => window.filmCards.update(change), shown);

/** What the page asked for last. */
const lastAsked = (page: Page): Promise<readonly unknown[] | undefined> =>
  page.evaluate(() => window.filmCards.asked.at(-1));

describe('inspector, how it is written', () => {
  const open = usePages<Options, Awaited<ReturnType<typeof openServedPage>>>(
    startBrowser,
    async (browser, { theme = 'dark', bundle = {}, width = 480, ...shown }) => {
      const host = await bundledHost('test/webview/filmCards.ts');
      const locale = Object.keys(bundle).length === 0 ? 'en' : 'zh-cn';
      const opened = await openServedPage(
        browser,
        { name: 'inspector', host, theme, locale },
        { viewport: { width, height: 900 } },
      );
      await opened.page.evaluate(([words, asked]) => window.filmCards.open(words, asked), [
        { ...bundle },
        settings,
      ] as const);
      const snapshot = searchedSnapshot({ beams: 4, steps: 14 });
      await show(opened.page, { snapshot, branches, ...shown });
      return opened;
    },
  );

  it('shows how it was written, marks what is changed, and writes with Enter', async () => {
    const { page, complaints } = await open({});
    await page.getByText('On screen: sampling, temperature 0.8, top-p 0.9, seed 7').waitFor();
    const pressed = page.locator('.writing-form .segment[aria-pressed="true"]');
    assert.equal(await pressed.textContent(), 'Sampling');
    assert.equal(await page.locator('.writing-setting.changed').count(), 0);
    await page.getByRole('button', { name: 'Another seed' }).click();
    const seed = page.getByLabel('Seed');
    assert.equal(await seed.inputValue(), '8');
    assert.deepEqual(
      await page.locator('.writing-setting.changed .setting-name').allTextContents(),
      ['Seed (changed)'],
    );
    const never = page.getByLabel('Never writes');
    await never.fill('chat, "chien"');
    await never.press('Enter');
    await page.getByRole('button', { name: 'Take “épuisé” away' }).click();
    // With nothing typed into it, the list of texts has no use for the key.
    await never.press('Enter');
    const search = { ...sampleWriting.search, seed: 8 };
    const forbidden = ['chat', '"chien"'];
    assert.deepEqual(await lastAsked(page), ['write', { ...sampleWriting, search, forbidden }]);
    // What cannot be is said beside the field, which gets the keyboard; nothing is written.
    const topP = page.getByLabel('Top-p');
    await topP.fill('1.5');
    await page.getByText('A number above 0 and at most 1, or nothing.', { exact: true }).waitFor();
    await seed.press('Enter');
    assert.equal(await topP.getAttribute('aria-invalid'), 'true');
    assert.equal(await topP.evaluate((field) => field === document.activeElement), true);
    await page.getByText('nucleus sampling, Holtzman et al. 2020').last().waitFor();
    assert.equal(await page.evaluate(() => window.filmCards.asked.length), 1);
    await page.getByRole('button', { name: 'As the checkpoint asks' }).click();
    assert.equal(await pressed.textContent(), 'Beam search');
    await page.getByRole('button', { name: 'Write', exact: true }).click();
    assert.deepEqual(await lastAsked(page), ['write', { ...settings.writing, forbidden }]);
    assert.deepEqual(complaints, []);
  });

  it('draws of many beams those in sight, grows with the search, and is walked by keys', async () => {
    const many = { beams: 16, steps: 200 };
    const { page, complaints } = await open({
      snapshot: searchedSnapshot(many, 120),
      branches: [],
    });
    const room = page.getByRole('application', { name: 'Beams, step by step' });
    await room.locator('.beam-step', { hasText: /^120$/ }).waitFor();
    assert.ok((await room.locator('.beam-node').count()) < 200);
    const progress = page.getByText('Searching: step 120…');
    await progress.waitFor();
    // Said aloud, it would never stop.
    assert.equal(await page.getByRole('status').filter({ hasText: 'Searching' }).count(), 0);
    await show(page, { snapshot: searchedSnapshot(many, 121) });
    await room.locator('.beam-step', { hasText: /^121$/ }).waitFor();
    await room.focus();
    const said = page.locator('.beam-readout');
    for (const key of ['End', 'ArrowLeft']) await page.keyboard.press(key);
    assert.match((await said.textContent()) ?? '', /^Step 120, rank \d+: “.+”, sum −[\d.]+, score/);
    await page.keyboard.press('Home');
    assert.match((await said.textContent()) ?? '', /^Step 1, /);
    await room.locator('.beam-step', { hasText: /^1$/ }).waitFor();
    // The search ends: what won is drawn bold, and its beams lead to the film’s steps.
    const over = searchedSnapshot({ beams: 4, steps: 14 });
    await show(page, { snapshot: { ...over, trace: 'over' } });
    await page.getByText('the best is drawn bold').waitFor();
    await page.keyboard.press('ArrowLeft');
    assert.match(
      (await said.textContent()) ?? '',
      /^Step 14, finished: “<\/s>”.*part of the best$/,
    );
    assert.equal(await room.locator('.beam-node.winner.cursor').count(), 1);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    const [name, change] = (await lastAsked(page)) ?? [];
    assert.equal(name, 'navigate');
    assert.deepEqual((change as { token: unknown }).token, {
      side: 'target',
      index: 12,
      locked: true,
    });
    await page.getByText('The beams as a table').click();
    const beams = over.search!.steps.reduce(
      (sum, { running, finished }) => sum + running.length + finished.length,
      0,
    );
    await page.locator('.beams-card .twin tbody tr').first().waitFor();
    assert.equal(await page.locator('.beams-card .twin tbody tr').count(), beams);
    const second = over.search!.hypotheses[1]!;
    await page.getByRole('button', { name: `Show “${second.text}”` }).click();
    const begin = { ids: second.ids, text: null };
    assert.deepEqual(await lastAsked(page), [
      'write',
      { ...over.plan!.writing, begin, further: false },
    ]);
    assert.deepEqual(complaints, []);
  });

  it('walks, shows, compares and prunes branches', async () => {
    const { page, complaints } = await open({});
    const tree = page.getByRole('tree', { name: 'Outputs of this text' });
    const items = tree.getByRole('treeitem');
    assert.deepEqual(
      await items.evaluateAll((all) => all.map((item) => item.getAttribute('aria-level'))),
      ['1', '2', '3', '2'],
    );
    const dimmed = tree.locator('.branch-shared').nth(1);
    assert.equal(await dimmed.textContent(), "L'animal n'a pas traversé la");
    await tree.locator('[tabindex="0"][role="treeitem"]').focus();
    const focused = (): Promise<string | null> =>
      page.evaluate(() => document.activeElement?.querySelector('.branch-fork')?.textContent ?? '');
    assert.equal(await focused(), "Step 9: “puisqu'” instead of “car”");
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    assert.deepEqual(await lastAsked(page), ['branch', 'show', 2]);
    await page.keyboard.press('Delete');
    assert.deepEqual(await lastAsked(page), ['branch', 'prune', 2]);
    await show(page, {
      branches: branches
        .filter(({ id }) => id === 1 || id === 4)
        .map((one) => ({ ...one, shown: one.id === 4 })),
    });
    assert.equal(await focused(), 'From the beginning');
    // The first output stays; the one on screen is not compared with itself.
    await page.keyboard.press('Delete');
    assert.deepEqual(await lastAsked(page), ['branch', 'prune', 2]);
    assert.equal(await items.nth(1).getByRole('button', { name: 'Compare' }).count(), 0);
    // Two clicks on a button are no double click on its branch.
    await items.first().getByRole('button', { name: 'Compare' }).dblclick();
    assert.deepEqual(await lastAsked(page), ['branch', 'compare', 1]);
    await show(page, { branches: branches.slice(0, 1) });
    await page.getByText('One output so far.').waitFor();
    assert.deepEqual(complaints, []);
  });

  for (const theme of ['dark', 'light'] as const)
    it(`has nothing that axe finds wrong, fits 480 px, in Chinese: ${theme}`, async () => {
      const { page } = await open({ theme, bundle: chineseWords });
      await page.getByText('检查点要求的设置').click();
      await page.getByText('以表格查看各束').click();
      await page.locator('.beams-card .twin tbody tr').first().waitFor();
      assert.deepEqual(await violations(page, 'main'), []);
      const [wide, space] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      assert.equal(wide, space);
      const words = (await page.locator('main').textContent()) ?? '';
      assert.equal(words.match(/\b(?:[Ss]tep|[Bb]eam|[Ww]rite|output|token)\b/)?.[0], undefined);
    });
});
