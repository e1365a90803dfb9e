import assert from 'node:assert/strict';
import { finished, plan } from './fakeEngine';
import { Page, picture, query } from './relayedPage';

describe('PanelRelay, the reader’s state', () => {
  it('acknowledges each move of the page, and tells what else moved the reader', async () => {
    const page = new Page();
    page.inspect();
    await page.relay.receive({ type: 'ready' });
    page.world.port.says({ type: 'planned', trace: 't1', plan });
    const before = page.got.length;
    const move = (sequence: number, change: object, trace = 't1'): Promise<void> =>
      page.relay.receive({ type: 'navigate', sequence, trace, change });
    await move(1, { head: 1 });
    await move(2, { head: 1 });
    page.reader.navigate({ direction: 'lookedAt' });
    page.reader.navigate({ direction: 'lookedAt' });
    await move(3, { head: 0 }, 't0');
    const states = page.got.slice(before).map((message) => {
      assert.ok(message.type === 'state');
      const { head, direction } = message.state.navigation;
      return [message.seen, head, direction];
    });
    assert.deepEqual(states, [
      [1, 1, 'looksAt'],
      [2, 1, 'looksAt'],
      [2, 1, 'lookedAt'],
      [3, 1, 'lookedAt'],
    ]);
    await page.relay.receive({ type: 'ready' });
    page.reader.navigate({ head: 0 });
    const last = page.got.at(-1);
    assert.ok(last?.type === 'state' && last.seen === 0);
  });

  it('shows another trace with its state, and never the state before its trace', async () => {
    const page = new Page();
    page.inspect();
    await page.relay.receive({ type: 'ready' });
    const before = page.got.length;
    page.inspect('Two two');
    assert.deepEqual(
      page
        .types()
        .slice(before)
        .filter((type) => type !== 'notice'),
      ['trace'],
    );
  });

  it('answers about the pinned trace too, and about no other', async () => {
    const page = new Page();
    page.inspect();
    await page.relay.receive({ type: 'ready' });
    page.world.port.says({ type: 'planned', trace: 't1', plan });
    page.world.port.says(finished('t1'));
    await page.relay.receive({ type: 'pin', what: 'pin', trace: 't1' });
    page.inspect('Two two');
    const answered = page.relay.receive({ type: 'query', request: 1, trace: 't1', query });
    const { request } = page.world.port.last('query');
    page.world.port.says({ type: 'answer', request, value: picture });
    await answered;
    assert.equal(page.got.at(-1)?.type, 'answer');
    await page.relay.receive({ type: 'pin', what: 'swap', trace: 't2' });
    const shown = page.got.findLast((message) => message.type === 'trace');
    assert.ok(shown?.type === 'trace');
    assert.equal(shown.snapshot.trace, 't1');
    assert.equal(page.reader.state.pinned?.snapshot.trace, 't2');
    await page.relay.receive({ type: 'pin', what: 'unpin', trace: 't1' });
    await page.relay.receive({ type: 'query', request: 2, trace: 't2', query });
    const refused = page.got.at(-1);
    assert.ok(refused?.type === 'refused');
    assert.equal(refused.failure.code, 'trace.gone');
  });

  it('walks through what was looked at, and copies a link', async () => {
    const page = new Page();
    page.inspect();
    await page.relay.receive({ type: 'ready' });
    page.world.port.says({ type: 'planned', trace: 't1', plan });
    page.world.port.says(finished('t1'));
    for (const [sequence, head] of [
      [1, 0],
      [2, 1],
    ])
      await page.relay.receive({ type: 'navigate', sequence, trace: 't1', change: { head } });
    await page.relay.receive({ type: 'go', where: 'back' });
    const last = page.got.at(-1);
    assert.ok(last?.type === 'state');
    assert.deepEqual([last.state.navigation.head, last.state.canGoForward], [0, true]);
    await page.relay.receive({ type: 'copyLink' });
    const notice = page.got.at(-1);
    assert.ok(notice?.type === 'notice');
    assert.equal(notice.notice?.failure.code, 'notice.linkCopied');
  });

  it('pins what was on screen, however quickly another text took its place', async () => {
    const page = new Page();
    page.inspectInDocument('One two');
    await page.relay.receive({ type: 'ready' });
    page.world.port.says({ type: 'planned', trace: 't1', plan });
    page.world.port.says(finished('t1'));
    page.inspectInDocument('Two two');
    await page.relay.receive({ type: 'pin', what: 'pin', trace: 't1' });
    assert.equal(page.reader.state.pinned?.snapshot.trace, 't1');
    await page.relay.receive({ type: 'pin', what: 'pin', trace: 'gone' });
    assert.equal(page.reader.state.pinned?.snapshot.trace, 't1');
  });
});
