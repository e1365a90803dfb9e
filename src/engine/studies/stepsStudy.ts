import { rowTimes } from '../../analysis/contributions';
import { softmaxSum, weightOfScore } from '../../analysis/softmaxSum';
import { dot, largestDifference, norm } from '../../analysis/vectors';
import type { Answer, Question } from '../../protocol/queries';
import type { WireTensor } from '../../protocol/wireTensor';
import { vector } from '../answerRange';
import { AttentionPass } from './attentionPass';
import { project } from './headRows';
import { normedRow } from './normedRow';
import { scoreBias } from './scoreBias';
import { scorePartsOf } from './scorePartsOf';
import type { StudyContext } from './studyContext';
import { rowsOf } from './weightColumns';

/** From what a head reads to what its layer adds. @throws Failure `trace.no*`, `memory.run`, `run.cancelled` */
export async function stepsStudy(
  context: StudyContext,
  { stack, layer, head, query, key: asked }: Question<'steps'>,
): Promise<Answer<'steps'>> {
  const pass = await AttentionPass.of(context, { stack, layer, head });
  pass.checkPair(query, asked ?? 0);
  const scores = pass.row('scores', query);
  const weights = pass.row('pattern', query);
  const seen = pass.seen(query);
  const key = asked ?? weights.indexOf(weights.reduce((most, one) => Math.max(most, one)));
  const meeting = pass.meeting('query', query);
  const keys = Array.from({ length: pass.keys }, (_, k) => pass.meeting('key', k));
  const values = Array.from({ length: pass.keys }, (_, k) => pass.vector('value', k)!);
  const { scale } = pass.attention.shape;
  const raw = Float64Array.from(keys, (one) => dot(meeting, one));
  const bias = scoreBias(pass, query);
  const derived = raw.map((product, k) => product * scale + (bias?.[k] ?? 0));
  const shown = (of: ArrayLike<number>): number[] =>
    Array.from(of).slice(seen.first, seen.last + 1);
  const softmax = softmaxSum(shown(scores));
  const x = pass.x(query);
  const memory = pass.memory(key);
  const stream = pass.streamBefore(query);
  const mixed = mixture(weights, values);
  const shares = headShares(pass, query);
  const { bias: outputBias } = pass.attention.projections.output;
  const b = outputBias?.dataSync<'float32'>() ?? null;
  const output = pass.whole('output', query)!;
  const summed = shares.reduce(
    (sum, share) => sum.map((value, i) => value + share[i]!),
    Float64Array.from({ length: output.length }, (_, i) => b?.[i] ?? 0),
  );
  const residual = residualOf(pass, query);
  const [queryVector, keyVector] = [pass.vector('query', query)!, pass.vector('key', key)!];
  return {
    key,
    keyHead: pass.keyHead,
    x: wire(x),
    beforeNorm: pass.hooks.x === pass.hooks.stream ? null : wire(stream),
    memory: wire(memory),
    query: wire(queryVector),
    turnedQuery: orNull(pass.vector('turnedQuery', query)),
    keyVector: wire(keyVector),
    turnedKey: orNull(pass.vector('turnedKey', key)),
    value: wire(values[key]!),
    products: wire(meeting.map((value, c) => value * keys[key]![c]!)),
    scale,
    raw: wire(raw),
    scaled: wire(raw.map((product) => product * scale)),
    bias: bias && wire(bias),
    scores: wire(scores),
    weights: wire(weights),
    sizes: wire(values.map((value, k) => weights[k]! * norm(value))),
    seen,
    softmax,
    heads: {
      shape: [pass.attention.shape.heads, pass.attention.shape.headWidth],
      data: copy(pass.whole('z', query)!),
    },
    share: wire(shares[head]!),
    shareNorms: wire(shares.map(norm)),
    outputBias: b && wire(b),
    output: wire(output),
    outputNorm: norm(output),
    residual: {
      stream: wire(residual.stream),
      feedForward: orNull(residual.feedForward),
      sum: wire(residual.sum),
      normed: pass.normAfter && wire(normedRow(pass.normAfter, residual.sum)),
    },
    parts: scorePartsOf(pass, query, key, bias),
    differences: {
      vectors: Math.max(
        largestDifference(project(pass, 'query', x), queryVector),
        largestDifference(project(pass, 'key', memory), keyVector),
        largestDifference(project(pass, 'value', memory), values[key]!),
      ),
      scores: largestDifference(shown(derived), shown(scores)),
      weights: largestDifference(
        shown(scores).map((score) => weightOfScore(score, softmax)),
        shown(weights),
      ),
      mixture: largestDifference(mixed, pass.vector('z', query)!),
      output: largestDifference(summed, output),
      sum: residual.difference,
    },
  };
}

/** Σ αⱼ vⱼ, `[d_v]`. */
function mixture(weights: Float32Array, values: readonly Float32Array[]): Float64Array {
  const mixed = new Float64Array(values[0]!.length);
  for (const [k, value] of values.entries())
    for (const [c, component] of value.entries()) mixed[c]! += weights[k]! * component;
  return mixed;
}

/** z · W_O of each head, `[d_model]`. */
function headShares(pass: AttentionPass, query: number): Float64Array[] {
  const { heads, headWidth } = pass.attention.shape;
  const { weight } = pass.attention.projections.output; // [heads · d_v, d_model]
  const z = pass.whole('z', query)!;
  return Array.from({ length: heads }, (_, h) =>
    rowTimes(
      z.subarray(h * headWidth, (h + 1) * headWidth),
      rowsOf(weight, h * headWidth, headWidth),
      weight.outputs,
    ),
  );
}

/** What the sub-layer's output meets, and their sum. */
function residualOf(pass: AttentionPass, query: number) {
  const stream = pass.residual(query);
  const feedForward = pass.whole('feedForward', query);
  const output = pass.whole('output', query)!;
  const sum = pass.whole('sum', query)!;
  const derived = Float64Array.from(
    stream,
    (value, i) => value + output[i]! + (feedForward?.[i] ?? 0),
  );
  return { stream, feedForward, sum, difference: largestDifference(derived, sum) };
}

/** A copy in a buffer of its own: rows of a replay share theirs. */
const copy = (numbers: Iterable<number>): ArrayBuffer => Float32Array.from(numbers).buffer;
const wire = (numbers: Iterable<number>): WireTensor => vector(Float32Array.from(numbers));
const orNull = (numbers: Float32Array | null): WireTensor | null => numbers && wire(numbers);
