/** The changes there are, what each begins with, and why a model cannot have one. Pure. */
import type { Translate } from '../../src/language/translate';
import { headCount, layerCount, readCount } from '../../src/navigation/traceState';
import type { Side } from '../../src/protocol/address';
import type { Change } from '../../src/protocol/change';
import type { Answer } from '../../src/protocol/queries';
import { halfOf, halfReading } from '../../src/protocol/stacks';
import type { Plan } from '../../src/protocol/trace';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { Place } from './place';

export type ChoiceName =
  | 'dot'
  | 'cosine'
  | 'additive'
  | 'unmasked'
  | 'positionsOff'
  | 'positionsShifted'
  | 'positionsSwapped'
  | 'embeddingUnscaled'
  | 'otherQuery'
  | 'muted'
  | 'soloed'
  | 'residualCut';

/** What the reader is looking at while choosing. */
export interface Situation {
  readonly snapshot: TraceSnapshot;
  readonly plan: Plan;
  readonly place: Place;
  /** Null: not known yet; nothing is refused on a guess. */
  readonly factors: Answer<'factors'> | null;
}

interface Group {
  readonly title: string;
  readonly choices: readonly (readonly [name: ChoiceName, words: string])[];
}

export const choiceGroups = (t: Translate): readonly Group[] => [
  {
    title: t('Scores'),
    choices: [
      ['dot', t('Leave out 1/√d_k')],
      ['cosine', t('Compare by cosine')],
      ['additive', t('Compare by addition')],
    ],
  },
  { title: t('Causal mask'), choices: [['unmasked', t('Let the future leak in')]] },
  {
    title: t('Positions'),
    choices: [
      ['positionsOff', t('Leave them out')],
      ['positionsShifted', t('Shift them all')],
      ['positionsSwapped', t('Swap two tokens’')],
    ],
  },
  { title: t('Embedding'), choices: [['embeddingUnscaled', t('Leave out × √d_model')]] },
  { title: t('Query'), choices: [['otherQuery', t('Ask with another token’s')]] },
  {
    title: t('Heads'),
    choices: [
      ['muted', t('Mute some')],
      ['soloed', t('Hear only one')],
    ],
  },
  { title: t('Residual'), choices: [['residualCut', t('Cut one')]] },
];

export const choiceOf = (change: Change): ChoiceName =>
  change.kind === 'scoreFunction' ? change.function : change.kind;

/** Sides that a change of embeddings or positions can speak of. */
export const sidesOf = ({ model }: Plan): readonly Side[] =>
  model.architecture === 'encoderDecoder' ? ['source', 'target'] : ['source'];

/** Sides whose embeddings have a factor. */
export function scaledSides({ plan, factors }: Situation): readonly Side[] {
  if (factors === null) return sidesOf(plan);
  return sidesOf(plan).filter(
    (side) => factors.embedding[halfReading(plan.model.architecture, side)] !== 1,
  );
}

/** Two tokens of a side to begin with: the chosen one and another ordinary one. */
function twoTokens({ snapshot, place }: Situation, side: Side): readonly [number, number] {
  const read = readCount(snapshot, side);
  const first = side === place.querySide ? place.query : Math.floor(read / 2);
  return [first, first + 1 < read ? first + 1 : Math.max(0, first - 1)];
}

/** The change that a choice begins with: of the head, the token and the side in sight. */
export function changeFor(name: ChoiceName, situation: Situation): Change {
  const { place, plan } = situation;
  const { stack, layer, head } = place;
  const here = { stack, layer, head };
  switch (name) {
    case 'dot':
    case 'cosine':
    case 'additive':
      return { kind: 'scoreFunction', function: name, scope: here };
    case 'unmasked':
      return { kind: 'unmasked' };
    case 'positionsOff':
      return { kind: 'positionsOff', side: place.keySide };
    case 'positionsShifted':
      return { kind: 'positionsShifted', side: place.keySide, by: 1 };
    case 'positionsSwapped': {
      const [first, second] = twoTokens(situation, place.keySide);
      return { kind: 'positionsSwapped', side: place.keySide, first, second };
    }
    case 'embeddingUnscaled': {
      const sides = scaledSides(situation);
      const side = sides.includes(place.keySide) ? place.keySide : (sides[0] ?? 'source');
      return { kind: 'embeddingUnscaled', side };
    }
    case 'otherQuery': {
      const [token, from] = twoTokens(situation, place.querySide);
      return { kind: 'otherQuery', scope: here, token, from };
    }
    case 'muted':
      return { kind: 'muted', heads: [here] };
    case 'soloed':
      return { kind: 'soloed', head: here };
    case 'residualCut':
      return {
        kind: 'residualCut',
        stack: halfOf(stack),
        layer: Math.min(layer, layerCount(plan, stack) - 1),
        subLayer: stack === 'cross' ? 'cross' : 'attention',
      };
  }
}

/** Why this model, or this text, cannot have a change, in one sentence; null: it can. */
export function whyNot(name: ChoiceName, situation: Situation, t: Translate): string | null {
  const { plan, place, factors, snapshot } = situation;
  const half = halfOf(place.stack);
  switch (name) {
    case 'dot':
      return factors !== null && factors.scores[half][place.layer] === 1
        ? t('This model does not divide its scores by √d_k: it was trained without.')
        : null;
    case 'unmasked':
      return plan.model.architecture === 'encoder'
        ? t('An encoder has no mask: each of its tokens sees all others as trained.')
        : null;
    case 'embeddingUnscaled':
      return scaledSides(situation).length === 0
        ? t('This model does not multiply its embeddings by √d_model.')
        : null;
    case 'positionsSwapped':
    case 'otherQuery': {
      const side = name === 'otherQuery' ? place.querySide : place.keySide;
      return readCount(snapshot, side) < 2 ? t('It takes two tokens.') : null;
    }
    case 'soloed':
      return headCount(plan, place.stack) < 2 ? t('The layer has but one head.') : null;
    default:
      return null;
  }
}
