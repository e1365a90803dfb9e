/** Answers about positions of each kind, by their formulas; learned numbers from a fixed wave. */
import type { Answer, Question } from '../../src/protocol/queries';
import type { Plan, Positions } from '../../src/protocol/trace';
import type { WireTensor } from '../../src/protocol/wireTensor';

export const tensor = (shape: number[], values: readonly number[]): WireTensor => ({
  shape,
  data: Float32Array.from(values).buffer,
});

export const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** As sines in halves; of a learned table small numbers, one dimension a hundred times larger. */
export function encodingOf({ model }: Plan, position: number): number[] {
  const { dModel, positionKind } = model;
  const half = dModel / 2;
  return range(dModel).map((i) => {
    if (positionKind.kind === 'learned')
      return (i === 7 ? 4 : 0.04) * Math.sin(1.7 * i + 0.31 * position * ((i % 5) + 1));
    const angle = position / 10_000 ** ((2 * (i % half)) / dModel);
    return i < half ? Math.sin(angle) : Math.cos(angle);
  });
}

export function rotationOf(
  positions: Extract<Positions, { kind: 'rotary' }>,
  { from, to }: Question<'rotation'>,
): Answer<'rotation'> {
  const pairs = positions.dimensions / 2;
  const frequencies = range(pairs).map((pair) => positions.base ** (-pair / pairs));
  const rows = range(to - from).map((i) =>
    frequencies.map((theta) => Math.cos((from + i) * theta)),
  );
  const mean = (row: number[]): number => row.reduce((sum, value) => sum + value, 0) / row.length;
  return {
    frequencies: tensor([pairs], frequencies),
    factor: positions.scaling === 'yarn' ? 1.25 : 1,
    cosines: tensor([rows.length, pairs], rows.flat()),
    similarity: tensor([rows.length], rows.map(mean)),
  };
}

/** T5's: half the buckets for what comes later where that can be seen, exact ones near, then wider. */
export function bucketOf(distance: number, buckets: number, most: number, both: boolean): number {
  const own = both ? buckets / 2 : buckets;
  const offset = both && distance > 0 ? own : 0;
  const far = both ? Math.abs(distance) : Math.max(0, -distance);
  const exact = own / 2;
  if (far < exact) return offset + far;
  const wide = exact + Math.floor((Math.log(far / exact) / Math.log(most / exact)) * (own - exact));
  return offset + Math.min(own - 1, wide);
}

export function biasOf(
  { model }: Plan,
  count: number,
  { stack }: Question<'positionBias'>,
): Answer<'positionBias'> {
  const { positionKind, heads } = model;
  const both = stack === 'encoder';
  const own = both ? heads.encoder : heads.decoder;
  const first = 1 - count;
  const distances = range(both ? 2 * count - 1 : count).map((i) => first + i);
  const shape = [own, distances.length];
  if (positionKind.kind === 'relativeBias') {
    const { buckets, maxDistance } = positionKind;
    const of = distances.map((distance) => bucketOf(distance, buckets, maxDistance, both));
    const bias = range(own).flatMap((head) => of.map((b) => 3 * Math.sin(b / 3 + head) - b / 8));
    return { first, bias: tensor(shape, bias), slopes: null, buckets: of };
  }
  const slopes = range(own).map((head) => 2 ** ((-8 * (head + 1)) / own));
  const bias = slopes.flatMap((slope) => distances.map((distance) => slope * distance));
  return { first, bias: tensor(shape, bias), slopes: tensor([own], slopes), buckets: null };
}

/** Falling probabilities; what does stand there, or follow, is the second of them at even places. */
export function candidatesAt(plan: Plan, { token }: Question<'candidates'>): Answer<'candidates'> {
  const next = plan.model.task === 'nextToken';
  const real = plan.source[next ? token + 1 : token];
  const actual =
    real === undefined
      ? null
      : { id: real.id, label: real.label, continues: false, probability: 0.0123 };
  const others = ['cat', 'dog', 'bird', 'fish', 'fox'].map((label, i) => ({
    id: 9000 + i,
    label,
    continues: label === 'fox',
    probability: 0.5 / 2 ** i,
  }));
  const known = actual !== null && token % 2 === 0 ? { ...actual, probability: 0.25 } : null;
  return {
    candidates: known === null ? others : [others[0]!, known, ...others.slice(2)],
    actual: known ?? actual,
  };
}
