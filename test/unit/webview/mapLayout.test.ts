// The map's boxes and where they stand, for each way a model may be built.
import assert from 'node:assert/strict';
import type { StackStructure, Structure } from '../../../src/protocol/structure';
import type { ModelSummary } from '../../../src/protocol/trace';
import { boxAfterKey } from '../../../webview/map/boxKeys';
import { mapBoxes } from '../../../webview/map/boxes';
import type { Placed } from '../../../webview/map/column';
import { mapLayout } from '../../../webview/map/layout';
import { modelOf } from '../../support/traceParts';

const stack = (rest: Partial<StackStructure> = {}): StackStructure => ({
  embedding: {
    vocabulary: 8000,
    width: 256,
    scale: 16,
    positions: 512,
    types: 0,
    normalised: false,
    projected: null,
  },
  norm: 'layer',
  sharesNorm: false,
  finalNorm: false,
  outProjection: null,
  distinctBlocks: 3,
  ...rest,
});

const head: NonNullable<Structure['head']> = {
  task: 'nextToken',
  reads: 'all',
  transform: null,
  outputs: 8000,
  tied: true,
  probabilities: 'softmax',
};

const structureOf = (rest: Partial<Structure>): Structure => ({
  encoder: null,
  decoder: null,
  head,
  sharedEmbeddings: false,
  parameters: [],
  unusedParameters: 0,
  ...rest,
});

const bare = { ...stack().embedding, scale: 1, positions: null };
const rotary = {
  kind: 'rotary',
  dimensions: 32,
  headWidth: 32,
  interleaved: false,
  base: 10_000,
  scaling: 'default',
} as const;

const MODELS: Readonly<Record<string, readonly [Structure, ModelSummary]>> = {
  paper: [structureOf({ encoder: stack(), decoder: stack() }), modelOf()],
  bert: [
    structureOf({
      encoder: stack({ embedding: { ...stack().embedding, scale: 1, types: 2, normalised: true } }),
      head: { ...head, task: 'maskedToken', transform: { width: 256, normalised: true } },
    }),
    modelOf({ architecture: 'encoder', layers: { encoder: 12, decoder: 0 } }),
  ],
  llama: [
    structureOf({ decoder: stack({ embedding: bare, norm: 'rms', finalNorm: true }) }),
    modelOf({
      architecture: 'decoder',
      layers: { encoder: 0, decoder: 80 },
      normPlacement: 'pre',
      positionKind: rotary,
    }),
  ],
  t5: [
    structureOf({
      encoder: stack({ embedding: bare, norm: 'rms', finalNorm: true }),
      decoder: stack({ embedding: bare, norm: 'rms', finalNorm: true }),
    }),
    modelOf({
      normPlacement: 'pre',
      positionKind: { kind: 'relativeBias', buckets: 32, maxDistance: 128 },
    }),
  ],
  gptj: [
    structureOf({ decoder: stack({ embedding: bare, sharesNorm: true, finalNorm: true }) }),
    modelOf({
      architecture: 'decoder',
      layers: { encoder: 0, decoder: 2 },
      normPlacement: 'parallel',
      positionKind: rotary,
    }),
  ],
  neox: [
    structureOf({ decoder: stack({ embedding: bare, finalNorm: true }) }),
    modelOf({
      architecture: 'decoder',
      layers: { encoder: 0, decoder: 2 },
      normPlacement: 'parallel',
      positionKind: rotary,
    }),
  ],
};

const layoutOf = (name: string) => {
  const [structure, model] = MODELS[name]!;
  const halves = mapBoxes(structure, model);
  const layout = mapLayout(halves, model);
  return { halves, layout };
};

const kinds = (name: string): string[] =>
  layoutOf(name).halves.flatMap(({ before, block, after }) =>
    [...before, ...block, ...after].map(({ key }) => key),
  );

const overlap = (a: Placed, b: Placed): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('the map of a model', () => {
  it('has the boxes of figure 1 for the paper’s model', () => {
    assert.deepEqual(kinds('paper'), [
      'encoder.tokens',
      'encoder.positions',
      'encoder.embeddingSum',
      'encoder.attention.attention',
      'encoder.addNorm.attention',
      'encoder.feedForward.feedForward',
      'encoder.addNorm.feedForward',
      'decoder.tokens',
      'decoder.positions',
      'decoder.embeddingSum',
      'decoder.attention.attention',
      'decoder.addNorm.attention',
      'decoder.cross.cross',
      'decoder.addNorm.cross',
      'decoder.feedForward.feedForward',
      'decoder.addNorm.feedForward',
      'decoder.linear',
      'decoder.probabilities',
      'decoder.choice',
    ]);
  });

  it('normalises where the model does, and puts positions where they act', () => {
    assert.deepEqual(kinds('llama').slice(0, 6), [
      'decoder.tokens',
      'decoder.norm.attention',
      'decoder.positions.attention',
      'decoder.attention.attention',
      'decoder.add.attention',
      'decoder.norm.feedForward',
    ]);
    assert.equal(kinds('gptj').filter((key) => key.includes('norm.')).length, 1);
    assert.equal(kinds('neox').filter((key) => key.includes('norm.')).length, 2);
    assert.equal(kinds('neox').filter((key) => key.includes('.add.')).length, 1);
    assert.ok(kinds('bert').includes('encoder.embeddingNorm'));
  });

  for (const name of Object.keys(MODELS))
    it(`${name}: nothing overlaps, all is within the picture, every box is named once`, () => {
      const { layout, halves } = layoutOf(name);
      const { placed, left, top, width, height } = layout;
      const keys = halves.flatMap(({ before, block, after }) =>
        [...before, ...block, ...after].map(({ key }) => key),
      );
      assert.deepEqual(placed.map(({ box }) => box.key).sort(), [...keys].sort());
      assert.equal(new Set(keys).size, keys.length);
      for (const [i, one] of placed.entries()) {
        for (const other of placed.slice(i + 1))
          assert.ok(!overlap(one, other), `${one.box.key} covers ${other.box.key}`);
        assert.ok(one.x >= left && one.x + one.width <= left + width, one.box.key);
        assert.ok(one.y >= top && one.y + one.height <= top + height, one.box.key);
      }
    });

  it('links the encoder’s output to keys and values, in models of two stacks only', () => {
    const links = (name: string) =>
      layoutOf(name).layout.wires.filter(({ part }) => part === 'link').length;
    assert.deepEqual([links('paper'), links('t5'), links('bert'), links('llama')], [2, 2, 0, 0]);
  });

  it('walks from box to box by arrow keys, and never off the map', () => {
    const { placed } = layoutOf('paper').layout;
    const from = (start: string, ...keys: string[]): string =>
      keys.reduce((at, key) => boxAfterKey(key, placed, at) ?? at, start);
    assert.equal(from('encoder.attention.attention', 'ArrowUp'), 'encoder.addNorm.attention');
    assert.equal(from('encoder.attention.attention', 'ArrowRight'), 'decoder.attention.attention');
    assert.equal(from('decoder.tokens', 'ArrowLeft'), 'encoder.tokens');
    assert.equal(from('decoder.cross.cross', 'Home'), 'decoder.tokens');
    assert.equal(from('decoder.cross.cross', 'End', 'ArrowUp'), 'decoder.choice');
    assert.equal(from('encoder.tokens', 'ArrowDown'), 'encoder.tokens');
    const reached = new Set<string>();
    for (let at = 'decoder.tokens', next = ''; next !== at;) {
      reached.add(at);
      next = at;
      at = from(at, 'ArrowUp');
    }
    assert.equal(reached.size, placed.filter(({ box }) => box.half === 'decoder').length);
    const beside = layoutOf('gptj').layout.placed;
    assert.equal(
      boxAfterKey('ArrowRight', beside, 'decoder.attention.attention'),
      'decoder.feedForward.feedForward',
    );
  });
});
