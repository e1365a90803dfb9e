import assert from 'node:assert/strict';

import { violationsInThemes } from './axe';
import { chineseWords } from './chineseWords';
import { referenceFixture } from './referenceFixture';
import { drawn, explain, show, tableOf, useTokenPages } from './tokenPages';

describe('Token view, appearance', function () {
  this.timeout(60_000);
  const fixture = referenceFixture();
  const open = useTokenPages();
  const withCandidates = tableOf(fixture, { stack: 'cross', token: 14, hideSpecials: true });

  it('axe finds nothing in any theme', async () => {
    const { page } = await open();
    await explain(page, null);
    assert.deepEqual(await violationsInThemes(page), [], 'empty');
    await show(page, tableOf(fixture));
    assert.deepEqual(await violationsInThemes(page), [], 'table');
    await show(page, withCandidates);
    assert.deepEqual(await violationsInThemes(page), [], 'candidates');
  });

  it('draws bars by weight, in the hue of the direction, and anew for another theme', async () => {
    const { page } = await open();
    const bar = (row: number): Promise<readonly [number, string]> =>
      page
        .locator('.weights tbody tr')
        .nth(row)
        .locator('.cell-bar')
        .first()
        .evaluate((element) => [
          element.getBoundingClientRect().width,
          getComputedStyle(element).backgroundColor,
        ]);
    const table = tableOf(fixture);
    await show(page, table);
    const [[long, orange], [short]] = [await bar(2), await bar(8)];
    const ratio = (table.weights[8] ?? 0) / (table.weights[2] ?? 1);
    assert.ok(Math.abs(short / long - ratio) < 0.01, `${short} of ${long} px`);
    await page.evaluate(() => (document.body.className = 'vscode-light'));
    await drawn(page);
    await drawn(page);
    const [, light] = await bar(2);
    assert.notEqual(light, orange);
    await show(page, { ...table, address: { ...table.address, direction: 'lookedAt' } });
    const [, blue] = await bar(2);
    assert.notEqual(blue, light);
    await show(page, { ...table, colourScale: 'absolute' });
    const [absolute] = await bar(2);
    assert.ok(Math.abs(absolute / long - (table.weights[2] ?? 0)) < 0.01);
  });

  for (const width of [170, 200, 250, 300, 350, 800])
    it(`fits into ${width} px`, async () => {
      const { page } = await open({ width });
      await show(page, withCandidates);
      const names = page.locator('.weights thead th:visible');
      await names.last().getByRole('button').click();
      // In the narrowest panel the words stay and the second number goes.
      assert.equal(await names.last().innerText(), width < 200 ? 'Weight' : '‖α·v·W_O‖');
      const words = await page.locator('.weights .token-name').first().boundingBox();
      assert.ok(words !== null && words.width >= 44, `${words?.width} px for the words`);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('.cell-number, .column-norm, .column-weight')]
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
          .map(({ textContent }) => textContent),
      );
      assert.deepEqual(cut, []);
    });

  it('heading and columns’ names stay in sight, and the keyboard’s line is not under them', async () => {
    const { page } = await open({ height: 200 });
    await show(page, tableOf(fixture));
    await page.locator('.weights tbody tr').last().focus();
    for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowUp');
    const [heading, header, row] = await page.evaluate(() =>
      [
        document.querySelector('h1'),
        document.querySelector('.column-weight'),
        document.activeElement,
      ].map((element) => element?.getBoundingClientRect()),
    );
    assert.ok(heading !== undefined && header !== undefined && row !== undefined);
    assert.equal(heading.top, 0);
    assert.ok(header.top >= heading.bottom - 1 && row.top >= header.bottom - 1);
  });

  it('nothing but tokens and names is left in English under Simplified Chinese', async () => {
    const { page } = await open({ locale: 'zh-cn', bundle: chineseWords });
    const shown = [
      ...fixture.plan.source,
      ...fixture.plan.target,
      ...fixture.written.flatMap(({ token, candidates }) => [token, ...candidates]),
    ];
    const labels = new Set(shown.map(({ label }) => label));
    const check = async (where: string): Promise<void> => {
      const words = await page.evaluate(() =>
        [...document.querySelectorAll('#app *')].flatMap((element) => [
          ...[...element.childNodes].map((node) =>
            node instanceof Text ? (node.textContent ?? '') : '',
          ),
          element.getAttribute('title') ?? '',
          element.getAttribute('aria-label') ?? '',
        ]),
      );
      assert.ok(words.some((text) => /\p{Script=Han}/u.test(text)));
      for (const text of words) {
        if (labels.has(text)) continue;
        const rest = text.replace(/“[^”]*”/g, '').replace(/^\S+，编号/, '');
        assert.doesNotMatch(
          rest.replace(/^(il|it) · [A-Z]\d·\S+ · /, '').replace(/softmax/, ''),
          /\p{Script=Latin}{3,}/u,
          `${where}: ${text}`,
        );
      }
    };
    await show(page, withCandidates);
    await check('looks at');
    await show(page, tableOf(fixture, { head: 'mean', direction: 'lookedAt' }));
    await check('looked at by');
    await explain(page, { code: 'trace.neverRead', args: { token: 'il' } });
    await check('no row');
    await explain(page, null);
    await check('empty');
  });
});
