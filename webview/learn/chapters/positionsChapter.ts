import type { Translate } from '../../../src/language/translate';
import { readingStack } from '../../../src/navigation/traceState';
import type { ModelSummary } from '../../../src/protocol/trace';
import { positionFormula } from '../formula/modelFormulas';
import { fitsAll, type Chapter, type Lesson, type Step } from './chapter';
import { repeated, twoTokens } from './places';

export const positionsChapter: Chapter = {
  id: 'positions',
  title: (t) => t('Positions'),
  about: (t) => t('How the model knows which token comes first.'),
  unfit: fitsAll,
  steps(lesson) {
    const { plan, t } = lesson;
    const [how, shape] = kindWords(plan.model, t);
    return [
      {
        words: how,
        change: { view: 'positions', unit: 'token' },
        formula: positionFormula(plan.model),
      },
      { words: shape, change: { view: 'positions', unit: 'token' }, part: 'byDistance' },
      ...twice(lesson),
      {
        words: t(
          'Take the positions away and let the model read the text again. A weight that changes depended on places; one that stays did not.',
        ),
        change: {
          view: 'whatIf',
          unit: 'token',
          whatIf: { kind: 'positionsOff', side: 'source' },
        },
      },
      ...swapped(lesson),
    ];
  },
};

/** How positions come in, and what there is to see of it. */
function kindWords({ positionKind, positions }: ModelSummary, t: Translate): [string, string] {
  switch (positionKind.kind) {
    case 'sinusoidal':
      return [
        t(
          'Attention compares vectors and does not know where they stand. The paper therefore adds a vector to each embedding that depends on the place alone, made of sines and cosines.',
        ),
        t(
          'The product of two of these vectors depends on their distance alone. It falls near distance zero, then goes up and down; and it is the same to the left and to the right: which of two tokens comes first can be told only with the help of W^Q and W^K.',
        ),
      ];
    case 'learned':
      return [
        t(
          'Attention compares vectors and does not know where they stand. This model adds a vector to each embedding that depends on the place alone: a row of a learned table with {places} places.',
          { places: positions ?? '?' },
        ),
        t(
          'Nothing in the formula says that neighbouring places must be alike. Whether training has made them so, the products by distance show.',
        ),
      ];
    case 'rotary':
      return [
        t(
          'Attention compares vectors and does not know where they stand. This model turns queries and keys, pair of dimensions by pair, by an angle that grows with the place.',
        ),
        t(
          'If query and key are both turned, only the difference of their angles is left in the product: the distance. Fast pairs tell neighbours apart, slow ones far from near.',
        ),
      ];
    case 'alibi':
      return [
        t(
          'Attention compares vectors and does not know where they stand. This model lowers the score of a key by its distance, times a slope.',
        ),
        t(
          'Each head has a slope of its own, the same in all layers. Steep heads look near, flat ones far; nothing of it is learned.',
        ),
      ];
    case 'relativeBias':
      return [
        t(
          'Attention compares vectors and does not know where they stand. This model adds a learned number to each score, by distance and head.',
        ),
        t(
          'There are {buckets} such numbers a head: near distances have one each, farther ones share. The sign of the distance may count, for the encoder looks both ways.',
          { buckets: positionKind.buckets },
        ),
      ];
  }
}

function twice(lesson: Lesson): Step[] {
  const word = repeated(lesson);
  const { kind } = lesson.plan.model.positionKind;
  if (word === null || (kind !== 'sinusoidal' && kind !== 'learned')) return [];
  const { label, first, index } = word;
  return [
    {
      words: lesson.t(
        '“{label}” stands at places {first} and {index} of your text. Both get the same embedding; what sets them apart before the first layer is the position alone.',
        { label, first, index },
      ),
      change: {
        view: 'positions',
        unit: 'token',
        stack: readingStack(lesson.plan),
        direction: 'looksAt',
        token: { side: 'source', index, locked: true },
      },
    },
  ];
}

function swapped(lesson: Lesson): Step[] {
  const pair = twoTokens(lesson);
  if (pair === null) return [];
  const [first, second] = pair;
  return [
    {
      words: lesson.t(
        'Now “{first}” and “{second}” are told each other’s place; nothing else is changed. See which weights follow the word, and which the place.',
        { first: first.label, second: second.label },
      ),
      change: {
        view: 'whatIf',
        unit: 'token',
        whatIf: {
          kind: 'positionsSwapped',
          side: 'source',
          first: first.index,
          second: second.index,
        },
      },
    },
  ];
}
