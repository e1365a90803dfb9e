import assert from 'node:assert/strict';
import { headLine } from '../../../src/host/heads/headLine';
import {
  childrenOf,
  nodeOf,
  rootsOf,
  type HeadList,
  type HeadNode,
} from '../../../src/host/heads/headNodes';
import { BY_LAYER } from '../../../src/host/heads/headOrder';
import type { Plan } from '../../../src/protocol/trace';
import { translator } from '../../../src/language/translate';
import { plan, profiles } from './headFixture';
import { decoderPlan, wordPlan } from './wordFixture';

const t = translator({});
const list: HeadList = {
  plan,
  profiles,
  order: BY_LAYER,
  chosen: { stack: 'encoder', layer: 1, head: 'mean' },
  colourScale: 'relative',
};
const byPrevious: HeadList = { ...list, order: { by: 'previous', reversed: false } };

const labels = (nodes: readonly HeadNode[], { order }: HeadList): string[] =>
  nodes.map((node) => headLine(node, order, t).label);

describe('nodes of the heads view', () => {
  it('are stacks, layers and heads, with what sums them up', () => {
    const roots = rootsOf(list);
    assert.deepEqual(labels(roots, list), ['Encoder', 'Decoder', 'Cross']);
    const layers = childrenOf(roots[0]!, list);
    assert.deepEqual(labels(layers, list), ['Layer 0', 'Layer 1', 'All layers']);
    const heads = labels(childrenOf(layers[1]!, list), list);
    assert.deepEqual(heads, ['E1·mean', 'E1·max', 'E1·H0', 'E1·H1']);
    const all = labels(childrenOf(layers[2]!, list), list);
    assert.deepEqual(all, ['E all layers·mean', 'E all layers·max']);
  });

  it('are only those of stacks that the model has', () => {
    const roots = (of: Plan): readonly string[] => labels(rootsOf({ ...list, plan: of }), list);
    assert.deepEqual(roots(wordPlan), ['Encoder']);
    assert.deepEqual(roots(decoderPlan), ['Decoder']);
  });

  it('lead from a head up to its stack, by the ids that the way down has', () => {
    const head = nodeOf({ stack: 'encoder', layer: 1, head: 1 }, list);
    const [stack] = rootsOf(list);
    const layer = childrenOf(stack!, list)[1];
    assert.equal(head?.id, childrenOf(layer!, list)[3]?.id);
    assert.equal(head?.parent?.id, layer?.id);
    assert.equal(head?.parent?.parent?.id, stack?.id);
  });

  it('are heads in their order by a measure, then how many have none', () => {
    const nodes = labels(rootsOf({ ...byPrevious, chosen: profiles[0]! }), byPrevious);
    const heads = ['E0·H1', 'D0·H0', 'D0·H1', 'E0·H0', 'E1·H0', 'E1·H1'];
    assert.deepEqual(nodes, [...heads, '2 heads have no such measure']);
  });

  it('have where the reader stands in every list: a mean, a head without the measure', () => {
    assert.equal(labels(rootsOf(byPrevious), byPrevious)[0], 'E1·mean');
    const chosen = { stack: 'cross', layer: 0, head: 1 } as const;
    assert.equal(labels(rootsOf({ ...byPrevious, chosen }), byPrevious)[0], 'C0·H1');
    assert.equal(nodeOf(chosen, { ...byPrevious, chosen })?.id, 'cross/0/1');
  });

  it('are none by a measure before anything is known', () => {
    assert.deepEqual(rootsOf({ ...byPrevious, profiles: [] }), []);
  });

  it('show number, bar and colour of the measure, and say it without the bar', () => {
    const [, first] = rootsOf(byPrevious);
    const line = headLine(first!, byPrevious.order, t);
    assert.equal(line.description, '0.83 ━━━━━━━━━━');
    assert.deepEqual(line.icon, { name: 'circle-filled', colour: 'headlight.weight15' });
    assert.equal(line.spoken, 'E0·H1, Previous token 0.83');
    const last = rootsOf(byPrevious).at(-2);
    assert.deepEqual(headLine(last!, byPrevious.order, t).icon, {
      name: 'circle-outline',
      colour: null,
    });
  });

  it('explain every measure in the tooltip, with four decimals', () => {
    const { tooltip } = headLine(rootsOf(byPrevious)[1]!, byPrevious.order, t);
    const rows = tooltip.split('\n').filter((line) => line.startsWith('| '));
    // Head, rule and eight measures.
    assert.equal(rows.length, 10);
    assert.ok(
      tooltip.includes('| 0.8300&nbsp;&nbsp;| Weight on the token right before. |'),
      tooltip,
    );
    assert.ok(tooltip.includes('| 1.2400\u00a0bits&nbsp;&nbsp;|'), tooltip);
    assert.ok(tooltip.includes('| Duplicate\u00a0token | –&nbsp;&nbsp;|'), tooltip);
  });
});
