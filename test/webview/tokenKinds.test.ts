import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { decoderFixture } from './kindFixtures';
import { referenceFixture } from './referenceFixture';
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

  it('lists words where the view is of words', async () => {
    const { page } = await open();
    await show(page, tableOf(referenceFixture(), { unit: 'word', token: 3 }));
    assert.equal(await page.locator('h1.heading').textContent(), "didn't · E2·H5 · looks at");
    assert.equal((await names(page))[3], "didn't");
    await page.getByRole('columnheader', { name: 'Word' }).waitFor();
    assert.deepEqual(await violations(page), []);
  });
});
