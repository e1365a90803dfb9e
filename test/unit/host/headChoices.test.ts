import assert from 'node:assert/strict';
import { headOffers, matches } from '../../../src/host/heads/headChoices';
import { tellingWords } from '../../../src/host/heads/measures';
import { translator } from '../../../src/language/translate';
import { plan, profile, profiles } from './headFixture';
import { decoderPlan } from './wordFixture';

const t = translator({});
const offers = headOffers(plan, profiles, t);
const found = (typed: string): string[] =>
  offers.filter((offer) => matches(offer, typed)).map(({ name }) => name);

describe('what a head does, in a few words', () => {
  const says = (measures: Parameters<typeof profile>[3]): string =>
    tellingWords(profile('encoder', 0, 0, measures), t);

  it('is where most attention goes and how sharp it is', () => {
    assert.equal(says({ previous: 0.834, entropy: 1.24 }), 'previous token 0.83 · 1.2 bits');
    assert.equal(
      says({ previous: 0.4, self: 0.5 }),
      'itself 0.50 · previous token 0.40 · 2.0 bits',
    );
  });

  it('is only how sharp it is where attention goes nowhere in particular', () => {
    assert.equal(says({}), '2.0 bits');
  });

  it('names at most two places', () => {
    assert.equal(
      says({ previous: 0.31, self: 0.32, special: 0.33 }),
      'special tokens 0.33 · itself 0.32 · 2.0 bits',
    );
  });
});

describe('Go to Head', () => {
  it('offers all heads, and mean and maximum of each layer and over the layers', () => {
    // Per layer two heads and two summaries; per stack two summaries over its layers.
    assert.equal(offers.length, 4 * 4 + 3 * 2);
    assert.equal(new Set(offers.map(({ name }) => name)).size, offers.length);
  });

  it('finds a head by its name as one types it', () => {
    for (const typed of ['e1h0', 'E1·H0', 'e1 h0', ' e1h0 '])
      assert.deepEqual(found(typed), ['E1·H0']);
  });

  it('finds heads by what they do, and by layer', () => {
    assert.deepEqual(found('previous'), ['E0·H1', 'D0·H0', 'D0·H1']);
    assert.deepEqual(found('previous enc'), ['E0·H1']);
    assert.deepEqual(found('decoder 0 mean'), ['D0·mean']);
    assert.deepEqual(found('all layers mean encoder'), ['E all layers·mean', 'E all layers·max']);
    assert.deepEqual(found('0.83'), ['E0·H1']);
  });

  it('finds everything for nothing, and nothing for what is not there', () => {
    assert.equal(found('').length, offers.length);
    assert.deepEqual(found('e7'), []);
  });

  it('offers heads also before it is known what they do', () => {
    assert.ok(headOffers(plan, [], t).every(({ says }) => says === ''));
  });

  it('offers only the stacks that the model has', () => {
    const names = headOffers(decoderPlan, [], t).map(({ name }) => name);
    // Three layers of two heads, their means and maxima, and those over all layers.
    assert.equal(names.length, 3 * 4 + 2);
    assert.ok(names.every((name) => name.startsWith('D')));
  });
});
