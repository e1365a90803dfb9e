// Questions that take the engine a while, between a page and the engine.
import assert from 'node:assert/strict';
import { Page } from './relayedPage';

const study = {
  name: 'stream',
  question: { half: 'encoder', token: 1, change: null },
} as const;

/** A page that has asked; the engine's number for it. */
async function asking(): Promise<{ readonly page: Page; readonly request: number }> {
  const page = new Page();
  page.inspect();
  await page.relay.receive({ type: 'ready' });
  void page.relay.receive({ type: 'query', request: 5, trace: 't1', query: study });
  return { page, request: page.world.port.last('query').request };
}

const withdrawn = (page: Page): number[] =>
  page.world.port.posted.flatMap((message) =>
    message.type === 'withdraw' ? [message.request] : [],
  );

describe('panel relay, studies', () => {
  it('tells the page how far it is, under the page’s own number', async () => {
    const { page, request } = await asking();
    page.world.port.says({ type: 'progress', request, fraction: 0.25 });
    assert.deepEqual(page.got.at(-1), { type: 'progress', request: 5, fraction: 0.25 });
  });

  it('passes on that the page gives it up, and that it is refused', async () => {
    const { page, request } = await asking();
    await page.relay.receive({ type: 'withdraw', request: 5 });
    assert.deepEqual(withdrawn(page), [request]);
    await Promise.resolve();
    const refused = page.got.find(({ type }) => type === 'refused');
    assert.ok(refused?.type === 'refused' && refused.failure.code === 'run.cancelled');
  });

  it('lets nobody compute for a page that is gone or begins anew', async () => {
    for (const leave of ['away', 'ready', 'dispose'] as const) {
      const { page, request } = await asking();
      if (leave === 'ready') await page.relay.receive({ type: 'ready' });
      else page.relay[leave]();
      assert.deepEqual(withdrawn(page), [request], leave);
    }
  });

  it('withdraws nothing that is answered already', async () => {
    const { page, request } = await asking();
    const failure = { code: 'memory.run', args: { needed: 2, available: 1 } } as const;
    page.world.port.says({ type: 'refused', request, failure });
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    await page.relay.receive({ type: 'withdraw', request: 5 });
    assert.deepEqual(withdrawn(page), []);
  });
});
