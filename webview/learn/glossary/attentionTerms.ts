import { hasCross, hasDecoder, scalesScores } from '../chapters/modelFacts';
import { stackOf, toHead, wholeStack } from '../chapters/places';
import type { Lesson } from '../chapters/chapter';
import type { TermGroup } from './term';

const onSteps = (lesson: Lesson) => ({ ...toHead(lesson, 'steps'), view: 'steps' }) as const;

export const attentionTerms: TermGroup = {
  title: (t) => t('Attention'),
  terms: [
    {
      id: 'self-attention',
      name: (t) => t('Self-attention'),
      says: (t) =>
        t(
          'Attention in which the tokens of one text look at each other: queries, keys and values come from the same text.',
        ),
      formula: () => 'attention',
      where: (lesson) => ({ ...toHead(lesson, 'matrix'), view: 'matrix' }),
    },
    {
      id: 'cross-attention',
      name: (t) => t('Cross-attention'),
      says: (t) =>
        t(
          'Attention from the output being written to the text read: queries from the decoder, keys and values from the encoder.',
        ),
      formula: () => 'crossQueryKeyValue',
      where: (lesson) => ({ ...toHead(lesson, 'matrix', 'cross'), view: 'matrix' }),
      unfit: (model, t) =>
        hasCross(model)
          ? null
          : t('This model is not an encoder–decoder: it has no second stack to look at.'),
    },
    {
      id: 'query',
      name: (t) => t('Query'),
      says: (t) => t('What a token asks with: a vector that is compared with all keys.'),
      formula: () => 'query',
      where: onSteps,
    },
    {
      id: 'key',
      name: (t) => t('Key'),
      says: (t) => t('What a token is found by: the vector that queries are compared with.'),
      formula: () => 'key',
      where: onSteps,
    },
    {
      id: 'value',
      name: (t) => t('Value'),
      says: (t) =>
        t('What a token hands over to those that look at it, in proportion to the weight.'),
      formula: () => 'value',
      where: onSteps,
    },
    {
      id: 'd-k',
      name: (t) => t('d_k'),
      says: (t) => t('How many numbers a query and a key of one head have.'),
      where: onSteps,
    },
    {
      id: 'score',
      name: (t) => t('Score'),
      says: (t) =>
        t(
          'How well a key fits a query, before the softmax: their product, divided by √d_k in the paper.',
        ),
      formula: (model) => (scalesScores(model) ? 'scaledScores' : 'dotScore'),
      where: onSteps,
    },
    {
      id: 'scale',
      name: (t) => t('Scale 1/√d_k'),
      says: (t) =>
        t(
          'Keeps the spread of scores from growing with d_k. Without it, and d_k large, the softmax comes close to 0 or 1 and passes little gradient.',
        ),
      formula: () => 'scoreVariance',
      where: (lesson) => ({
        ...toHead(lesson, 'whatIf'),
        view: 'whatIf',
        whatIf: { kind: 'scoreFunction', function: 'dot', scope: wholeStack(stackOf(lesson)) },
      }),
      unfit: (model, t) =>
        scalesScores(model)
          ? null
          : t('This model does not divide its scores: its matrices were trained without.'),
    },
    {
      id: 'mask',
      name: (t) => t('Attention mask'),
      says: (t) =>
        t(
          'Says which keys a query may not see. Their scores become minus infinity, so they get no weight.',
        ),
      formula: () => 'mask',
      where: (lesson) => ({ ...toHead(lesson, 'matrix', 'decoder'), view: 'matrix' }),
      unfit: (model, t) =>
        hasDecoder(model)
          ? null
          : t('In this model every token sees the whole text: nothing is masked.'),
    },
    {
      id: 'causal',
      name: (t) => t('Causal'),
      says: (t) =>
        t(
          'Said of a mask that hides all later tokens: what comes later cannot act on what came before.',
        ),
      where: (lesson) => ({
        ...toHead(lesson, 'whatIf', 'decoder'),
        view: 'whatIf',
        whatIf: { kind: 'unmasked' },
      }),
      unfit: (model, t) =>
        hasDecoder(model)
          ? null
          : t('In this model every token sees the whole text: nothing is masked.'),
    },
    {
      id: 'softmax',
      name: (t) => t('Softmax'),
      says: (t) =>
        t(
          'Makes shares of numbers: exponentials, divided by their sum. None is negative, together they are 1.',
        ),
      formula: () => 'softmax',
      where: onSteps,
    },
    {
      id: 'attention-weight',
      name: (t) => t('Attention weight'),
      says: (t) => t('The share of a key in what a query takes; the weights of a row add up to 1.'),
      formula: () => 'softmax',
      where: (lesson) => ({ ...toHead(lesson, 'row'), view: 'row' }),
    },
    {
      id: 'z',
      name: (t) => t('z'),
      says: (t) => t('What a head brings back for a token: the values, mixed by the weights.'),
      formula: () => 'mixture',
      where: onSteps,
    },
    {
      id: 'entropy',
      name: (t) => t('Entropy'),
      says: (t) =>
        t(
          'How widely a row is spread, in bits: 0 if one token has all the weight, 1 if two share it evenly, 2 if four do.',
        ),
      formula: () => 'entropy',
      where: (lesson) => ({ ...toHead(lesson, 'whatIf'), view: 'whatIf' }),
    },
    {
      id: 'saturation',
      name: (t) => t('Saturation'),
      says: (t) =>
        t(
          'A softmax is saturated when one weight is nearly 1: small changes of the scores then change nothing, and nothing is learned from them.',
        ),
      formula: () => 'softmaxGradient',
      where: (lesson) => ({
        ...toHead(lesson, 'whatIf'),
        view: 'whatIf',
      }),
    },
  ],
};
