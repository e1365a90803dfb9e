import type { Lesson } from '../chapters/chapter';
import { choosesTokens } from '../chapters/modelFacts';
import { oneHead, stackOf, toHead } from '../chapters/places';
import type { TermGroup } from './term';

const onHeads = (lesson: Lesson) => ({ ...toHead(lesson, 'heads'), view: 'heads' }) as const;

export const headTerms: TermGroup = {
  title: (t) => t('Heads'),
  terms: [
    {
      id: 'head',
      name: (t) => t('Head'),
      says: (t) =>
        t(
          'One attention of a layer, with its own W^Q, W^K and W^V. Its name here is stack, layer and number, counted from 0: E2·H3.',
        ),
      where: (lesson) => ({ ...toHead(lesson, 'matrix'), view: 'matrix' }),
    },
    {
      id: 'multi-head',
      name: (t) => t('Multi-head attention'),
      says: (t) =>
        t(
          'Several heads side by side in one layer, so that a token can look for several things at once.',
        ),
      formula: () => 'multiHead',
      where: onHeads,
    },
    {
      id: 'concat',
      name: (t) => t('Concat'),
      says: (t) => t('The heads’ z of a token, written one after the other as one vector.'),
      formula: () => 'multiHead',
      where: onHeads,
    },
    {
      id: 'w-o',
      name: (t) => t('W^O'),
      says: (t) =>
        t(
          'The matrix that makes the sub-layer’s result of the concatenated heads; each head has its own rows in it.',
        ),
      formula: () => 'headSum',
      where: onHeads,
    },
    {
      id: 'mute',
      name: (t) => t('Muting (ablation)'),
      says: (t) =>
        t(
          'Taking a head out by setting its z to 0 and computing everything after it again: shows what depends on it.',
        ),
      where: (lesson) => ({
        ...toHead(lesson, 'whatIf'),
        view: 'whatIf',
        whatIf: { kind: 'muted', heads: [oneHead(lesson, stackOf(lesson))] },
      }),
    },
    {
      id: 'logit-direction',
      name: (t) => t('Logit direction'),
      says: (t) =>
        t(
          'The vector of a token in the output matrix. What a head adds along it raises that token’s logit, before the last norm rescales it.',
        ),
      formula: () => 'logitDirection',
      where: onHeads,
      unfit: (model, t) => (choosesTokens(model) ? null : t('This model does not choose tokens.')),
    },
  ],
};
