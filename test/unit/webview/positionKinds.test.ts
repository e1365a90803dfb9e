import assert from 'node:assert/strict';
import { translator } from '../../../src/language/translate';
import type { Positions } from '../../../src/protocol/trace';
import { biasAt } from '../../../webview/positions/biasSight';
import { bucketRuns, distanceWords } from '../../../webview/positions/biasRuns';
import { Pieces } from '../../../webview/positions/pieces';
import { isAdded, whereTheyAct } from '../../../webview/positions/positionKind';
import {
  degreesBetween,
  dimensionsOfPair,
  firstPairs,
  pairCount,
  rotaryWords,
  wavelengthWords,
  type Rotary,
} from '../../../webview/positions/rotaryPairs';
import { largestAmount, limitWithin } from '../../../webview/positions/valueRange';

const t = translator({});
const rotary = (rest: Partial<Rotary> = {}): Rotary => ({
  kind: 'rotary',
  dimensions: 32,
  headWidth: 64,
  interleaved: false,
  base: 10_000,
  scaling: 'default',
  ...rest,
});

describe('rotary pairs', () => {
  it('names the two dimensions of a pair in both layouts', () => {
    assert.equal(pairCount(rotary()), 16);
    assert.deepEqual(dimensionsOfPair(rotary(), 3), [3, 19]);
    assert.deepEqual(dimensionsOfPair(rotary({ interleaved: true }), 3), [6, 7]);
  });

  it('begins with different pairs, however few there are', () => {
    assert.deepEqual(firstPairs(rotary()), [0, 2, 4, 8]);
    assert.deepEqual(firstPairs(rotary({ dimensions: 4 })), [0, 1]);
  });

  it('leaves full turns out of an angle, in both directions', () => {
    assert.equal(degreesBetween(0, 1), 0);
    assert.equal(degreesBetween(1, Math.PI / 2), 90);
    assert.equal(degreesBetween(5, Math.PI / 2), 90);
    assert.equal(degreesBetween(-1, Math.PI / 2), 270);
  });

  it('tells wavelengths, endless ones among them', () => {
    assert.equal(wavelengthWords(1), '6.28');
    assert.equal(wavelengthWords(1e-4), '62832');
    assert.equal(wavelengthWords(0), '∞');
  });

  it('says which dimensions are turned, and what was scaled', () => {
    const words = (rest: Partial<Rotary>, factor = 1): string =>
      rotaryWords(rotary(rest), factor, t).join(' ');
    assert.match(words({}), /0–31 are turned; 32–63 are not/);
    assert.match(words({}), /not scaled/);
    assert.match(words({ headWidth: 32 }), /All 32 dimensions/);
    assert.match(words({ scaling: 'llama3' }), /scaled: llama3/);
    assert.match(words({ interleaved: true }), /Neighbouring/);
    assert.doesNotMatch(words({}), /multiplied/);
    assert.match(words({ scaling: 'yarn' }, 1.25), /multiplied by 1\.25/);
  });
});

describe('bias by distance', () => {
  it('joins neighbouring distances of one bucket', () => {
    const runs = bucketRuns(-4, [2, 2, 1, 1, 0, 3]);
    assert.deepEqual(runs, [
      { bucket: 2, from: -4, to: -3 },
      { bucket: 1, from: -2, to: -1 },
      { bucket: 0, from: 0, to: 0 },
      { bucket: 3, from: 1, to: 1 },
    ]);
    assert.deepEqual(runs.map(distanceWords), ['-4 … -3', '-2 … -1', '0', '1']);
  });

  it('finds a number by head and distance, and none beyond the ends of a row', () => {
    const answer = {
      first: -1,
      bias: { shape: [2, 2], data: new ArrayBuffer(16) },
      slopes: null,
      buckets: null,
    };
    const sight = { answer, distances: 2, bias: Float32Array.of(1, 2, 3, 4) };
    assert.equal(biasAt(sight, 0, -1), 1);
    assert.equal(biasAt(sight, 1, 0), 4);
    assert.ok(Number.isNaN(biasAt(sight, 0, 1)), 'not the next head’s first');
    assert.ok(Number.isNaN(biasAt(sight, 1, -2)));
  });
});

describe('colours of positions', () => {
  it('end where nearly all values lie', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) =>
      i < 3 ? 50 : (i % 2 || -1) * 0.5,
    );
    assert.equal(limitWithin(values), 0.5);
    assert.equal(limitWithin(values, 0.999), 50);
    assert.equal(limitWithin(new Float32Array()), 0);
    assert.equal(largestAmount(Float32Array.of(-3, 2)), 3);
  });

  it('only vectors have strips; other kinds say where they act', () => {
    const kinds: Positions[] = [
      { kind: 'sinusoidal', layout: 'halves' },
      { kind: 'learned' },
      rotary(),
      { kind: 'alibi' },
      { kind: 'relativeBias', buckets: 32, maxDistance: 128 },
    ];
    for (const kind of kinds) assert.equal(isAdded(kind), whereTheyAct(kind, t) === null);
    assert.deepEqual(kinds.map(isAdded), [true, true, false, false, false]);
  });
});

describe('Pieces', () => {
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('asks for at most a megabyte at a time, until all is there', async () => {
    const asked: (readonly [number, number])[] = [];
    const width = 1 << 17;
    const pieces: Pieces = new Pieces(
      async (from, to) => {
        asked.push([from, to]);
        return new Float32Array((to - from) * width).fill(from);
      },
      () => pieces.ensure(5, width),
    );
    pieces.ensure(5, width);
    while (pieces.count < 5) await settled();
    assert.deepEqual(asked, [
      [0, 2],
      [2, 4],
      [4, 5],
    ]);
    assert.equal(pieces.row(3)?.[7], 2);
    assert.equal(pieces.whole().length, 5 * width);
  });

  it('drops the answer of an earlier filling', async () => {
    let answer: (rows: Float32Array) => void = () => {};
    const pieces = new Pieces(
      () => new Promise((resolve) => (answer = resolve)),
      () => assert.fail('nothing has changed'),
    );
    pieces.ensure(1, 2);
    pieces.reset();
    answer(Float32Array.of(1, 2));
    await settled();
    assert.equal(pieces.count, 0);
  });
});
