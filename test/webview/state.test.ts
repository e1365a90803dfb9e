import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { DocumentLink } from '../../src/protocol/readerState';
import { ANIMAL, chips, drawn, IT, sent } from './panelActions';
import { usePanels } from './panels';
import { referenceFixture } from './referenceFixture';

describe('inspector, one state with the rest of the window', function () {
  this.timeout(60_000);
  const fixture = referenceFixture();
  const panel = usePanels(fixture);
  const tokenAt = (index: number) => ({ side: 'source', index, locked: true }) as const;
  const view = { layer: 2, head: 3, token: tokenAt(IT) };
  const nameOf = (page: Page): Promise<string | null> =>
    page.locator('.short-name').first().textContent();

  it('goes where the reader goes elsewhere: in the editor, the side panel, the history', async () => {
    const { page } = await panel({ complete: true, navigation: view });
    await page.getByText('“it” looks at').waitFor();
    await page.evaluate(
      (token) => window.fakeHost.move({ layer: 1, head: 5, token }),
      tokenAt(ANIMAL),
    );
    await page.getByText('“animal” looks at').waitFor();
    assert.equal(await nameOf(page), 'E1·H5');
    await chips(page, 'Tokens of the text').nth(ANIMAL).and(page.locator('.locked')).waitFor();
    assert.deepEqual(await sent(page, 'navigate'), [], 'nobody is told what he said');
    const kept = await page.evaluate(() => window.fakeHost.state);
    assert.equal((kept as { navigation: { head: number } }).navigation.head, 5);
  });

  it('ends a preview when the cursor moves in the editor', async () => {
    const { page } = await panel({
      complete: true,
      navigation: { ...view, token: { ...tokenAt(IT), locked: false } },
    });
    await chips(page, 'Tokens of the text').nth(5).hover();
    await page.getByText('“t” looks at').waitFor();
    await page.evaluate((token) => window.fakeHost.move({ token }), tokenAt(ANIMAL));
    await page.getByText('“animal” looks at').waitFor();
  });

  it('does not let an older state undo a newer move', async () => {
    const { page } = await panel({ complete: true, navigation: view });
    await page.getByText('“it” looks at').waitFor();
    await page.evaluate(() => (window.fakeHost.silent = true));
    await chips(page, 'Tokens of the text').nth(ANIMAL).click();
    await page.getByText('“animal” looks at').waitFor();
    await page.waitForFunction(() =>
      window.fakeHost.received.some(({ type }) => type === 'navigate'),
    );
    // What the host said before it heard of the move, with something new in it.
    await page.evaluate((token) => {
      const { reader } = window.fakeHost;
      const navigation = { ...reader.navigation, token };
      window.fakeHost.send({
        type: 'state',
        seen: 0,
        state: { ...reader, navigation, canGoBack: true },
      });
    }, tokenAt(IT));
    await page.getByRole('button', { name: 'Back' }).and(page.locator(':enabled')).waitFor();
    await drawn(page);
    assert.equal(await page.locator('.sentence').textContent(), '“animal” looks at');
    // What it says after that counts again.
    await page.evaluate((token) => {
      window.fakeHost.silent = false;
      window.fakeHost.move({ token });
    }, tokenAt(IT));
    await page.getByText('“it” looks at').waitFor();
  });

  it('tells only what changed, and at most once a frame', async () => {
    const { page } = await panel({ complete: true, navigation: view });
    await page.getByText('“it” looks at').waitFor();
    await chips(page, 'Tokens of the text').nth(IT).focus();
    await page.evaluate(() => {
      const list = document.activeElement;
      for (let i = 0; i < 3; i++)
        list?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    });
    await page.waitForFunction(() =>
      window.fakeHost.received.some(({ type }) => type === 'navigate'),
    );
    await page.getByRole('combobox', { name: 'Layer', exact: true }).selectOption('0');
    await page.waitForFunction(
      () => window.fakeHost.received.filter(({ type }) => type === 'navigate').length === 2,
    );
    assert.deepEqual(
      (await sent(page, 'navigate')).map(({ sequence, change }) => ({ sequence, change })),
      [
        { sequence: 1, change: { token: tokenAt(IT + 3) } },
        { sequence: 2, change: { layer: 0 } },
      ],
    );
  });

  it('tells a move before anything that is about it', async () => {
    const { page } = await panel({ complete: true, navigation: view });
    await page.getByText('“it” looks at').waitFor();
    await page.evaluate(() => {
      document.querySelectorAll<HTMLElement>('.chip')[2]?.click();
      document.querySelector<HTMLElement>('[aria-label^="Copy a link"]')?.click();
    });
    const told = await page.evaluate(() =>
      window.fakeHost.received
        .map(({ type }) => type)
        .filter((type) => type === 'navigate' || type === 'copyLink'),
    );
    assert.deepEqual(told, ['navigate', 'copyLink']);
  });

  it('goes back and forward by button and by key, where there is somewhere to go', async () => {
    const { page } = await panel({
      complete: true,
      navigation: view,
      reader: { canGoBack: true, canGoForward: false },
    });
    const [back, forward] = ['Back', 'Forward'].map((name) => page.getByRole('button', { name }));
    assert.equal(await forward?.isDisabled(), true);
    await back?.click();
    await page.evaluate(() => window.fakeHost.tell({ canGoForward: true }));
    await forward?.click();
    await chips(page, 'Tokens of the text').nth(IT).focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await page.keyboard.press('Alt+ArrowRight');
    await page.keyboard.press('Control+Alt+ArrowRight');
    assert.deepEqual(
      (await sent(page, 'go')).map(({ where }) => where),
      ['back', 'forward', 'back', 'forward'],
    );
    assert.deepEqual(await sent(page, 'navigate'), [], 'the arrows do not move the token as well');
    await page.getByRole('tab', { selected: true }).press('Alt+ArrowLeft');
    assert.equal((await sent(page, 'go')).length, 5);
    assert.deepEqual(await sent(page, 'navigate'), [], 'nor to the view beside');
  });

  for (const front of [true, false])
    it(`${front ? 'keeps' : 'never takes'} the keyboard when another view is shown from elsewhere`, async () => {
      const { page } = await panel({ complete: true, navigation: view });
      await page.locator('canvas.matrix').focus();
      // The reader is in the side bar: the page still has an active element.
      if (!front) await page.evaluate(() => Object.assign(document, { hasFocus: () => false }));
      await page.evaluate(() => window.fakeHost.move({ view: 'row' }));
      await page.getByRole('tab', { name: 'Row', selected: true }).waitFor();
      const focused = await page.evaluate(() => document.activeElement?.textContent === 'Row');
      assert.equal(focused, front);
    });

  it('keeps Alt and arrows from what lies around the page', async () => {
    const { page } = await panel({ complete: true, navigation: view });
    const reached = await page.evaluate(() => {
      let heard = 0;
      window.addEventListener('keydown', () => heard++);
      for (const key of ['ArrowLeft', 'ArrowUp'])
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key, altKey: true, bubbles: true, cancelable: true }),
        );
      return heard;
    });
    assert.equal(reached, 1, 'only the one that has no meaning here');
  });

  it('says quietly when the document has changed, and offers another run', async () => {
    const { page } = await panel({ complete: true, navigation: view });
    const reveal = page.getByRole('button', { name: 'Show in editor' });
    const tell = (link: DocumentLink): Promise<void> =>
      page.evaluate((word) => window.fakeHost.tell({ link: word }), link);
    await page.locator('.state', { hasText: 'Complete in 1.24 s' }).waitFor();
    assert.equal(await reveal.isEnabled(), true);
    const top = (): Promise<number | undefined> =>
      page.locator('main').evaluate((main) => main.getBoundingClientRect().top);
    const before = await top();
    await tell('stale');
    await page.locator('.state', { hasText: 'The text has changed since.' }).waitFor();
    assert.equal(await top(), before, 'nothing jumps');
    await page.getByRole('button', { name: 'Run again' }).click();
    assert.deepEqual(await sent(page, 'rerun'), [{ type: 'rerun', language: 'fra' }]);
    // The same text again: an edit was undone.
    await tell('linked');
    await page.locator('.state', { hasText: 'Complete' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Run again' }).isVisible(), false);
    await tell('lost');
    await page.locator('.state', { hasText: 'Shown from memory' }).waitFor();
    assert.equal(await reveal.isDisabled(), true);
    await chips(page, 'Tokens of the text').nth(IT).dblclick();
    await tell('none');
    await page.locator('.state', { hasText: 'Complete' }).waitFor();
    assert.equal(await reveal.isDisabled(), true);
    assert.deepEqual(await sent(page, 'reveal'), []);
  });

  it('tells in an output chip what else might have been written', async () => {
    const { page } = await panel({ complete: true, navigation: view });
    const title = await chips(page, 'Output tokens').nth(14).getAttribute('title');
    const { candidates } = fixture.written[13] ?? { candidates: [] };
    assert.deepEqual(title?.split('\n').slice(1), [
      'Candidates:',
      // The last of them goes on a word.
      ...candidates.map(
        ({ label, probability }, i) =>
          `${probability.toFixed(4)}  “${i === candidates.length - 1 ? '·' : ''}${label}”`,
      ),
    ]);
    assert.equal(
      (await chips(page, 'Output tokens').nth(0).getAttribute('title'))?.includes('\n'),
      false,
    );
  });
});
