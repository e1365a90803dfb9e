import * as tf from '@tensorflow/tfjs-core';
import { directHooks, directShares } from '../../analysis/directPath';
import type { Answer, Question } from '../../protocol/queries';
import type { Half } from '../../protocol/address';
import type { Candidate } from '../../protocol/trace';
import { hookNames } from '../../transformer/hookNames';
import { noProbe } from '../../transformer/probe';
import { matrix, vector } from '../answerRange';
import { likelihoods } from '../candidates';
import { softmax } from '../probabilities';
import { rowOfValue } from '../replay/replay';
import { candidateOf } from '../tokenLabels';
import type { Trace } from '../trace';
import { checkToken } from '../traceTokens';
import { checkReading } from './checkReading';
import { outputDirection, whyNoDirection } from './outputDirection';
import type { StudyContext } from './studyContext';

/**
 * What every part of a stack adds to a token's logit.
 * @throws Failure `trace.noStack`, `trace.noToken`, `trace.notRead`, `model.notNumbers`
 */
export async function directSharesStudy(
  context: StudyContext,
  { half, token, predicted }: Question<'directShares'>,
): Promise<Answer<'directShares'>> {
  const { trace, model } = context;
  const { transformer, tokenizer } = model;
  checkReading(trace, half, token);
  const why = whyNoDirection(transformer, half);
  if (why) return { why, shares: null };
  const stack = transformer[half]!;
  const replay = await context.replay([], directHooks(stack, hookNames(transformer.config)));
  const logits = logitsOf(context, rowOfValue(replay.states, token));
  const actual = actualId(trace, half, token);
  const { top } = likelihoods(logits, 0);
  const written = trace.architecture === 'encoderDecoder' ? actual : null;
  const id = predicted ?? written ?? top[0]!.id;
  checkToken(id, logits.length);
  const probabilities = softmax(logits);
  const named = (one: number): Candidate =>
    candidateOf(tokenizer, { id: one, probability: probabilities[one]! });
  const { direction, bias } = outputDirection(transformer, id);
  const found = directShares(stack, direction, (name) => replay.row(name, token));
  const constant = found.constant + bias;
  const { heads } = stack.config;
  const sum = [...found.self, ...found.cross, found.feedForward]
    .flatMap((shares) => [...shares])
    .reduce((total, share) => total + share, found.embedding + found.attentionBiases + constant);
  return {
    why: null,
    shares: {
      candidates: top.map((one) => named(one.id)),
      actual: actual === null ? null : named(actual),
      predicted: named(id),
      logit: logits[id]!,
      self: matrix(found.self, heads),
      cross: found.cross.length === 0 ? null : matrix(found.cross, heads),
      feedForward: vector(Float32Array.from(found.feedForward)),
      embedding: found.embedding,
      attentionBiases: found.attentionBiases,
      constant,
      difference: Math.abs(sum - logits[id]!),
    },
  };
}

/** The token that does follow the place (of masked-token models: that stands there); null: none. */
function actualId(trace: Trace, half: Half, token: number): number | null {
  const { architecture, source, target } = trace;
  const tokens = half === 'decoder' && architecture === 'encoderDecoder' ? target : source;
  const at = trace.plan.model.task === 'maskedToken' ? token : token + 1;
  return tokens[at]?.id ?? null;
}

/** Logits at one place from the stack's output there, `[vocabulary]`. */
function logitsOf({ model }: StudyContext, states: Float32Array): Float32Array {
  return tf.tidy(() => {
    const row = tf.tensor2d(states, [1, states.length]);
    const logits = model.transformer.head!.apply(row, { batch: 1, length: 1 }, noProbe);
    return logits.dataSync<'float32'>();
  });
}
