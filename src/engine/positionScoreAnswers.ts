/** Answers about what attention makes of positions: of the first layer's heads, and by distance. */
import { paperCurve } from '../analysis/positionPairs';
import { positionCurve } from '../analysis/positionCurve';
import { positionScore, scoresByDistance, type HeadPositions } from '../analysis/positionScores';
import { rotationCurve } from '../analysis/rotationCurve';
import { Failure } from '../failure/failure';
import type { Half } from '../protocol/address';
import type { Answer, Question } from '../protocol/queries';
import { querySide } from '../protocol/stacks';
import type { StackConfig } from '../transformer/config';
import { frequencies } from '../transformer/positions/ropeScaling';
import { vector } from './answerRange';
import { checkHead } from './checkHead';
import { kindOf, positionBias, tableOf } from './positionAnswers';
import { positionsInReach } from './positionsInReach';
import type { Trace } from './trace';
import type { PositionProjections } from './tracedModel';
import { checkToken, tokensOf } from './traceTokens';

/** @throws Failure `trace.noPositionTable`, `trace.noStack`, `trace.noHead`, `trace.noToken` */
export function positionScores(
  trace: Trace,
  { half, head, position }: Question<'positionScores'>,
): Answer<'positionScores'> {
  const config = checkHead(trace, { stack: half, layer: 0, head });
  const side = querySide(trace.architecture, half);
  const { numbers, width, count } = tableOf(trace, side);
  const rows = numbers.length / width;
  // Every token of the text, and as many positions as make a curve.
  const positions = Math.min(rows, Math.max(count, positionsInReach(count, rows)));
  checkToken(position, positions);
  const made = projected(trace, half, head, positions);
  const scale = config.scoreScale(0);
  const curve = (of: HeadPositions) =>
    vector(Float32Array.from({ length: positions }, (_, p) => positionScore(of, position, p)));
  return {
    products: vector(positionCurve(numbers, width, positions, position)),
    scores: curve({ ...made, scale }),
    biased: made.biases && curve({ ...withBiases(made, made.biases), scale }),
    scale,
    normalised: made.normalised,
  };
}

/** @throws Failure `trace.noStack`, `trace.noHead` */
export function distanceEffect(
  trace: Trace,
  { half, head }: Question<'distanceEffect'>,
): Answer<'distanceEffect'> {
  const number = typeof head === 'number' ? head : 0;
  const config = checkHead(trace, { stack: half, layer: 0, head: number });
  const shown = shownEffect(trace, half, number, config);
  const count = shown.values.shape[0]!;
  return { ...shown, formula: vector(paperCurve(config.dModel, shown.first, count)) };
}

function shownEffect(
  trace: Trace,
  half: Half,
  head: number,
  config: StackConfig,
): Omit<Answer<'distanceEffect'>, 'formula'> {
  const { positions: kind } = config;
  const causal = half === 'decoder';
  const tokens = tokensOf(trace, querySide(trace.architecture, half)).length;
  const none = { lowest: null, highest: null };
  if (kind.kind === 'alibi' || kind.kind === 'relativeBias') {
    const { first, bias } = positionBias(trace, { stack: half });
    const length = bias.shape[1]!;
    const own = bias.data.slice(4 * head * length, 4 * (head + 1) * length);
    return { measure: 'bias', head, first, values: { shape: [length], data: own }, ...none };
  }
  if (kind.kind === 'rotary') {
    const count = positionsInReach(tokens, Number.POSITIVE_INFINITY);
    const theta = frequencies(kind.base, kind.dimensions, kind.scaling, trace.read.length);
    const { similarity } = rotationCurve(theta, 0, count);
    const first = 1 - count;
    const length = causal ? count : 2 * count - 1;
    const values = Float32Array.from({ length }, (_, i) => similarity[Math.abs(first + i)]!);
    return { measure: 'cosine', head: null, first, values: vector(values), ...none };
  }
  const rows = kind.count;
  const count = positionsInReach(tokens, rows);
  const made = { ...projected(trace, half, head, count), scale: config.scoreScale(0) };
  const { first, mean, lowest, highest } = scoresByDistance(made, count, causal);
  return {
    measure: 'score',
    head,
    first,
    values: vector(mean),
    lowest: vector(lowest),
    highest: vector(highest),
  };
}

function projected(trace: Trace, half: Half, head: number, count: number): PositionProjections {
  const made = trace.model.positionProjections(half, head, count);
  if (!made) throw new Failure('trace.noPositionTable', kindOf(trace));
  return made;
}

const withBiases = (
  made: PositionProjections,
  { query, key }: NonNullable<PositionProjections['biases']>,
): Pick<HeadPositions, 'queries' | 'keys' | 'width'> => ({
  width: made.width,
  queries: made.queries.map((value, i) => value + query[i % made.width]!),
  keys: made.keys.map((value, i) => value + key[i % made.width]!),
});
