/** Answers about what follows from positions, by the same formulas as the engine's, of a fixture's numbers. */
import type { Answer, Question } from '../../src/protocol/queries';
import type { Plan } from '../../src/protocol/trace';
import { biasOf, encodingOf, range, tensor } from './fakePositions';

/** Positions compared with each other, as the engine does for short texts. */
const REACH = 64;

const vector = (values: readonly number[]) => tensor([values.length], values);
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

interface Pairs {
  readonly frequencies: number[];
  /** Sine and cosine (or first and second) of each pair at a position. */
  readonly at: (position: number) => [number, number][];
}

function pairsOf(plan: Plan): Pairs {
  const { dModel, positionKind } = plan.model;
  const rotary = positionKind.kind === 'rotary' ? positionKind : null;
  const count = (rotary?.dimensions ?? dModel) / 2;
  const frequencies = range(count).map((i) => (rotary?.base ?? 10_000) ** (-i / count));
  if (positionKind.kind !== 'learned')
    return {
      frequencies,
      at: (position) =>
        frequencies.map((one) => [Math.sin(position * one), Math.cos(position * one)]),
    };
  return {
    frequencies,
    at: (position) => {
      const row = encodingOf(plan, position);
      return frequencies.map((_, i) => [row[2 * i] ?? 0, row[2 * i + 1] ?? 0]);
    },
  };
}

export function wavesOf(
  plan: Plan,
  { position }: Question<'positionWaves'>,
): Answer<'positionWaves'> {
  const { frequencies, at } = pairsOf(plan);
  const pairs = at(position);
  const sines = vector(pairs.map(([sine]) => sine));
  const cosines = vector(pairs.map(([, cosine]) => cosine));
  const stored = plan.model.positionKind.kind === 'sinusoidal' ? { sines, cosines } : null;
  const angles = vector(frequencies.map((one) => position * one));
  return { frequencies: vector(frequencies), angles, sines, cosines, stored };
}

export function reachOf(plan: Plan): Answer<'positionReach'> {
  const rows = range(REACH).map((position) => encodingOf(plan, position));
  const byDistance = range(REACH).map((k) =>
    range(REACH - k).map((p) => dot(rows[p] ?? [], rows[p + k] ?? [])),
  );
  const mean = byDistance.map((all) => all.reduce((sum, one) => sum + one, 0) / all.length);
  const [lowest, highest] = [Math.min, Math.max].map((of) => byDistance.map((all) => of(...all)));
  const from = mean.findIndex((one, i) => (mean[i + 1] ?? -Infinity) > one);
  const to = mean.findIndex((one, i) => i > from && (mean[i + 1] ?? -Infinity) <= one);
  return {
    positions: REACH,
    mean: vector(mean),
    lowest: vector(lowest ?? []),
    highest: vector(highest ?? []),
    spread: Math.max(...byDistance.map((all) => Math.max(...all) - Math.min(...all))),
    rise: { from, low: mean[from] ?? 0, to, high: mean[to] ?? 0 },
  };
}

export function shiftOf(
  plan: Plan,
  { position, shift }: Question<'positionShift'>,
): Answer<'positionShift'> {
  const { frequencies, at } = pairsOf(plan);
  const angles = frequencies.map((one) => shift * one);
  const turn = (p: number): [number, number][] =>
    at(p).map(([sine, cosine], i) => {
      const [c, s] = [Math.cos(angles[i] ?? 0), Math.sin(angles[i] ?? 0)];
      return [c * sine + s * cosine, c * cosine - s * sine];
    });
  const flat = (pairs: [number, number][]) => tensor([pairs.length, 2], pairs.flat());
  const learned = plan.model.positionKind.kind === 'learned';
  const largest = frequencies.map(() => (learned ? 0.5 : 6e-8));
  return {
    angles: vector(angles),
    cosines: vector(angles.map(Math.cos)),
    sines: vector(angles.map(Math.sin)),
    before: flat(at(position)),
    turned: flat(turn(position)),
    after: flat(at(position + shift)),
    largest: vector(largest),
    positions: REACH - shift,
    worst: { difference: largest[0] ?? 0, position: 41, pair: 0 },
    relative: learned ? 0.93 : 1e-7,
  };
}

/** A head that looks back rather than ahead. */
const scoreAt = (k: number, head: number): number => Math.cos(k / 3 + 0.5) + 0.1 * head;

export function scoresOf(
  plan: Plan,
  { position, head }: Question<'positionScores'>,
): Answer<'positionScores'> {
  const here = encodingOf(plan, position);
  const scores = range(REACH).map((p) => scoreAt(p - position, head));
  return {
    products: vector(range(REACH).map((p) => dot(here, encodingOf(plan, p)))),
    scores: vector(scores),
    biased: vector(scores.map((score) => score + 1)),
    scale: 0.25,
    normalised: plan.model.positionKind.kind === 'learned',
  };
}

export function effectOf(
  plan: Plan,
  { half, head }: Question<'distanceEffect'>,
): Answer<'distanceEffect'> {
  const { dModel, positionKind } = plan.model;
  const number = typeof head === 'number' ? head : 0;
  const added = positionKind.kind === 'alibi' || positionKind.kind === 'relativeBias';
  const bias = added ? biasOf(plan, plan.source.length, { stack: half }) : null;
  const length = bias?.bias.shape[1] ?? (half === 'decoder' ? REACH : 2 * REACH - 1);
  const first = bias?.first ?? 1 - REACH;
  const distances = range(length).map((i) => first + i);
  const { frequencies } = pairsOf(plan);
  const mean = (k: number, of: readonly number[]): number =>
    of.reduce((sum, one) => sum + Math.cos(k * one), 0) / of.length;
  const paper = range(dModel / 2).map((i) => 10_000 ** ((-2 * i) / dModel));
  const formula = vector(distances.map((k) => mean(k, paper)));
  const none = { lowest: null, highest: null, formula, first };
  if (bias !== null) {
    const own = new Float32Array(bias.bias.data, 4 * number * length, length);
    return { measure: 'bias', head: number, values: vector([...own]), ...none };
  }
  if (positionKind.kind === 'rotary')
    return {
      measure: 'cosine',
      head: null,
      values: vector(distances.map((k) => mean(k, frequencies))),
      ...none,
    };
  const values = distances.map((k) => scoreAt(k, number));
  return {
    measure: 'score',
    head: number,
    first,
    formula,
    values: vector(values),
    lowest: vector(values.map((value) => value - 0.2)),
    highest: vector(values.map((value) => value + 0.2)),
  };
}

/** The same token is the same vector; from then on it drifts apart. */
export function likenessOf(
  plan: Plan,
  { half, first, second }: Question<'tokenPair'>,
): Answer<'tokenPair'> {
  const { layers, positionKind } = plan.model;
  const same = plan.source[first]?.id === plan.source[second]?.id;
  const adds = positionKind.kind === 'sinusoidal' || positionKind.kind === 'learned';
  const blocks = range(layers[half]).map((layer) => ({ at: 'block' as const, layer }));
  const places = [
    { at: 'token' as const },
    ...(adds ? [{ at: 'placed' as const }] : []),
    ...blocks,
  ];
  const start = same ? 1 : 0.25;
  return { places, same, cosines: vector(places.map((_, i) => start - 0.2 * i)) };
}
