import type { WrittenToken } from '../../protocol/trace';
import type { WrittenStep } from '../../transformer/generate/write';
import { likelihoods } from '../candidates';
import { softmax } from '../probabilities';
import { candidateOf, outputTokens } from '../tokenLabels';
import type { Trace } from '../trace';

/** The token of a step as a trace keeps it: how likely it was, and what else might have been written. */
export function writtenToken(
  trace: Trace,
  { tokens, logits, scores }: WrittenStep,
  given: boolean,
  milliseconds: number,
): WrittenToken {
  const { tokenizer } = trace.model;
  const id = tokens[0]!;
  const token = outputTokens(tokenizer, [...trace.written.map((one) => one.token.id), id]).at(-1)!;
  const { written, top } = likelihoods(logits, id);
  return {
    token: trace.architecture === 'decoder' ? { ...token, part: 'output' } : token,
    probability: written,
    rank: rankOf(logits, id),
    candidates: top.map((one) => candidateOf(tokenizer, one)),
    searched: searchedOf(
      logits,
      scores[0]!,
      id,
      top.map((one) => one.id),
    ),
    given,
    milliseconds,
  };
}

/** Tokens that are likelier. */
function rankOf(logits: Float32Array, id: number): number {
  const own = logits[id]!;
  return logits.reduce((count, logit) => count + (logit > own ? 1 : 0), 0);
}

/** Probabilities that the choice was made from; null where nothing was changed before it. */
function searchedOf(
  logits: Float32Array,
  scores: Float32Array,
  id: number,
  top: readonly number[],
): WrittenToken['searched'] {
  if (scores.every((score, i) => score === logits[i])) return null;
  const all = softmax(scores);
  // Rules may leave nothing of what is given all the same.
  const probability = (one: number): number => (Number.isNaN(all[one]) ? 0 : all[one]!);
  return { probability: probability(id), candidates: top.map(probability) };
}
