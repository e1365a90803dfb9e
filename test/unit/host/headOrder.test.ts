import assert from 'node:assert/strict';
import * as v from 'valibot';
import {
  BY_LAYER,
  chooseOrder,
  headOrderSchema,
  orderWords,
  sortHeads,
  strengthOf,
  type HeadOrder,
} from '../../../src/host/heads/headOrder';
import { allMeasures, measuresOf } from '../../../src/host/heads/measures';
import { translator } from '../../../src/language/translate';
import type { HeadMeasure } from '../../../src/protocol/headProfile';
import { profiles } from './headFixture';

const t = translator({});

const sorted = (order: HeadOrder): (number | null)[] =>
  order.by === 'layer' ? [] : sortHeads(profiles, order.by, order).map(({ value }) => value);

describe('order of heads', () => {
  it('puts the largest first, and leaves out what has no such measure', () => {
    const order = { by: 'previous', reversed: false } as const;
    assert.deepEqual(sorted(order), [0.83, 0.5, 0.4, 0.2, 0.2, 0]);
    assert.deepEqual(sorted({ ...order, reversed: true }), [0, 0.2, 0.2, 0.4, 0.5, 0.83]);
  });

  it('puts the sharpest first', () => {
    assert.equal(sorted({ by: 'entropy', reversed: false })[0], 0.5);
    assert.equal(sorted({ by: 'entropy', reversed: true })[0], 3);
  });

  it('keeps equal heads as the model is built, in both directions', () => {
    for (const reversed of [false, true]) {
      const equal = sortHeads(profiles, 'previous', { by: 'previous', reversed })
        .filter(({ value }) => value === 0.2)
        .map(({ profile }) => profile.layer);
      assert.deepEqual(equal, [0, 1]);
    }
  });

  it('turns round when it is chosen again, and begins anew with another measure', () => {
    const once = chooseOrder(BY_LAYER, 'previous');
    assert.deepEqual(once, { by: 'previous', reversed: false });
    const twice = chooseOrder(once, 'previous');
    assert.deepEqual(twice, { by: 'previous', reversed: true });
    assert.deepEqual(chooseOrder(twice, 'previous'), once);
    assert.deepEqual(chooseOrder(twice, 'entropy'), { by: 'entropy', reversed: false });
    assert.deepEqual(chooseOrder(BY_LAYER, 'layer'), BY_LAYER);
  });

  it('says what it is', () => {
    const words = (order: HeadOrder): string => orderWords(order, t);
    assert.equal(words(BY_LAYER), 'by layer');
    assert.equal(words({ by: 'previous', reversed: false }), 'Previous token, largest first');
    assert.equal(words({ by: 'entropy', reversed: false }), 'Entropy, smallest first');
    assert.equal(words({ by: 'entropy', reversed: true }), 'Entropy, largest first');
  });

  it('is taken from the workspace only if it is one', () => {
    assert.ok(v.safeParse(headOrderSchema, { by: 'self', reversed: true }).success);
    for (const other of [undefined, { by: 'toString', reversed: false }, { by: 'self' }, 'self'])
      assert.ok(!v.safeParse(headOrderSchema, other).success);
  });

  it('colours shares by themselves or by the largest in the list', () => {
    const strength = (measure: HeadMeasure, scale: 'relative' | 'absolute'): number =>
      strengthOf(measure, 0.2, 0.4, scale);
    assert.equal(strength('previous', 'relative'), 0.5);
    assert.equal(strength('previous', 'absolute'), 0.2);
    assert.equal(strength('distance', 'absolute'), 0.5);
    assert.equal(strength('entropy', 'absolute'), 0.5);
    assert.equal(strengthOf('entropy', 0, 0, 'relative'), 1);
    assert.equal(strengthOf('previous', 0, 0, 'relative'), 0);
  });

  it('offers no measure that no head of the model can have', () => {
    assert.ok(!measuresOf('decoder').includes('next'));
    assert.deepEqual(measuresOf('encoder'), allMeasures);
    assert.deepEqual(measuresOf('encoderDecoder'), allMeasures);
  });
});
