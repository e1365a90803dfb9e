/** The tokens of a trace, and what may be asked about them. */
import type { MatrixSelection } from '../analysis/attentionMatrix';
import { Failure } from '../failure/failure';
import type { Stack } from '../protocol/address';
import type { Side } from '../protocol/queries';
import type { Token } from '../protocol/trace';
import type { Trace } from './trace';

export const querySide = (stack: Stack): Side => (stack === 'encoder' ? 'source' : 'target');
export const keySide = (stack: Stack): Side => (stack === 'decoder' ? 'target' : 'source');

export function tokensOf(trace: Trace, side: Side): readonly Token[] {
  return side === 'source' ? trace.source : trace.target;
}

/** Which of a side's tokens are special, `[token]`. */
export const specialsOf = (trace: Trace, side: Side): boolean[] =>
  tokensOf(trace, side).map(({ special }) => special);

/** The special tokens among a stack's queries and keys, where they are to be hidden; else null. */
export function hiddenIn(
  trace: Trace,
  stack: Stack,
  hideSpecials: boolean,
): MatrixSelection['hide'] {
  if (!hideSpecials) return null;
  return {
    queries: specialsOf(trace, querySide(stack)),
    keys: specialsOf(trace, keySide(stack)),
  };
}

/** @throws Failure `trace.noToken` */
export function checkToken(value: number, count: number): void {
  if (value >= count) throw new Failure('trace.noToken', { value, last: count - 1 });
}

/**
 * A token of which the stack has read `count`. The last output token was written but not fed back:
 * it is no query, and no key of the decoder.
 * @throws Failure `trace.notRead`, `trace.noToken`
 */
export function checkRead(trace: Trace, side: Side, token: number, count: number): void {
  if (side === 'target' && token === count && token < trace.target.length)
    throw new Failure('trace.notRead');
  checkToken(token, count);
}
