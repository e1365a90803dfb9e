// Whatever a page sends, the relay answers with words at most, and goes on.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { finished, plan } from '../../unit/host/fakeEngine';
import { Page } from '../../unit/host/relayedPage';

const index = fc.oneof(fc.nat(9), fc.constantFrom(-1, 0.5, 1e300, Number.NaN), fc.anything());
const change = fc.record(
  {
    stack: fc.constantFrom('encoder', 'decoder', 'cross', 'other'),
    layer: fc.oneof(index, fc.constant('mean')),
    head: fc.oneof(index, fc.constantFrom('mean', 'max')),
    direction: fc.constantFrom('looksAt', 'lookedAt', ''),
    hideSpecials: fc.oneof(fc.boolean(), fc.anything()),
    token: fc.oneof(
      fc.constant(null),
      fc.record({ side: fc.constantFrom('source', 'target'), index, locked: fc.boolean() }),
    ),
    view: fc.constantFrom('matrix', 'row', 'positions', 'compare', 'globe'),
  },
  { requiredKeys: [] },
);
const trace = fc.constantFrom('t1', 't2', '', 7);
const message = fc.oneof(
  fc.anything(),
  fc.record({ type: fc.constant('navigate'), sequence: index, trace, change }),
  fc.record({ type: fc.constantFrom('credit', 'cancel', 'ready'), trace, pictures: index }),
  fc.record({ type: fc.constant('ready') }),
  fc.record({ type: fc.constant('go'), where: fc.constantFrom('back', 'forward') }),
  fc.record({ type: fc.constant('pin'), what: fc.constantFrom('pin', 'unpin', 'swap') }),
  fc.record({ type: fc.constant('reveal'), trace, span: fc.tuple(index, index) }),
);

describe('PanelRelay', () => {
  it('bears any message, and stays within the plan', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 12 }), fc.nat(12), async (sent, over) => {
        const page = new Page();
        page.inspect();
        page.world.port.says({ type: 'planned', trace: 't1', plan });
        for (const [at, one] of sent.entries()) {
          if (at === over) page.world.port.says(finished('t1'));
          await page.relay.receive(one);
        }
        const { layer, head, token } = page.reader.state.navigation;
        assert.ok(layer === 'mean' || layer < 2, `layer ${layer}`);
        assert.ok(typeof head === 'string' || head < 2, `head ${head}`);
        const running = page.inspections.current?.snapshot.outcome === null;
        assert.ok(running || token === null || token.index < plan.source.length);
        page.got.length = 0;
        await page.relay.receive({ type: 'ready' });
        assert.equal(page.types()[0], 'welcome');
      }),
      { numRuns: 300 },
    );
  });
});
