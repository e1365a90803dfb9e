import type { WrittenToken } from '../../protocol/trace';
import { logSoftmax } from '../../transformer/generate/logSoftmax';
import type { WrittenStep } from '../../transformer/generate/write';
import { likelihoods } from '../candidates';
import { softmax } from '../probabilities';
import { candidateOf, outputTokens } from '../tokenLabels';
import type { Trace } from '../trace';

/** What else there is to say of a token. */
interface TokenFacts {
  readonly given: boolean;
  /** Scores are logarithms of probabilities, as beams are compared by. */
  readonly logarithms: boolean;
  readonly milliseconds: number;
}

/** The token of a step as a trace keeps it: how likely it was, and what else might have been written. */
export function writtenToken(
  trace: Trace,
  { tokens, logits, scores }: WrittenStep,
  { given, logarithms, milliseconds }: TokenFacts,
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
    searched: searchedOf(logits, scores[0]!, logarithms, [id, ...top.map((one) => one.id)]),
    given,
    milliseconds,
  };
}

/** Tokens that are likelier. */
function rankOf(logits: Float32Array, id: number): number {
  const own = logits[id]!;
  return logits.reduce((count, logit) => count + (logit > own ? 1 : 0), 0);
}

/**
 * Probabilities that the choice was made from; null where nothing was changed before it. A beam search
 * does not make them sum to 1 again.
 * @param ids the token, then the candidates
 */
function searchedOf(
  logits: Float32Array,
  scores: Float32Array,
  logarithms: boolean,
  ids: readonly number[],
): WrittenToken['searched'] {
  const computed = logarithms ? logSoftmax(logits) : logits;
  if (scores.every((score, i) => score === computed[i])) return null;
  const all = logarithms ? null : softmax(scores);
  const [probability = 0, ...candidates] = ids.map((one) => {
    const own = all ? all[one]! : Math.exp(scores[one]!);
    // Rules may leave nothing of what is given all the same.
    return Number.isNaN(own) ? 0 : own;
  });
  return { probability, candidates };
}
