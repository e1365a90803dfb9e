/**
 * How improbable a given output is to a model: the loss of each token, −ln p (natural logarithm, p its
 * probability by the softmax of the logits as computed), their sum, their mean over all given tokens
 * (the end of the sequence among them, where it was given), and perplexity, e to the mean. Pure.
 */
import type { WrittenToken } from '../../../src/protocol/trace';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';

export interface TokenLoss {
  /** The step it was given in. */
  readonly step: number;
  readonly written: WrittenToken;
  /** Nats; Infinity where the probability is too small for a number. */
  readonly loss: number;
}

export interface Loss {
  readonly tokens: readonly TokenLoss[];
  readonly total: number;
  readonly mean: number;
  readonly perplexity: number;
  /** The mean in bits. */
  readonly bits: number;
}

/** −ln p; rounding may leave a probability above 1, and no token is better than certain. */
export const tokenLoss = (probability: number): number => Math.max(0, -Math.log(probability));

/** Of a total over some tokens. */
export function meanLoss(total: number, tokens: number): Omit<Loss, 'tokens'> {
  const mean = tokens === 0 ? 0 : total / tokens;
  return { total, mean, perplexity: Math.exp(mean), bits: mean / Math.LN2 };
}

/** Of the given tokens of an output. */
export function lossOf(written: readonly WrittenToken[]): Loss {
  const tokens = written.flatMap((one, step) =>
    one.given ? [{ step, written: one, loss: tokenLoss(one.probability) }] : [],
  );
  const total = tokens.reduce((sum, { loss }) => sum + loss, 0);
  return { tokens, ...meanLoss(total, tokens.length) };
}

/** The tokens that cost most, the worst first; of equal ones the earlier. */
export const worstOf = ({ tokens }: Loss, count: number): readonly TokenLoss[] =>
  [...tokens].sort((a, b) => b.loss - a.loss || a.step - b.step).slice(0, count);

/** The largest loss that is a number: what a full bar stands for. */
export const largestLoss = ({ tokens }: Pick<Loss, 'tokens'>): number =>
  Math.max(0, ...tokens.map(({ loss }) => loss).filter(Number.isFinite));

/** Share of a full bar, 0–1; full also for an infinite loss. */
export function lossShare(loss: number, largest: number): number {
  if (!Number.isFinite(loss)) return 1;
  return largest === 0 ? 0 : loss / largest;
}

/** Whether the output on screen was given from its first token to its last. */
export const isForced = ({ plan, written }: TraceSnapshot): boolean =>
  plan?.writing?.further === false && written.length > 0 && written.every(({ given }) => given);
