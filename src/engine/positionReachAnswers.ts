/** Answers about what follows from the vectors of positions alone: waves, distances, steps. */
import { pairsAt, paperFrequencies } from '../analysis/positionPairs';
import { distanceProducts, firstRise, spreadOf } from '../analysis/positionReach';
import { bestAngles, checkShift, turned, type PairsAt } from '../analysis/positionShift';
import { Failure } from '../failure/failure';
import type { Side } from '../protocol/address';
import type { Answer, Question } from '../protocol/queries';
import type { WireTensor } from '../protocol/wireTensor';
import type { PositionLayout } from '../transformer/positions/positionConfig';
import { frequencies as rotaryFrequencies } from '../transformer/positions/ropeScaling';
import { vector } from './answerRange';
import { kindOf, readingStack, tableOf } from './positionAnswers';
import { positionsInReach } from './positionsInReach';
import type { Trace } from './trace';
import { checkToken, tokensOf } from './traceTokens';

const numbers = (values: Iterable<number>): WireTensor => vector(Float32Array.from(values));
const pairsTensor = (pairs: Float64Array): WireTensor => ({
  shape: [pairs.length / 2, 2],
  data: Float32Array.from(pairs).buffer,
});

/** @throws Failure `trace.noPositionTable`, `trace.noToken` */
export function positionWaves(
  trace: Trace,
  { side, position }: Question<'positionWaves'>,
): Answer<'positionWaves'> {
  const theta = turningFrequencies(trace);
  if (theta) {
    checkToken(position, tokensOf(trace, side).length);
    // As the model rounds them.
    return {
      ...waves(
        theta,
        theta.map((one) => Math.fround(position * one)),
      ),
      stored: null,
    };
  }
  const layout = layoutOf(trace);
  const { numbers: table, width } = tableOf(trace, side);
  if (layout === null) throw new Failure('trace.noPositionTable', kindOf(trace));
  checkToken(position, table.length / width);
  const frequencies = paperFrequencies(width);
  const angles = frequencies.map((one) => position * one);
  const stored = pairsAt(table, width, layout, position);
  return {
    ...waves(frequencies, angles),
    stored: {
      sines: numbers(stored.filter((_, i) => i % 2 === 0)),
      cosines: numbers(stored.filter((_, i) => i % 2 === 1)),
    },
  };
}

const waves = (
  frequencies: Float64Array,
  angles: Float64Array,
): Omit<Answer<'positionWaves'>, 'stored'> => ({
  frequencies: numbers(frequencies),
  angles: numbers(angles),
  sines: numbers(angles.map(Math.sin)),
  cosines: numbers(angles.map(Math.cos)),
});

/** @throws Failure `trace.noPositionTable` */
export function positionReach(
  trace: Trace,
  { side }: Question<'positionReach'>,
): Answer<'positionReach'> {
  const { numbers: table, width, count } = tableOf(trace, side);
  const positions = positionsInReach(count, table.length / width);
  const products = distanceProducts(table, width, positions);
  return {
    positions,
    mean: vector(products.mean),
    lowest: vector(products.lowest),
    highest: vector(products.highest),
    spread: spreadOf(products),
    rise: firstRise(products.mean),
  };
}

/** @throws Failure `trace.noPositionTable`, `trace.noToken` */
export function positionShift(
  trace: Trace,
  { side, position, shift }: Question<'positionShift'>,
): Answer<'positionShift'> {
  const { at, count, fixed } = steps(trace, side);
  checkToken(position + shift, count);
  const angles = fixed ? fixed.map((one) => shift * one) : bestAngles(at, count, shift);
  const { largest, worst, relative } = checkShift(at, count, shift, angles);
  return {
    angles: numbers(angles),
    cosines: numbers(angles.map(Math.cos)),
    sines: numbers(angles.map(Math.sin)),
    before: pairsTensor(at(position)),
    turned: pairsTensor(turned(at(position), angles)),
    after: pairsTensor(at(position + shift)),
    largest: numbers(largest),
    positions: count - shift,
    worst,
    relative,
  };
}

interface Steps {
  readonly at: PairsAt;
  /** Positions there are to check. */
  readonly count: number;
  /** Radians a position that each pair is known to turn by; null: the best are looked for. */
  readonly fixed: Float64Array | null;
}

function steps(trace: Trace, side: Side): Steps {
  const theta = turningFrequencies(trace);
  if (theta) {
    const at = (position: number): Float64Array =>
      Float64Array.from({ length: 2 * theta.length }, (_, i) => {
        // As the model rounds them: angle, sine and cosine in float32.
        const angle = Math.fround(position * theta[i >> 1]!);
        return Math.fround(i % 2 === 0 ? Math.sin(angle) : Math.cos(angle));
      });
    const tokens = tokensOf(trace, side).length;
    return { at, count: positionsInReach(tokens, Number.POSITIVE_INFINITY), fixed: theta };
  }
  const { numbers: table, width, count } = tableOf(trace, side);
  const layout = layoutOf(trace);
  const cached: Float64Array[] = [];
  const at = (position: number): Float64Array =>
    (cached[position] ??= pairsAt(table, width, layout ?? 'interleaved', position));
  const positions = positionsInReach(count, table.length / width);
  return { at, count: positions, fixed: layout === null ? null : paperFrequencies(width) };
}

/** θ of each pair, as the model has them; null: it turns nothing. */
function turningFrequencies(trace: Trace): Float64Array | null {
  const kind = readingStack(trace)?.positions;
  if (kind?.kind !== 'rotary') return null;
  const { base, dimensions, scaling } = kind;
  return Float64Array.from(rotaryFrequencies(base, dimensions, scaling, trace.read.length));
}

/** Null: no sinusoids. */
function layoutOf({ plan }: Trace): PositionLayout | null {
  const { positionKind } = plan.model;
  return positionKind.kind === 'sinusoidal' ? positionKind.layout : null;
}
