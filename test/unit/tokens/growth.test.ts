import assert from 'node:assert/strict';
import path from 'node:path';
import type { Tokenizer } from '../../../src/tokens/tokenizer';
import { readSets, readTokenizer } from '../../parity/tokens/referenceRows';

const root = process.cwd();
const sets = [
  ...readSets(path.join(root, 'test/fixtures/tokenizers')),
  { name: 'translate-en', tokenizer: readTokenizer(path.join(root, 'media/models/translate-en')) },
];

const texts: Readonly<Record<string, string>> = {
  'English, French, emoji':
    "The animal didn't cross the street. L'été, déjà — “non” 👩‍🚀 ﬁ ① e\u0301. ",
  Chinese: '我的猪避开了马路，因为它太慢了。',
  'one endless word': 'x',
  // Not all on one letter: ordering them is quadratic in ICU itself (half a second for 50,000).
  'letters under many marks': `e${'\u0301\u0327'.repeat(20)}`,
};

/** Four times the text may take this many times as long: 4 if linear, 16 if quadratic. */
const allowedGrowth = 10;
const small = 3000;

/** Enough that one of them has the machine to itself. */
const rounds = 7;

function once(tokenizer: Tokenizer, text: string): number {
  const start = performance.now();
  const { ids } = tokenizer.encode(text, { special: true });
  tokenizer.decode(ids);
  return performance.now() - start;
}

/** Fastest of a few runs each, in turn: what else the machine does only ever adds. */
function growthOf(tokenizer: Tokenizer, short: string): number {
  let [fastest, fastestLong] = [Infinity, Infinity];
  for (let round = 0; round < rounds; round++) {
    fastest = Math.min(fastest, once(tokenizer, short));
    fastestLong = Math.min(fastestLong, once(tokenizer, short.repeat(4)));
  }
  return fastestLong / fastest;
}

describe('time grows with the length of the text, not with its square', () => {
  for (const { name, tokenizer } of sets)
    for (const [kind, text] of Object.entries(texts))
      it(`${name}: ${kind}`, () => {
        const short = text.repeat(Math.ceil(small / text.length));
        once(tokenizer, short);
        const growth = growthOf(tokenizer, short);
        assert.ok(
          growth < allowedGrowth,
          `four times the text took ${growth.toFixed(1)} times as long`,
        );
      }).timeout(20_000);
});
