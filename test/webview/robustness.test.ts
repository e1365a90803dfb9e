import assert from 'node:assert/strict';
import { initialNavigation } from '../../src/protocol/navigation';
import { seededFixture, type SeededOptions } from './fixture';
import { referenceFixture } from './referenceFixture';
import { usePanels } from './panels';
import { chips, drawn, painted, sent } from './panelActions';

describe('inspector, robustness', function () {
  this.timeout(60_000);
  const fixture = referenceFixture();
  const panel = usePanels(fixture);

  it('comes back as it was after the page was destroyed', async () => {
    const first = await panel({ complete: true });
    await chips(first.page, 'Output tokens').nth(14).click();
    await first.page.getByRole('tab', { name: 'Row' }).click();
    await first.page.waitForFunction(() => window.fakeHost.reader.navigation.view === 'row');
    const told = await first.page.evaluate(() => window.fakeHost.reader.navigation);
    assert.deepEqual(await first.page.evaluate(() => window.fakeHost.state), { navigation: told });
    const second = await panel({ complete: true, navigation: told });
    await second.page.getByText('“il” looks at').waitFor();
    await second.page.locator('.short-name', { hasText: 'C2·mean' }).waitFor();
    assert.equal(
      await second.page.getByRole('tab', { name: 'Row' }).getAttribute('aria-selected'),
      'true',
    );
    assert.equal(await chips(second.page, 'Output tokens').count(), 20);
  });

  it('forgets the old trace when a new one takes the panel', async () => {
    const { page } = await panel({ complete: true });
    await page.locator('.thumbnail.painted').first().waitFor();
    await page.evaluate(
      ([other, navigation]) => {
        const host = window.fakeHost;
        const old = host.snapshot().trace;
        host.replace(navigation, host.load(other, 'trace-2'));
        host.send({ type: 'event', event: { type: 'loading', trace: old, fraction: 0.99 } });
        host.step();
        host.step();
      },
      [{ text: 'A dog ate.', output: 'Un chien mange.' }, initialNavigation] as const,
    );
    await page.getByText('6 tokens', { exact: true }).waitFor();
    assert.equal(await painted(page), 0);
    assert.deepEqual(await chips(page, 'Output tokens').locator('.chip-label').allTextContents(), [
      '<pad>',
    ]);
  });

  it('tells what to do when nothing was inspected', async () => {
    const { page } = await panel({ fixture: null });
    await page
      .getByText('Select a sentence in an editor and run “Headlight: Inspect Selection”.')
      .waitFor();
  });

  it('shows the notices of plan and host', async () => {
    const notices = [{ code: 'notice.beyondTraining' as const, args: { tokens: 90, limit: 64 } }];
    const { page } = await panel({
      fixture: { text: 'A dog.', output: 'Un chien.', notices },
      complete: true,
    });
    await page
      .getByText('this model was trained on texts of fewer than 64', { exact: false })
      .waitFor();
    await page.evaluate(() =>
      window.fakeHost.send({
        type: 'notice',
        notice: { severity: 'info', failure: { code: 'notice.copied', args: {} } },
      }),
    );
    await page.getByText('Copied to the clipboard.').waitFor();
    const { page: empty } = await panel({ fixture: null });
    await empty.evaluate(() =>
      window.fakeHost.send({
        type: 'notice',
        notice: { severity: 'error', failure: { code: 'text.empty', args: {} } },
      }),
    );
    await empty.getByText('There is no text to inspect.', { exact: false }).waitFor();
  });

  it('leaves hostile text inert', async () => {
    const text =
      '<img src=x onerror=alert(1)> \u202egnp.exe \u05e9\u05dc\u05d5\u05dd ' + 'w'.repeat(300);
    const made = seededFixture({ text, output: '<script>alert(2)</script>' });
    const source = made.plan.source.map((token, i) =>
      i === 1 ? { ...token, label: '<img src=x onerror=alert(1)>' } : token,
    );
    const hostile = { ...made, plan: { ...made.plan, source } };
    const { page, complaints } = await panel({ fixture: hostile, complete: true });
    page.on('dialog', () => complaints.push('a dialog opened'));
    await chips(page, 'Tokens of the text').nth(1).click();
    await page.getByText('“<img src=x onerror=alert(1)>” looks at').waitFor();
    assert.equal(await page.locator('#app img, #app script').count(), 0);
    for (const view of ['Row', 'Positions', 'Matrix'])
      await page.getByRole('tab', { name: view }).click();
    await page.getByRole('button', { name: 'SVG', exact: true }).click();
    const [copy] = (await sent(page, 'copy')).map((message) => message.copy);
    assert.ok(copy?.what === 'svg' && !/<(img|script)/.test(copy.text));
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
    assert.deepEqual(complaints, []);
  });

  it('ignores messages that are no messages', async () => {
    const { page } = await panel({ complete: true });
    await page.evaluate(() => {
      window.postMessage({ type: 'event', event: { type: 'layer' } }, '*');
      window.postMessage('nonsense', '*');
    });
    await drawn(page);
    await page.getByText('Complete in 1.24 s').waitFor();
  });

  it('stays quick with 512 tokens', async () => {
    const words = (count: number): string =>
      Array.from({ length: count }, (_, i) => `w${i % 97}`).join(' ');
    const long: SeededOptions = { text: words(510), output: words(20), layers: 2, heads: 4 };
    const { page, complaints } = await panel({
      fixture: long,
      complete: true,
      navigation: { layer: 1, head: 0 },
    });
    await chips(page, 'Tokens of the text')
      .nth(511)
      .and(page.locator('[aria-label*="weight"]'))
      .waitFor();
    await chips(page, 'Tokens of the text').nth(256).click();
    const slowest = await page.evaluate(async () => {
      const list = document.querySelector('[role=listbox]');
      let worst = 0;
      for (let i = 0; i < 20; i++) {
        const chip = document.activeElement ?? list;
        const from = performance.now();
        chip?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        worst = Math.max(worst, performance.now() - from);
      }
      return worst;
    });
    // Coarse on purpose: a shared machine; but a second of silence is what a reader would notice.
    assert.ok(slowest < 1000, `a key press took ${slowest.toFixed(0)} ms`);
    assert.deepEqual(complaints, []);
  });
});
