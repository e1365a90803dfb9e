import assert from 'node:assert/strict';
import { initialNavigation } from '../../../src/protocol/navigation';
import { finished, plan } from './fakeEngine';
import { Page, picture, query } from './relayedPage';

describe('PanelRelay', () => {
  it('greets an empty page with words and nothing else', async () => {
    const page = new Page();
    await page.relay.receive({ type: 'ready' });
    assert.deepEqual(page.got, [
      {
        type: 'welcome',
        bundle: { Layer: '层' },
        locale: 'zh-cn',
        snapshot: null,
        state: {
          navigation: initialNavigation,
          link: 'none',
          pinned: null,
          branches: [],
          canGoBack: false,
          canGoForward: false,
          colourScale: 'relative',
        },
      },
    ]);
  });

  it('says nothing to a page that is not ready, then everything at once', async () => {
    const page = new Page();
    page.inspect();
    page.world.port.says({ type: 'planned', trace: 't1', plan });
    assert.equal(page.got.length, 0);
    await page.relay.receive({ type: 'ready' });
    const [welcome] = page.got;
    assert.ok(welcome?.type === 'welcome' && welcome.snapshot !== null);
    assert.deepEqual(welcome.snapshot.plan, plan);
    // Pictures come again, for credit that this page grants.
    assert.equal(page.world.port.last('repaint').trace, 't1');
    await page.relay.receive({ type: 'credit', trace: 't1', pictures: 3 });
    assert.deepEqual(page.world.port.last('credit'), { type: 'credit', trace: 't1', pictures: 3 });
  });

  it('passes events on while the page is there', async () => {
    const page = new Page();
    await page.relay.receive({ type: 'ready' });
    page.inspect();
    page.world.port.says({ type: 'planned', trace: 't1', plan });
    page.world.port.says(finished('t1'));
    // Both change what is told of the output, and come before that.
    const run = ['event', 'state', 'event', 'state'];
    assert.deepEqual(page.types(), ['welcome', 'trace', 'notice', ...run]);
  });

  it('gives a hidden page nothing and the engine no credit, while the trace fills', async () => {
    const page = new Page();
    page.inspect();
    await page.relay.receive({ type: 'ready' });
    page.relay.away();
    const posted = page.world.port.posted.length;
    assert.equal(page.world.port.types().at(-1), 'repaint');
    const before = page.got.length;
    await page.relay.receive({ type: 'credit', trace: 't1', pictures: 9 });
    page.world.port.says({ type: 'planned', trace: 't1', plan });
    page.world.port.says(finished('t1'));
    assert.equal(page.got.length, before);
    assert.equal(page.world.port.posted.length, posted);
    await page.relay.receive({ type: 'ready' });
    const welcome = page.got.at(before);
    assert.ok(welcome?.type === 'welcome');
    assert.equal(welcome.snapshot?.outcome, 'complete');
  });

  it('lets a page begin anew when the reader stops inspecting', async () => {
    const page = new Page();
    page.inspect();
    await page.relay.receive({ type: 'ready' });
    page.inspections.drop(page.inspections.current?.key ?? 0);
    const last = page.got.findLast(({ type }) => type !== 'notice');
    assert.ok(last?.type === 'welcome' && last.snapshot === null);
    const before = page.got.length;
    page.inspect();
    page.relay.away();
    page.inspections.drop(page.inspections.current?.key ?? 0);
    assert.deepEqual(page.types().slice(before), ['trace', 'notice']);
  });

  it('answers a question, and refuses one about a trace that is not on screen', async () => {
    const page = new Page();
    page.inspect();
    await page.relay.receive({ type: 'ready' });
    const answered = page.relay.receive({ type: 'query', request: 5, trace: 't1', query });
    page.world.port.says({
      type: 'answer',
      request: page.world.port.last('query').request,
      value: picture,
    });
    await answered;
    assert.deepEqual(page.got.at(-1), { type: 'answer', request: 5, value: picture });
    await page.relay.receive({ type: 'query', request: 6, trace: 't0', query });
    const refused = page.got.at(-1);
    assert.ok(refused?.type === 'refused' && refused.request === 6);
    assert.equal(refused.failure.code, 'trace.gone');
  });

  it('does not give a new page the answer to an old page’s question', async () => {
    const page = new Page();
    page.inspect();
    await page.relay.receive({ type: 'ready' });
    const answered = page.relay.receive({ type: 'query', request: 0, trace: 't1', query });
    await page.relay.receive({ type: 'ready' });
    page.world.port.says({
      type: 'answer',
      request: page.world.port.last('query').request,
      value: picture,
    });
    await answered;
    assert.equal(page.types().includes('answer'), false);
  });

  it('tells a page whose question died with the engine why', async () => {
    const page = new Page();
    page.inspect();
    await page.relay.receive({ type: 'ready' });
    const answered = page.relay.receive({ type: 'query', request: 0, trace: 't1', query });
    page.world.port.dies('boom');
    await answered;
    const refused = page.got.findLast(({ type }) => type === 'refused');
    assert.ok(refused?.type === 'refused');
    assert.equal(refused.failure.code, 'engine.crashed');
    const notice = page.got.find((message) => message.type === 'notice' && message.notice !== null);
    assert.ok(notice?.type === 'notice');
    assert.equal(notice.notice?.failure.code, 'engine.crashed');
    assert.ok(page.types().lastIndexOf('trace') < page.got.indexOf(notice));
  });

  it('does what the page may ask for, each by its own message', async () => {
    const page = new Page();
    page.inspect();
    await page.relay.receive({ type: 'ready' });
    await page.relay.receive({ type: 'rerun', language: 'cmn' });
    await page.relay.receive({ type: 'reveal', trace: 't1', span: [0, 3] });
    await page.relay.receive({ type: 'openCard' });
    await page.relay.receive({ type: 'selfTest' });
    const sight = (text: string) => ({ text, change: { view: 'tour' as const } });
    await page.relay.receive({ type: 'inspect', sight: sight('One.'), pinned: sight('Two.') });
    const asked = ['rerun cmn', 'reveal 0-3', 'card', 'selfTest', 'inspect One. beside Two.'];
    assert.deepEqual(page.asked, asked);
    await page.relay.receive({ type: 'cancel', trace: 't0' });
    assert.equal(page.world.port.types().includes('cancel'), false);
    await page.relay.receive({ type: 'cancel', trace: 't1' });
    assert.equal(page.world.port.last('cancel').trace, 't1');
    const copy = { what: 'svg', text: '<svg/>' };
    await page.relay.receive({ type: 'copy', trace: 't1', copy });
    const notice = page.got.at(-1);
    assert.ok(notice?.type === 'notice');
    assert.equal(notice.notice?.failure.code, 'notice.copied');
  });

  it('answers nonsense and stale wishes with words, not with silence', async () => {
    const page = new Page();
    page.inspect();
    await page.relay.receive({ type: 'ready' });
    for (const [message, code] of [
      [{ type: 'executeCommand', command: 'workbench.action.quit' }, 'internal.unexpected'],
      [null, 'internal.unexpected'],
      [{ type: 'reveal', trace: 't0', span: [0, 1] }, 'trace.gone'],
    ] as const) {
      await page.relay.receive(message);
      const notice = page.got.at(-1);
      assert.ok(notice?.type === 'notice');
      assert.equal(notice.notice?.failure.code, code);
      assert.equal(notice.notice?.severity, 'error');
    }
  });
});
