import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Token } from '../../src/protocol/trace';
import { violations } from './axe';
import { decoderFixture } from './kindFixtures';
import { referenceFixture } from './referenceFixture';
import { tokenOf } from '../support/traceParts';
import { show, tableOf, useTokenPages } from './tokenPages';

const names = (page: Page): Promise<string[]> =>
  page.locator('.weights tbody .token-name').allTextContents();

describe('Token view of other models and of words', function () {
  this.timeout(60_000);
  const open = useTokenPages();
  const decoder = { stack: 'decoder', layer: 1, head: 2 } as const;

  it('lists what a decoder’s token can see, and counts the rest', async () => {
    const { page, complaints } = await open();
    const fixture = decoderFixture();
    // The last of the cat's four tokens.
    await show(page, tableOf(fixture, { ...decoder, token: 5 }));
    assert.equal(await page.locator('h1.heading').textContent(), '🐱 4/4 · D1·H2 · looks back at');
    const cats = ['🐱 1/4', '🐱 2/4', '🐱 3/4', '🐱 4/4'];
    assert.deepEqual(await names(page), ['The', '␣', ...cats]);
    await page.getByText('6 after it are left out: it cannot see them.').waitFor();
    assert.equal(await page.locator('tr[aria-current=true] .token-name').textContent(), '🐱 4/4');
    await show(page, tableOf(fixture, { ...decoder, token: 5, direction: 'lookedAt' }));
    assert.equal((await names(page))[0], '🐱 4/4');
    await page.getByText('5 before it are left out: they cannot see it.').waitFor();
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(complaints, []);
  });

  it('leaves out what a sliding window hides, and says how much', async () => {
    const { page } = await open();
    const fixture = decoderFixture(3);
    await show(page, tableOf(fixture, { ...decoder, token: 6 }));
    assert.deepEqual(await names(page), ['🐱 3/4', '🐱 4/4', 'sat']);
    await page
      .getByText('Left out, for it cannot see them: 4 before its sliding window, 5 after it.')
      .waitFor();
    await show(page, tableOf(fixture, { ...decoder, token: 6, direction: 'lookedAt' }));
    assert.equal((await names(page)).length, 3);
    await page.getByText('6 before it, 3 whose sliding window begins after it.').waitFor();
    // The mean over layers sees what any layer sees.
    await show(page, tableOf(fixture, { ...decoder, layer: 'mean', head: 'mean', token: 6 }));
    assert.equal((await names(page)).length, 3);
  });

  it('names one of the tokens of a character also where the others are another text', async () => {
    const { page } = await open();
    const fixture = referenceFixture();
    const { plan } = fixture;
    const cat = (i: number): Token => tokenOf('🐱', { id: i, span: [0, 2], part: 0 });
    const source = plan.source.map((token, i) => (i >= 2 && i <= 5 ? cat(i) : token));
    const table = tableOf(
      { ...fixture, plan: { ...plan, source } },
      { stack: 'cross', direction: 'lookedAt', token: 3 },
    );
    await show(page, table);
    assert.equal(await page.locator('.heading-token').textContent(), '🐱 2/4');
  });

  it('lists words where the view is of words', async () => {
    const { page } = await open();
    await show(page, tableOf(referenceFixture(), { unit: 'word', token: 3 }));
    assert.equal(await page.locator('h1.heading').textContent(), "didn't · E2·H5 · looks at");
    assert.equal((await names(page))[3], "didn't");
    await page.getByRole('columnheader', { name: 'Word' }).waitFor();
    assert.deepEqual(await violations(page), []);
  });
});
