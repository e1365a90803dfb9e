import assert from 'node:assert/strict';
import { modelCardText } from '../../../src/host/models/modelCardText';
import { modelFacts, type ModelFact } from '../../../src/host/models/modelSheet';
import { translator } from '../../../src/language/translate';
import type { ModelSummary } from '../../../src/protocol/trace';
import { LANGUAGE, translations } from '../../manifest/translations';
import { decoderModel, encoderModel } from './wordFixture';

const t = translator({});
const chinese = translator(Object.fromEntries(translations(LANGUAGE)));

const sheet = (summary: ModelSummary, locale = 'en', words = t): ReadonlyMap<string, string> =>
  new Map(modelFacts(summary, locale, words).map(({ name, value }) => [name, value]));

/** A model with all there can be. */
const rich: ModelSummary = {
  ...decoderModel,
  ...{ dModel: 4096, headWidth: 128, vocabulary: 151_936, parameters: 7_615_616_512 },
  keyValueHeads: { encoder: 0, decoder: 1 },
  dFeedForward: { encoder: 0, decoder: 14_336 },
  positions: null,
  trainedPositions: 32_768,
  positionKind: {
    ...{ kind: 'rotary', dimensions: 64, headWidth: 128, interleaved: false },
    ...{ base: 500_000, scaling: 'llama3' },
  },
  windows: [null, 4096, null],
  activation: 'silu',
  tied: false,
  weightDtype: 'BF16',
  weightBytes: 15_231_233_024,
  unusedTensors: { names: ['a.weight', 'b.bias'], count: 7 },
};

describe('the facts of a model', () => {
  it('name everything the engine told, numbers as the reader writes them', () => {
    assert.deepEqual(
      [...sheet(rich)],
      [
        ['Family', 'gpt2'],
        ['Class', 'GPT2LMHeadModel'],
        ['Architecture', 'decoder'],
        ['Task', 'predicts the next token'],
        ['Layers', '3'],
        ['Heads', '2'],
        ['Heads of keys and values', '1'],
        ['Width of a head (d_k)', '128'],
        ['Width (d_model)', '4,096'],
        ['Inner width (d_ff)', '14,336'],
        [
          'Position encoding',
          'rotation of queries and keys, base 500,000, 64 of 128 dimensions, scaled (llama3)',
        ],
        ['Made for texts of so many tokens', '32,768'],
        ['Window of attention', '4,096 tokens in 1 of 3 layers'],
        ['Layer norms', 'before each sub-layer'],
        ['Activation', 'silu'],
        ['Vocabulary', '151,936'],
        ['Parameters', '7,615,616,512'],
        ['Weights stored as', 'BF16'],
        ['Size of the weights', '15.2 GB'],
        ['Output shares the embeddings', 'no'],
        ['Tensors that are not used', 'a.weight, b.bias and 5 more'],
      ],
    );
    assert.equal(sheet(rich, 'de').get('Width (d_model)'), '4.096');
  });

  it('leave out what is not known and what the model has not', () => {
    const bare = sheet({
      ...encoderModel,
      ...{ className: '', tied: null, positions: null, trainedPositions: null, maskToken: null },
    });
    const absent = [
      'Class',
      'Output shares the embeddings',
      'Longest text in tokens',
      'Made for texts of so many tokens',
      'Labels',
      'Mask',
      'Window of attention',
      'Languages',
      'Tensors that are not used',
    ];
    assert.deepEqual(
      absent.filter((name) => bare.has(name)),
      [],
    );
    assert.equal(sheet(encoderModel).get('Mask'), '[MASK]');
    assert.equal(sheet(encoderModel).get('Longest text in tokens'), '16');
    assert.equal(sheet({ ...encoderModel, task: null }).get('Task'), 'none (base model)');
  });

  it('list labels, many of them as far as they can be read', () => {
    const labels = Array.from({ length: 28 }, (_, i) => `L${i}`);
    const words = sheet({ ...encoderModel, task: 'sequenceLabels', labels }).get('Labels') ?? '';
    assert.ok(words.endsWith(', L18, L19 and 8 more'), words);
    const few = sheet({ ...encoderModel, labels: ['NEGATIVE', 'POSITIVE'] });
    assert.equal(few.get('Labels'), 'NEGATIVE, POSITIVE');
  });

  it('speak Chinese, but for names of the model’s own', () => {
    const kinds: readonly ModelSummary['positionKind'][] = [
      { kind: 'sinusoidal', layout: 'halves' },
      { kind: 'learned' },
      { kind: 'alibi' },
      { kind: 'relativeBias', buckets: 32, maxDistance: 128 },
      rich.positionKind,
    ];
    for (const positionKind of kinds)
      for (const normPlacement of ['pre', 'post', 'parallel'] as const) {
        const facts = sheet({ ...rich, positionKind, normPlacement }, 'zh-cn', chinese);
        const own = new Set([
          '模型家族',
          '类',
          '激活函数',
          '权重存储格式',
          '权重大小',
          '未使用的张量',
        ]);
        for (const [name, value] of facts)
          if (!own.has(name))
            assert.doesNotMatch(
              `${name} ${value}`.replaceAll(/\((?:RoPE|ALiBi|d_\w+)\)|llama3/g, ''),
              /[A-Za-z]{2,}/,
            );
      }
  });
});

describe('the card of a model without README', () => {
  const card = (...facts: readonly ModelFact[]): string =>
    modelCardText('my|model', '/m', facts, t);

  it('is a table of its facts, under its name', () => {
    assert.deepEqual(card({ name: 'Layers', value: '2 + 1' }).split('\n'), [
      '# my&#124;model',
      '',
      'The folder has no README.md: this is what Headlight read from its files.',
      '',
      '| What | Value |',
      '| :- | :- |',
      '| Layers | 2 + 1 |',
      '| Folder | /m |',
      '',
    ]);
  });

  it('shows what the model’s files say as it is written, and does nothing with it', () => {
    const hostile =
      '<img src=x onerror=1> [x](command:y) ![](http://a.example/p) `a` **b** c|d\n# e www.evil.example \u202e';
    const line = card({ name: 'Labels', value: hostile }).split('\n')[6] ?? '';
    assert.doesNotMatch(line.replaceAll(/&#\d+;/g, ''), /[<>[\]()`*!]|:\/\/|www\.|\u202e/);
    assert.equal(line.split('|').length, 4, 'one cell');
    assert.ok(!card({ name: 'Labels', value: 'a\n\n# b' }).includes('\n# b'));
  });
});
