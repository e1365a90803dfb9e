import assert from 'node:assert/strict';
import { referenceFixture } from './referenceFixture';
import { finishRun } from './harness';
import { usePanels } from './panels';
import { ANIMAL, chips, drawn, IT, painted, sent, step } from './panelActions';

describe('inspector', function () {
  this.timeout(60_000);
  const fixture = referenceFixture();
  const panel = usePanels(fixture);

  it('fills while the model runs: tokens, then layer after layer, then the output', async () => {
    const { page, complaints } = await panel();
    await step(page);
    await page.getByText('Loading the model, 50 %').first().waitFor();
    await step(page);
    await chips(page, 'Tokens of the text').nth(15).waitFor();
    await page.getByText('Layer 1 of 3').waitFor();
    assert.equal(await page.locator('.bar').getAttribute('aria-valuenow'), '0');
    assert.equal(await painted(page), 0);
    await step(page);
    await page.getByText('Layer 2 of 3').waitFor();
    // The first layer is on screen, large and small, while the second computes.
    await page.locator('canvas.matrix').waitFor();
    await page.locator('.short-name', { hasText: 'E0·mean' }).waitFor();
    assert.equal(await painted(page), 8);
    await step(page);
    await step(page);
    await page.getByText('Output token 1', { exact: true }).waitFor();
    assert.equal(await painted(page), 24);
    await page.locator('.short-name', { hasText: 'E2·mean' }).waitFor();
    await step(page);
    await page.getByText('Output token 2', { exact: true }).waitFor();
    assert.deepEqual(await chips(page, 'Output tokens').locator('.chip-label').allTextContents(), [
      '<pad>',
      'L',
    ]);
    await finishRun(page);
    await page.getByText('Complete in 1.24 s').waitFor();
    assert.equal(await painted(page), 72);
    assert.deepEqual(complaints, []);
  });

  it('pays for pictures it has painted, and only for these', async () => {
    const { page } = await panel();
    await finishRun(page);
    await page.waitForFunction(() => document.querySelector('.thumbnail:not(.painted)') === null);
    await drawn(page);
    const credits = (await sent(page, 'credit')).map(({ pictures }) => pictures);
    const outstanding = await page.evaluate(() => window.fakeHost.credit);
    assert.equal(credits[0], 8);
    assert.equal(outstanding, 8, 'all that was painted is paid, nothing else');
  });

  it('cancels, says so, and offers another run', async () => {
    const { page } = await panel({ navigation: { layer: 2 } });
    for (let i = 0; i < 3; i++) await step(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled after 1.24 s').waitFor();
    assert.deepEqual(await sent(page, 'cancel'), [{ type: 'cancel', trace: 'trace-1' }]);
    await page
      .getByText('The run ended before this was computed.', { exact: false })
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Run again' }).click();
    assert.deepEqual(await sent(page, 'rerun'), [{ type: 'rerun', language: 'fra' }]);
  });

  it('tells a failure in words', async () => {
    const { page } = await panel();
    await page.evaluate(() =>
      window.fakeHost.finish('failed', {
        code: 'text.tooManyTokens',
        args: { tokens: 600, limit: 256 },
      }),
    );
    await page
      .getByText('The text has 600 tokens; this model has 256 positions. Select a shorter passage.')
      .first()
      .waitFor();
  });

  it('does the main job with the keyboard alone', async () => {
    const { page } = await panel({
      complete: true,
      navigation: { layer: 2, head: 3, token: { side: 'source', index: 2, locked: false } },
    });
    await chips(page, 'Tokens of the text')
      .nth(ANIMAL)
      .and(page.locator('[aria-label*="weight"]'))
      .waitFor();
    const focusInto = async (selector: string): Promise<void> => {
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press('Tab');
        if (
          await page.evaluate(
            (wanted) => document.activeElement?.closest(wanted) !== null,
            selector,
          )
        )
          return;
      }
      assert.fail(`Tab does not reach ${selector}`);
    };
    await focusInto('[role=listbox]');
    for (let i = ANIMAL; i < IT; i++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const it = chips(page, 'Tokens of the text').nth(IT);
    await it.and(page.locator('.locked')).waitFor();
    const animal = chips(page, 'Tokens of the text').nth(ANIMAL);
    const weight = fixture.attention.encoder[2]?.[3]?.[IT]?.[ANIMAL] ?? 0;
    await animal.and(page.locator(`[aria-label="animal, weight ${weight.toFixed(4)}"]`)).waitFor();
    await page.keyboard.press('Escape');
    await it.and(page.locator('.locked')).waitFor({ state: 'detached' });
    await focusInto('[role=grid]');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('.short-name', { hasText: 'E1·H4' }).waitFor();
    await focusInto('[role=tablist]');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('columnheader', { name: 'Weight' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await focusInto('canvas.matrix');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const exact = fixture.attention.encoder[1]?.[4]?.[1]?.[0] ?? 0;
    await page
      .locator('#matrix-readout', { hasText: `The → >>fra<<: ${exact.toFixed(4)}` })
      .waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await chips(page, 'Tokens of the text').nth(1).and(page.locator('.locked')).waitFor();
  });

  it('previews under the pointer, locks on a click, lets go on the next', async () => {
    const { page } = await panel({
      complete: true,
      navigation: { layer: 2, head: 3, token: { side: 'source', index: 4, locked: false } },
    });
    const it = chips(page, 'Tokens of the text').nth(IT);
    await it.hover();
    await page.getByText('“it” looks at').waitFor();
    await page.mouse.move(5, 5);
    await page.getByText("“'” looks at").waitFor();
    await it.click();
    await it.and(page.locator('.locked')).waitFor();
    await chips(page, 'Tokens of the text').nth(5).hover();
    await drawn(page);
    assert.equal(await page.locator('.sentence').textContent(), '“it” looks at');
    await it.click();
    await it.and(page.locator('.locked')).waitFor({ state: 'detached' });
  });

  it('links both ways: an output token opens cross-attention, a source token turns it round', async () => {
    const { page } = await panel({ complete: true });
    await chips(page, 'Output tokens').nth(14).click();
    await page.locator('.short-name', { hasText: 'C2·mean' }).waitFor();
    await page.getByText('“il” looks at').waitFor();
    await page
      .locator('.line.coloured')
      .getByRole('listbox', { name: 'Tokens of the text' })
      .waitFor();
    await chips(page, 'Tokens of the text').nth(ANIMAL).click();
    await page.getByText('“animal” is looked at by').waitFor();
    await page.locator('.line.coloured').getByRole('listbox', { name: 'Output tokens' }).waitFor();
  });

  it('says that the last token written was never read', async () => {
    const { page } = await panel({ complete: true });
    await chips(page, 'Output tokens').nth(19).click();
    await page.getByText('was written last', { exact: false }).first().waitFor();
  });

  it('switches the language by running again', async () => {
    const { page } = await panel({ complete: true });
    const languages = page.getByRole('combobox', { name: 'Translate into' });
    assert.deepEqual(await languages.locator('option').allTextContents(), ['French', 'Chinese']);
    await languages.selectOption('cmn');
    assert.deepEqual(await sent(page, 'rerun'), [{ type: 'rerun', language: 'cmn' }]);
  });

  it('drops the answer to a row that is not wanted any more', async () => {
    const { page } = await panel({
      complete: true,
      navigation: { layer: 2, head: 3, token: { side: 'source', index: 1, locked: false } },
    });
    const list = chips(page, 'Tokens of the text');
    await list.nth(1).and(page.locator('[aria-label*="weight"]')).waitFor();
    await page.evaluate(() => (window.fakeHost.holding = true));
    await list.nth(IT).click();
    await page.waitForFunction(() => window.fakeHost.held.length === 1);
    await list.nth(13).click();
    await page.waitForFunction(() => window.fakeHost.held.length === 2);
    // The newer answer first, then the stale one.
    await page.evaluate(() =>
      window.fakeHost.held
        .splice(0)
        .toReversed()
        .forEach((answer) => answer()),
    );
    const weight = (query: number): string =>
      (fixture.attention.encoder[2]?.[3]?.[query]?.[ANIMAL] ?? 0).toFixed(4);
    assert.notEqual(weight(IT), weight(13));
    await list
      .nth(ANIMAL)
      .and(page.locator(`[aria-label="animal, weight ${weight(13)}"]`))
      .waitFor();
    await drawn(page);
    assert.equal(await list.nth(ANIMAL).getAttribute('aria-label'), `animal, weight ${weight(13)}`);
  });
});
