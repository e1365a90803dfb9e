import * as tf from '@tensorflow/tfjs-core';
import { largestDifference, norm } from '../../analysis/vectors';
import type { Half } from '../../protocol/address';
import type { Answer, Question } from '../../protocol/queries';
import type { VocabularyToken } from '../../protocol/studies/neurons';
import { topIndices } from '../../transformer/generate/topIndices';
import { noProbe } from '../../transformer/probe';
import { checkPayload } from '../answerRange';
import { checkLayer } from '../checkHead';
import { blockName } from '../replay/hookNaming';
import { vocabularyToken } from '../tokenLabels';
import { checkReading } from './checkReading';
import { feedForwardRead } from './normPoint';
import { whyNoDirection } from './outputDirection';
import type { StudyContext } from './studyContext';
import { rowsOf } from './weightColumns';

/** Neurons told: what the rest writes is told as one number. */
const SHOWN = 10;
/** Tokens that each is said to promote. */
const PROMOTED = 3;

/**
 * The neurons of a feed-forward network that write most to one token.
 * @throws Failure `trace.noStack`, `trace.noLayer`, `trace.noToken`, `trace.notRead`, `trace.range`
 */
export async function neuronsStudy(
  context: StudyContext,
  { half, layer, token }: Question<'neurons'>,
): Promise<Answer<'neurons'>> {
  const { trace, model } = context;
  checkReading(trace, half, token);
  checkLayer(trace, half, layer);
  const block = model.transformer[half]!.parts.blocks[layer]!;
  const name = blockName(trace.architecture, half, layer);
  const [post, out] = [`${name}.mlp.post`, `${name}.mlp_out`];
  const read = feedForwardRead(model.transformer, half, layer);
  const replay = await context.replay([], [post, out, read.input]);
  const { shape, numbers } = replay.value(post);
  const [tokens = 0, width = 0] = shape;
  checkPayload(SHOWN, tokens);
  const { contract } = block.parts.feedForward;
  const dModel = contract.weight.outputs;
  const rows = rowsOf(contract.weight, 0, contract.weight.inputs); // [d_ff, d_model]
  const active = replay.row(post, token);
  const rowOf = (index: number) => rows.subarray(index * dModel, (index + 1) * dModel);
  const lengths = active.map((activation, index) => Math.abs(activation) * norm(rowOf(index)));
  const strongest = topIndices(lengths, SHOWN);
  const written = strongest.map((index) => rowOf(index).map((number) => number * active[index]!));
  const promoted = promotedTokens(context, half, written);
  const activations = Float32Array.from({ length: strongest.length * tokens }, (_, i) => {
    const neuron = strongest[Math.floor(i / tokens)]!;
    return numbers[(i % tokens) * width + neuron]!;
  });
  const inputs = read.inputs(replay.value(read.input));
  return {
    neurons: strongest.map((index, place) => ({
      index,
      activation: active[index]!,
      rowNorm: norm(rowOf(index)),
      writes: lengths[index]!,
      promotes: promoted && promoted[place]!,
    })),
    activations: { shape: [strongest.length, tokens], data: activations.buffer },
    width,
    positive: active.reduce((count, activation) => count + (activation > 0 ? 1 : 0), 0),
    outputNorm: norm(replay.row(out, token)),
    shownNorm: norm(sumOf(written, dModel)),
    permuted: tokens,
    permutedDifference: permutedDifference(
      (order) => block.parts.feedForward.apply(order, { batch: 1, length: tokens }, noProbe, name),
      inputs,
      [tokens, dModel],
      replay.value(out).numbers,
    ),
  };
}

function sumOf(vectors: readonly Float32Array[], width: number): Float64Array {
  const sum = new Float64Array(width);
  for (const vector of vectors) for (let d = 0; d < width; d++) sum[d]! += vector[d]!;
  return sum;
}

/** The network at all tokens in reverse order, beside what it gave in theirs. */
function permutedDifference(
  apply: (x: tf.Tensor2D) => tf.Tensor2D,
  inputs: Float32Array,
  shape: [tokens: number, width: number],
  expected: Float32Array,
): number {
  const back = tf.tidy(() => {
    const reversed = tf.reverse(tf.tensor2d(inputs, shape), 0);
    return tf.reverse(apply(reversed), 0).dataSync<'float32'>();
  });
  return largestDifference(back, expected);
}

/**
 * For each of some vectors `[d_model]` the tokens whose output columns they have the largest products
 * with, without the final norm; null where that means nothing.
 */
function promotedTokens(
  { model }: StudyContext,
  half: Half,
  vectors: readonly Float32Array[],
): VocabularyToken[][] | null {
  const { transformer, tokenizer } = model;
  const { config, parts } = transformer[half]!;
  if (whyNoDirection(transformer, half) || config.normPlacement === 'post') return null;
  const logits = tf.tidy(() => {
    const written = tf.tensor2d(
      vectors.flatMap((vector) => [...vector]),
      [vectors.length, config.dModel],
    );
    const { outProjection } = parts;
    const projected = outProjection ? outProjection.weight.times(written, null, 'linear') : written;
    const { weight } = transformer.head!.parts.output!;
    return weight.times(projected, null, 'linear').dataSync<'float32'>();
  });
  const vocabulary = logits.length / vectors.length;
  return vectors.map((_, i) =>
    topIndices(logits.subarray(i * vocabulary, (i + 1) * vocabulary), PROMOTED).map((id) =>
      vocabularyToken(tokenizer, id),
    ),
  );
}
