/** Answers about how a model knows where a token stands. */
import { positionCurve } from '../analysis/positionCurve';
import { rotationCurve } from '../analysis/rotationCurve';
import { Failure, type FailureArgs } from '../failure/failure';
import type { Side, Stack } from '../protocol/address';
import type { Answer, Question } from '../protocol/queries';
import { querySide } from '../protocol/stacks';
import type { WireTensor } from '../protocol/wireTensor';
import type { StackConfig } from '../transformer/config';
import { alibiSlopes } from '../transformer/positions/alibi';
import { bucketOf } from '../transformer/positions/relativeBias';
import { frequencies, vectorFactor } from '../transformer/positions/ropeScaling';
import { checkPayload, checkRange, vector } from './answerRange';
import type { Trace } from './trace';
import type { PositionTable } from './tracedModel';
import { checkToken, tokensOf } from './traceTokens';

/** What is added to the embeddings. @throws Failure `trace.noPositionTable`, `trace.noToken`, `trace.range` */
export function positions(
  trace: Trace,
  { side, from, to }: Question<'positions'>,
): Answer<'positions'> {
  const { numbers, width, count } = tableOf(trace, side);
  checkRange(from, to, count, width);
  const rows = Float32Array.from(numbers.subarray(from * width, to * width));
  return { table: { shape: [to - from, width], data: rows.buffer }, count };
}

/** @throws Failure `trace.noPositionTable`, `trace.noToken` */
export function curve(trace: Trace, { side, origin }: Question<'positionCurve'>): WireTensor {
  const { numbers, width, count } = tableOf(trace, side);
  checkToken(origin, count);
  return vector(positionCurve(numbers, width, count, origin));
}

/** @throws Failure `trace.noRotation`, `trace.noToken`, `trace.range` */
export function rotation(trace: Trace, { from, to }: Question<'rotation'>): Answer<'rotation'> {
  const { positions: kind } = readingStack(trace);
  if (kind.kind !== 'rotary') throw new Failure('trace.noRotation', kindOf(trace));
  const { base, dimensions, scaling } = kind;
  const theta = frequencies(base, dimensions, scaling, trace.read.length);
  checkRange(from, to, to, theta.length);
  const { cosines, similarity } = rotationCurve(theta, from, to);
  return {
    frequencies: vector(Float32Array.from(theta)),
    factor: vectorFactor(scaling),
    cosines: { shape: [to - from, theta.length], data: cosines.buffer },
    similarity: vector(similarity),
  };
}

/** Of all distances there are in the text. @throws Failure `trace.noPositionBias`, `trace.noStack`, `trace.range` */
export function positionBias(
  trace: Trace,
  { stack }: Question<'positionBias'>,
): Answer<'positionBias'> {
  trace.checkStack(stack);
  const config = stack === 'cross' ? null : trace.model.stackConfig(stack);
  const table = stack === 'cross' ? null : trace.model.relativeBiasTable(stack);
  const kind = config?.positions;
  if (!config || (kind?.kind !== 'alibi' && kind?.kind !== 'relativeBias')) {
    throw new Failure('trace.noPositionBias', kindOf(trace));
  }
  const { heads } = config;
  const distances = distancesOf(trace, stack);
  checkPayload(heads, distances.length);
  const matrix = (of: (head: number, distance: number) => number): WireTensor => {
    const bias = Float32Array.from({ length: heads * distances.length }, (_, i) =>
      of(Math.floor(i / distances.length), distances[i % distances.length]!),
    );
    return { shape: [heads, distances.length], data: bias.buffer };
  };
  const first = distances[0]!;
  if (kind.kind === 'alibi') {
    const slopes = Float32Array.from(alibiSlopes(heads));
    const bias = matrix((head, distance) => slopes[head]! * distance);
    return { first, bias, slopes: vector(slopes), buckets: null };
  }
  const buckets = distances.map((distance) => bucketOf(distance, kind));
  const bias = matrix((head, distance) => table![bucketOf(distance, kind) * heads + head]!);
  return { first, bias, slopes: null, buckets };
}

/** Key − query of every pair of tokens that see each other, in order. */
function distancesOf(trace: Trace, stack: Stack): number[] {
  const count = tokensOf(trace, querySide(trace.architecture, stack)).length;
  const before = count - 1;
  const after = stack === 'encoder' ? count - 1 : 0;
  return Array.from({ length: before + after + 1 }, (_, i) => i - before);
}

/** The table that a side's positions come from, and how many tokens it has. @throws Failure `trace.noPositionTable` */
export function tableOf(trace: Trace, side: Side): PositionTable & { readonly count: number } {
  const table = trace.model.positionTable(side);
  if (!table) throw new Failure('trace.noPositionTable', kindOf(trace));
  // A token that is written behind the last position is never read: it has none.
  const rows = table.numbers.length / table.width;
  return { ...table, count: Math.min(rows, tokensOf(trace, side).length) };
}

/** The stack that reads the reader's text. */
export const readingStack = ({ model }: Trace): StackConfig =>
  (model.stackConfig('encoder') ?? model.stackConfig('decoder'))!;

export const kindOf = (trace: Trace): FailureArgs => ({ kind: trace.plan.model.positionKind.kind });
