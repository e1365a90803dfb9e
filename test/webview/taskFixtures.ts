/** Finished runs of models of each position kind and each task, small enough to check by hand. */
import type { ModelSummary, Plan, Positions, Prediction } from '../../src/protocol/trace';
import { modelOf, planWith, specialToken, tokenOf } from '../support/traceParts';
import { patterns, seeded, type Fixture } from './fixture';

/** `un##believ##able` is one word of three tokens; `[MASK]` is special. */
const TEXT = 'Ada Lovelace never met an un believ able [MASK] in London .';
const HEADS = 4;
const WORD_PARTS = new Set(['believ', 'able']);

export function taskFixture(
  model: Partial<ModelSummary>,
  prediction: Prediction | null,
  rest: Partial<Plan> = {},
  text: string = TEXT,
): Fixture {
  const { architecture = 'encoder' } = model;
  const random = seeded(5);
  const layers = 2;
  let at = 0;
  let word = -1;
  const words = text.split(' ').map((label, i) => {
    const start = text.indexOf(label, at);
    at = start + label.length;
    if (!WORD_PARTS.has(label)) word++;
    const span: [number, number] = [start, at];
    const special = label === '[MASK]';
    return tokenOf(label, { id: 1000 + i, span, special, word: special ? null : word, part: 0 });
  });
  const source =
    rest.source ??
    (architecture === 'encoder'
      ? [specialToken('[CLS]', 101), ...words, specialToken('[SEP]', 102)]
      : words);
  const count = source.length;
  const stack = (causal: boolean): number[][][][] =>
    Array.from({ length: layers }, () =>
      Array.from({ length: HEADS }, () => patterns(random, count, count, causal)),
    );
  const sizes = (size: number): ModelSummary['layers'] => ({
    encoder: architecture === 'decoder' ? 0 : size,
    decoder: architecture === 'encoder' ? 0 : size,
  });
  return {
    plan: planWith({
      model: modelOf({
        name: 'made',
        modelType: 'made',
        className: '',
        architecture,
        task: prediction?.task ?? null,
        layers: sizes(layers),
        heads: sizes(HEADS),
        keyValueHeads: sizes(HEADS),
        dModel: 32,
        headWidth: 16,
        positionKind: { kind: 'learned' },
        ...model,
      }),
      text,
      source,
      ...rest,
    }),
    written: [],
    attention: {
      encoder: architecture === 'decoder' ? [] : stack(false),
      decoder: architecture === 'decoder' ? stack(true) : [],
      cross: [],
    },
    output: '',
    ...(prediction === null ? {} : { prediction }),
  };
}

export const positionFixture = (
  positionKind: Positions,
  architecture: ModelSummary['architecture'] = 'encoder',
): Fixture => taskFixture({ positionKind, architecture }, null);

export const ROTARY: Extract<Positions, { kind: 'rotary' }> = {
  kind: 'rotary',
  dimensions: 8,
  headWidth: 16,
  interleaved: false,
  base: 10_000,
  scaling: 'yarn',
};

/** Labels of persons and places: Ada Lovelace, London. */
export const labelledFixture = (): Fixture =>
  taskFixture(
    { labels: ['O', 'B-PER', 'I-PER', 'B-LOC'] },
    {
      task: 'tokenLabels',
      labels: [0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0],
      probabilities: Array.from({ length: 14 }, (_, i) => 0.99 - 0.01 * i),
    },
  );

const QUESTION = 'who wrote ?';
const PASSAGE = 'Ada wrote the first program .';

/** A question, and a passage unless it was left out. */
export function answerFixture(withPassage: boolean): Fixture {
  const tokensOf = (text: string, part: 0 | 1) => {
    let at = 0;
    return text.split(' ').map((label, i) => {
      const start = text.indexOf(label, at);
      at = start + label.length;
      return tokenOf(label, { id: 500 + i, span: [start, at], word: 10 * part + i, part });
    });
  };
  const separator = specialToken('[SEP]', 102);
  const source = [
    specialToken('[CLS]', 101),
    ...tokensOf(QUESTION, 0),
    separator,
    ...(withPassage ? [...tokensOf(PASSAGE, 1), separator] : []),
  ];
  const rest = 0.3 / (source.length - 1);
  const peak = (index: number): number[] => source.map((_, i) => (i === index ? 0.7 : rest));
  return taskFixture(
    {},
    {
      task: 'answerSpan',
      answers: withPassage
        ? [
            { first: 5, last: 5, text: 'Ada', probability: 0.49 },
            { first: 7, last: 9, text: 'the first program', probability: 0.1 },
          ]
        : [],
      starts: peak(5),
      ends: peak(5),
    },
    { source, pair: withPassage ? PASSAGE : null },
    QUESTION,
  );
}

export const replacedFixture = (): Fixture =>
  taskFixture(
    {},
    {
      task: 'replacedToken',
      probabilities: Array.from({ length: 14 }, (_, i) => (i === 4 ? 0.9312 : 0.01 * i)),
    },
  );

export const sequenceFixture = (
  kind: Extract<Prediction, { task: 'sequenceLabels' }>['kind'],
): Fixture =>
  taskFixture(
    { labels: kind === 'regression' ? ['score'] : ['negative', 'neutral', 'positive'] },
    {
      task: 'sequenceLabels',
      kind,
      logits: kind === 'regression' ? [3.25] : [-1, 0.5, 2],
      probabilities: kind === 'regression' ? [] : [0.0391, 0.1753, 0.7856],
    },
  );

export const maskFixture = (text: string = TEXT): Fixture => {
  const at = text.split(' ').indexOf('[MASK]');
  return taskFixture(
    { maskToken: '[MASK]' },
    { task: 'maskedToken', masks: at < 0 ? [] : [at + 1] },
    {},
    text,
  );
};

export const nextFixture = (): Fixture =>
  taskFixture({ architecture: 'decoder', positionKind: ROTARY }, { task: 'nextToken' });
