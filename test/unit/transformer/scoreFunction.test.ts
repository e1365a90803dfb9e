// Scores of another kind, recomputed in float64 from the queries and keys that a probe sees.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { alibiSlopes } from '../../../src/transformer/positions/alibi';
import { bucketOf } from '../../../src/transformer/positions/relativeBias';
import type { HookName } from '../../../src/transformer/probe';
import { scoresBy, type ScoreFunction } from '../../../src/transformer/scoreFunction';
import { tokenBatch } from '../../../src/transformer/sequence';
import type { Stack } from '../../../src/transformer/stack';
import type { Transformer } from '../../../src/transformer/transformer';
import { useWasm } from '../../support/wasm';
import { describeModels } from './smallModels';
import { both, IDS, smallPass, type SmallPass } from './smallPass';

const MODELS = [
  ...['aiayn', 'marian', 'bert', 'gpt2', 'gpt_neo', 'llama', 'qwen3', 't5'].map(
    (name) => `reference/${name}`,
  ),
  'variants/bloom-3heads-untied',
];
const KINDS: readonly ScoreFunction[] = ['dot', 'cosine', 'additive'];
/** The only head that changes, where not all do. */
const HEAD = 1;
/** Beyond any score: the mask was added. */
const FORBIDDEN = -3e38;
const PADDED = 2;

type Vector = ArrayLike<number>;
const sumOf = (q: Vector, term: (i: number) => number): number =>
  Array.from(q, (_, i) => term(i)).reduce((sum, one) => sum + one, 0);

/** The score, and how far float32 may be from it: 1e-6 of the sizes that are summed. */
function wantedOf(kind: ScoreFunction | 'trained', q: Vector, k: Vector, scale: number) {
  const size = sumOf(q, (i) => Math.abs(q[i]! * k[i]!));
  const dot = sumOf(q, (i) => q[i]! * k[i]!);
  const lengths = Math.sqrt(sumOf(q, (i) => q[i]! ** 2) * sumOf(k, (i) => k[i]! ** 2));
  const root = Math.sqrt(q.length);
  const tanh = (i: number): number => Math.tanh(q[i]! + k[i]!);
  switch (kind) {
    case 'trained':
      return { score: dot * scale, size: size * scale };
    case 'dot':
      return { score: dot, size };
    case 'cosine':
      return { score: dot / lengths, size: size / lengths };
    case 'additive':
      return { score: sumOf(q, tanh) / root, size: sumOf(q, (i) => Math.abs(tanh(i))) / root };
  }
}

/** What positions add to a score of self-attention. */
function biasOf(stack: Stack, head: number, query: number, key: number): number {
  const { positions, heads } = stack.config;
  // Padding is on the left: real keys count from 0 after it.
  if (positions.kind === 'alibi') return alibiSlopes(heads)[head]! * (key - PADDED);
  if (positions.kind !== 'relativeBias') return 0;
  return stack.parts.relativeBias![bucketOf(key - query, positions) * heads + head]!;
}

describeModels('score functions', MODELS, (model, folder) => {
  const padded = folder.startsWith('variants');
  const mask = [IDS.map((_, i) => (padded && i < PADDED ? 0 : 1))];

  for (const kind of KINDS)
    for (const heads of [null, new Set([HEAD])])
      it(`${kind}, ${heads ? 'one head of each attention' : 'all heads'}`, async () => {
        const names = attentions(model());
        const scoreFunctions = new Map(names.map(({ name }) => [name, { function: kind, heads }]));
        const { values, shapes } = await smallPass(model(), {
          source: tokenBatch([IDS], { mask }),
          variations: both({ scoreFunctions }),
          sees: (name) => /\.(hook_(rot_)?[qk]|scores|pattern)$/.test(name),
        });
        for (const named of names) compareScores(named, values, shapes, { kind, heads, padded });
      });
});

interface Named {
  readonly name: HookName;
  readonly stack: Stack;
  readonly layer: number;
  readonly crosses: boolean;
}

/** Every attention of a model. */
function attentions({ encoder, decoder }: Transformer): Named[] {
  return [encoder, decoder].flatMap((stack): Named[] =>
    (stack?.parts.blocks ?? []).flatMap(({ name, parts }, layer): Named[] => {
      const own = { name: `${name}.attn`, stack: stack!, layer, crosses: false };
      const across = { ...own, name: `${name}.cross_attn`, crosses: true };
      return parts.cross ? [own, across] : [own];
    }),
  );
}

interface Comparison {
  readonly kind: ScoreFunction;
  readonly heads: ReadonlySet<number> | null;
  /** The first tokens are padding. */
  readonly padded: boolean;
}

/** Every score of an attention against the queries and keys it is made of. */
function compareScores(
  named: Named,
  values: SmallPass['values'],
  shapes: SmallPass['shapes'],
  { kind, heads, padded }: Comparison,
): void {
  const { name, stack, layer, crosses } = named;
  const { headWidth, keyValueHeads, scoreScale, positions } = stack.config;
  const at = (point: string): Float32Array => values.get(`${name}.${point}`)!;
  const turned = positions.kind === 'rotary' && !crosses ? 'rot_' : '';
  const [queries, keys] = [at(`hook_${turned}q`), at(`hook_${turned}k`)]; // [1, position, head, d_k]
  const [, count = 0, length = 0, span = 0] = shapes.get(`${name}.scores`)!;
  const vector = (all: Float32Array, row: number): Float32Array =>
    all.subarray(row * headWidth, (row + 1) * headWidth);
  for (const [i, score] of at('scores').entries()) {
    const head = Math.floor(i / (length * span));
    const [query, key] = [Math.floor(i / span) % length, i % span];
    const where = `${name} head ${head} ${query}→${key}`;
    if (!maySee(named, query, key) || (padded && key < PADDED)) {
      assert.ok(score < FORBIDDEN, `${where} is not masked: ${score}`);
      if (query >= PADDED) assert.equal(at('pattern')[i], 0, where);
      continue;
    }
    const shared = Math.floor(head / (count / keyValueHeads));
    const q = vector(queries, query * count + head);
    const k = vector(keys, key * keyValueHeads + shared);
    const changed = heads?.has(head) ?? true;
    const wanted = wantedOf(changed ? kind : 'trained', q, k, scoreScale(layer));
    const bias = crosses ? 0 : biasOf(stack, head, query, key);
    const error = Math.abs(score - (wanted.score + bias));
    const bound = 1e-6 * (wanted.size + Math.abs(bias));
    assert.ok(error <= bound, `${where}: ${error} > ${bound}`);
  }
}

/** What the masks let a query see, but for padding. */
function maySee({ stack, layer, crosses }: Named, query: number, key: number): boolean {
  if (crosses || stack.kind === 'encoder') return true;
  const window = stack.config.window(layer) ?? Number.POSITIVE_INFINITY;
  return key <= query && key > query - window;
}

describe('scores by another function', () => {
  before(useWasm);
  afterEach(() => assert.equal(tf.memory().numTensors, 0));

  const additiveOf = (largest: number): void => {
    const [queries, keys, d] = [70, 200, 32];
    const number = (i: number): number => Math.sin(i * 12.9898) * largest;
    const q = Float32Array.from({ length: queries * d }, (_, i) => number(i));
    const k = Float32Array.from({ length: d * keys }, (_, i) => number(i + 7));
    const scores = tf.tidy(() =>
      scoresBy('additive', tf.tensor2d(q, [queries, d]), tf.tensor2d(k, [d, keys]), 1)
        .dataSync<'float32'>()
        .slice(),
    );
    assert.equal(scores.length, queries * keys);
    for (let i = 0; i < scores.length; i += 97) {
      const [query, key] = [Math.floor(i / keys), i % keys];
      const one = q.subarray(query * d, (query + 1) * d);
      const other = Float32Array.from({ length: d }, (_, j) => k[j * keys + key]!);
      const { score, size } = wantedOf('additive', one, other, 1);
      assert.ok(Math.abs(scores[i]! - score) <= 1e-6 * size, `${query}→${key}`);
    }
  };

  it('additive: many queries and keys', () => additiveOf(2));
  it('additive: numbers that are 0 but for rounding', () => additiveOf(1e-6));
  it('additive: numbers whose exponentials no float64 holds', () => additiveOf(1000));

  it('cosine: 0 beside a vector of length 0', () => {
    const scores = tf.tidy(() => [
      ...scoresBy(
        'cosine',
        tf.tensor2d([
          [0, 0],
          [3, 4],
        ]),
        tf.tensor2d([
          [4, 0],
          [3, 0],
        ]),
        0.5,
      ).dataSync(),
    ]);
    assert.deepEqual(
      scores.map((one) => Math.round(one * 1e6) / 1e6),
      [0, 0, 0.96, 0],
    );
  });
});
