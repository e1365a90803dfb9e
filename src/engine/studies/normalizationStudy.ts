import * as tf from '@tensorflow/tfjs-core';
import { batchNormRow } from '../../analysis/batchNorm';
import { largestDifference } from '../../analysis/vectors';
import type { Answer, Question } from '../../protocol/queries';
import { RmsNorm, type Norm } from '../../transformer/normalization';
import { vector } from '../answerRange';
import { checkLayer } from '../checkHead';
import type { HookValue } from '../replay/replay';
import { checkReading } from './checkReading';
import { normAt } from './normPoint';
import { otherTextStates } from './otherTextStates';
import type { StudyContext } from './studyContext';

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
    read.push(
      await otherTextStates(context, text, input, { from: (1 + i) * part, to: (2 + i) * part }),
    );
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
