import * as tf from '@tensorflow/tfjs-core';
import { batchNormRow } from '../../analysis/batchNorm';
import type { Answer, Question } from '../../protocol/queries';
import { RmsNorm, type Norm } from '../../transformer/normalization';
import { vector } from '../answerRange';
import type { HookValue } from '../replay/replay';
import { replayRun } from '../replay/replayRun';
import { checkLayer, checkReading } from './checkReading';
import { largestDifference } from './largestDifference';
import { normAt } from './normPoint';
import type { StudyContext } from './studyContext';
import { traceOf } from './tourRead';

/** Of the work on a sentence, the run; the rest is the pass that keeps what its norm reads. */
const RUN_PART = 0.7;

/**
 * A norm of the model and batch normalisation, of one token in two batches that differ in the last
 * sentence.
 * @throws Failure `trace.noStack`, `trace.noLayer`, `trace.noToken`, `trace.noNorm`, `text.*`, `memory.run`
 */
export async function normalizationStudy(
  context: StudyContext,
  { half, layer, which, token, others, instead }: Question<'normalization'>,
): Promise<Answer<'normalization'>> {
  const { trace, model } = context;
  checkReading(trace, half, token);
  checkLayer(trace, half, layer);
  const { norm, input } = normAt(model.transformer, half, layer, which);
  const texts = [...others, instead];
  const part = 1 / (texts.length + 1);
  const own = (await context.replay([], [input], { from: 0, to: part })).value(input);
  const read: HookValue[] = [];
  for (const [i, text] of texts.entries())
    read.push(await valueIn(context, text, input, (1 + i) * part, part));
  const last = read.pop()!;
  const before = normed(norm, [own, ...read], token);
  const after = normed(norm, [own, ...read.slice(0, -1), last], token);
  const width = own.shape[1]!;
  return {
    kind: norm instanceof RmsNorm ? 'rms' : 'layer',
    input: vector(own.numbers.slice(token * width, (token + 1) * width)),
    before: wired(before),
    after: wired(after),
    ownDifference: largestDifference(after.own, before.own),
    batchDifference: largestDifference(after.batch, before.batch),
  };
}

/** What a norm reads of another text, `[position, d_model]`. */
async function valueIn(
  context: StudyContext,
  text: string,
  input: string,
  from: number,
  part: number,
): Promise<HookValue> {
  const { model, signal, breathe } = context;
  const ran = from + part * RUN_PART;
  const trace = await traceOf(context, text, { from, to: ran });
  const progress = (fraction: number): void =>
    context.progress(ran + part * (1 - RUN_PART) * fraction);
  const replay = await replayRun(trace, model, [], [input], { signal, progress, breathe });
  return replay.value(input);
}

interface Normed {
  readonly own: Float32Array<ArrayBuffer>;
  readonly batch: Float32Array<ArrayBuffer>;
  readonly tokens: number;
}

/** A row of the first of some sentences, normalised in a batch of all their tokens. */
function normed(norm: Norm, sentences: readonly HookValue[], row: number): Normed {
  const width = sentences[0]!.shape[1]!;
  const tokens = sentences.reduce((sum, { shape }) => sum + shape[0]!, 0);
  const rows = new Float32Array(tokens * width);
  let at = 0;
  for (const { numbers } of sentences) {
    rows.set(numbers, at);
    at += numbers.length;
  }
  // The model's own norm is given the whole batch too: it has every chance to mix the sentences.
  const own = tf.tidy(() => {
    const all = norm.apply(tf.tensor2d(rows, [tokens, width]));
    return Float32Array.from(tf.slice(all, [row, 0], [1, width]).dataSync<'float32'>());
  });
  return { own, batch: batchNormRow(rows, width, row, norm), tokens };
}

const wired = ({ own, batch, tokens }: Normed): Answer<'normalization'>['before'] => ({
  own: vector(own),
  batch: vector(batch),
  tokens,
});
