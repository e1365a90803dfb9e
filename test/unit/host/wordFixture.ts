// Texts whose tokens are parts of words, and pairs of texts, as models of other kinds read them.
import type { ModelSummary, Plan, Token } from '../../../src/protocol/trace';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { model, plan } from './fakeEngine';

export const special = (piece: string): Token => ({
  ...{ piece, label: piece, id: 1, span: null },
  ...{ special: true, word: null, part: null },
});

export const piece = (
  label: string,
  span: [number, number],
  word: number,
  part: 0 | 1 = 0,
): Token => ({ piece: `▁${label}`, label, id: 10 + word, span, special: false, word, part });

export const encoderModel: ModelSummary = {
  ...model,
  ...{ name: 'bert', modelType: 'bert', className: 'BertForMaskedLM', architecture: 'encoder' },
  task: 'maskedToken',
  layers: { encoder: 2, decoder: 0 },
  heads: { encoder: 2, decoder: 0 },
  keyValueHeads: { encoder: 2, decoder: 0 },
  dFeedForward: { encoder: 32, decoder: 0 },
  positionKind: { kind: 'learned' },
  maskToken: '[MASK]',
  languages: [],
};

export const decoderModel: ModelSummary = {
  ...encoderModel,
  ...{ name: 'gpt2', modelType: 'gpt2', className: 'GPT2LMHeadModel', architecture: 'decoder' },
  task: 'nextToken',
  layers: { encoder: 0, decoder: 3 },
  heads: { encoder: 0, decoder: 2 },
  keyValueHeads: { encoder: 0, decoder: 2 },
  dFeedForward: { encoder: 0, decoder: 32 },
  normPlacement: 'pre',
  maskToken: null,
};

/** Six words' worth of tokens: `[CLS] An un·believ·able cat [SEP]` are five words. */
export const WORDS = 'An unbelievable cat';
export const wordPlan: Plan = {
  ...plan,
  ...{ model: encoderModel, text: WORDS, language: null, target: [], maxNewTokens: 0 },
  source: [
    special('[CLS]'),
    piece('An', [0, 2], 0),
    piece('un', [3, 5], 1),
    piece('believ', [5, 11], 1),
    piece('able', [11, 15], 1),
    piece('cat', [16, 19], 2),
    special('[SEP]'),
  ],
};

export const decoderPlan: Plan = {
  ...wordPlan,
  model: decoderModel,
  source: wordPlan.source.filter((token) => !token.special),
};

/** A question, and the text it is about: both begin at character 0 of their own text. */
export const QUESTION = 'Who came?';
export const PASSAGE = 'Nobody came.';
export const pairPlan: Plan = {
  ...wordPlan,
  ...{ text: QUESTION, pair: PASSAGE },
  source: [
    special('[CLS]'),
    piece('Who', [0, 3], 0),
    piece('came', [4, 8], 1),
    piece('?', [8, 9], 2),
    special('[SEP]'),
    piece('Nobody', [0, 6], 3, 1),
    piece('came', [7, 11], 4, 1),
    piece('.', [11, 12], 5, 1),
    special('[SEP]'),
  ],
};

/** A run of a plan that is over. */
export const readBy = (of: Plan, change: Partial<TraceSnapshot> = {}): TraceSnapshot => {
  const { architecture, layers } = of.model;
  const stack = architecture === 'decoder' ? 'decoder' : 'encoder';
  return {
    ...emptySnapshot('t1', 'a.txt:1'),
    plan: of,
    layers: Array.from({ length: layers[stack] }, (_, layer) => ({ stack, layer })),
    outcome: 'complete',
    ...change,
  };
};
