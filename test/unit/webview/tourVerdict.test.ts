// What the tour says of its numbers: no more than they show.
import assert from 'node:assert/strict';
import { translator } from '../../../src/language/translate';
import type { Answer } from '../../../src/protocol/queries';
import type { Effect, Flip } from '../../../src/protocol/studies/tour';
import { pairOf, tourStops } from '../../../src/protocol/studies/tourSentences';
import { sentenceDifference } from '../../../webview/tour/sentenceDifference';
import { flipVerdict, mutingVerdict, pronounVerdict } from '../../../webview/tour/tourVerdict';

const t = translator({});
const PAIR = pairOf(tourStops[0]!);

const flip = (head: number, score: number): Flip => ({
  ...{ stack: 'encoder', layer: 0, head, asker: 'word', score, opposite: -score, control: -1 },
  weights: [
    [score, 0],
    [0, score],
  ],
});
const read = (which: 0 | 1 | null) => ({
  ...{ word: [5, 5], last: [7, 7], output: 'x' },
  nouns: [
    [1, 1],
    [3, 3],
  ],
  pronoun:
    which === null ? null : { which, token: 4, looks: { nouns: [0.1, 0.2], word: 0.3, last: 0.4 } },
});
const found = (
  scores: readonly number[],
  control = 0,
  pronouns: readonly (0 | 1 | null)[] = [0, 1],
) => {
  const flips = scores.map((score, head) => flip(head, score));
  const clear = flips.filter(({ score }) => score >= 0.1);
  return {
    reads: pronouns.map(read),
    flips,
    clear,
    counts: [
      {
        asker: 'word',
        searched: flips.length,
        flips: 0,
        clear: clear.length,
        opposite: 0,
        control,
      },
    ],
  } as unknown as Answer<'tour'>;
};

const effects = (il: number | null, elle: number | null): [Effect, Effect] => [
  { probabilities: [il, 0], output: 'il', pronoun: 0 },
  { probabilities: [0, elle], output: 'elle', pronoun: 1 },
];
const muted = (
  together: [Effect, Effect],
  random: readonly [Effect, Effect][],
  trained = effects(0.9, 0.9),
): Answer<'tourMuting'> => ({
  ...{ trained, together, single: [] },
  draws: random.map((one, seed) => ({ seed, heads: [], effects: one })),
});

describe('the tour’s verdict', () => {
  it('says how many turn, or that the model does not show it', () => {
    assert.match(flipVerdict(found([0.9, 0.2, -0.1]), t), /sentences: 2 of 3\.$/);
    assert.match(
      flipVerdict(found([0.09, -0.1]), t),
      /turns clearly; .* is 0\.0900\. .*not show it/,
    );
    assert.match(flipVerdict(found([-0.01, -0.1]), t), /^None of the 2 heads turns: /);
  });

  it('counts for nothing what turns as often where nothing should', () => {
    assert.match(flipVerdict(found([0.9, 0.2], 1), t), /2 of 2\.$/);
    assert.match(flipVerdict(found([0.9, 0.2], 2), t), /no more than chance/);
  });

  it('says whether the pronoun follows', () => {
    assert.match(pronounVerdict(found([1]), PAIR, t)!, /“il”, then “elle”/);
    assert.match(pronounVerdict(found([1], 0, [0, 0]), PAIR, t)!, /“il” both times/);
    assert.equal(pronounVerdict(found([1], 0, [0, null]), PAIR, t), null);
  });

  it('calls a fall an effect only where it is larger than of every random set', () => {
    const random = [effects(0.8, 0.9), effects(0.7, 0.95)];
    const of = (together: [Effect, Effect], draws = random) =>
      mutingVerdict(muted(together, draws), found([1]), PAIR, t);
    assert.match(of(effects(0.3, 0.9)).meaning, /leans on these heads/);
    assert.match(of(effects(0.9, 0.2)).meaning, /leans on these heads/);
    assert.match(of(effects(0.75, 0.95)).meaning, /no more than random/);
    // Below every random set, but hardly below where it was.
    assert.match(of(effects(0.9, 0.89)).meaning, /no more than random/);
    assert.match(of(effects(0.3, 0.3), []).meaning, /too few other heads/);
    assert.equal(
      of(effects(0.3, 0.9)).numbers,
      'All of them muted (1): P(il) goes from 0.9000 to 0.3000; with random heads muted, to ' +
        '0.7000 – 0.8000. P(elle) goes from 0.9000 to 0.9000; with random heads muted, to 0.9000 – 0.9500.',
    );
  });

  it('compares no probabilities where there are none', () => {
    const none = muted(effects(null, null), [effects(null, null)], effects(null, null));
    assert.match(mutingVerdict(none, found([1]), PAIR, t).meaning, /no single tokens/);
  });
});

describe('what tells two sentences apart', () => {
  it('is what stands between their common beginning and end', () => {
    assert.deepEqual(sentenceDifference(PAIR.sentences), ['tired', 'wide']);
    assert.deepEqual(sentenceDifference(['It was very old.', 'It was rich.']), [
      'very old',
      'rich',
    ]);
  });

  it('is the whole sentence where there is no such word', () => {
    assert.deepEqual(sentenceDifference(['Same.', 'Same.']), ['Same.', 'Same.']);
  });
});
