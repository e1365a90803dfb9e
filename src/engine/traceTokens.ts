/** The tokens of a trace as its views list them, and what may be asked about them. */
import type { MatrixView } from '../analysis/attentionMatrix';
import { groupsRead, type TokenGroup } from '../analysis/tokenGroup';
import { Failure } from '../failure/failure';
import type { MatrixAddress, Side, Stack, Unit } from '../protocol/address';
import { keySide, querySide } from '../protocol/stacks';
import type { Token } from '../protocol/trace';
import { groupsOf } from '../protocol/words';
import type { Trace } from './trace';

export function tokensOf(trace: Trace, side: Side): readonly Token[] {
  return side === 'source' ? trace.source : trace.target;
}

/** What each entry of a side consists of. */
export const entriesOn = (trace: Trace, side: Side, unit: Unit): readonly TokenGroup[] =>
  groupsOf(tokensOf(trace, side), unit);

/** Which entries of a side are special: a word is if all its tokens are. */
export function specialsOf(trace: Trace, side: Side, unit: Unit): boolean[] {
  const tokens = tokensOf(trace, side);
  return entriesOn(trace, side, unit).map(({ first, last }) =>
    tokens.slice(first, last + 1).every(({ special }) => special),
  );
}

/** How a stack's queries and keys are shown, of which some are read. */
export function viewOf(
  trace: Trace,
  { stack, hideSpecials, unit }: Pick<MatrixAddress, 'stack' | 'hideSpecials' | 'unit'>,
  read: { readonly queries: number; readonly keys: number },
): MatrixView {
  const { architecture } = trace;
  const [asking, asked] = [querySide(architecture, stack), keySide(architecture, stack)];
  return {
    hide: hideSpecials
      ? { queries: specialsOf(trace, asking, unit), keys: specialsOf(trace, asked, unit) }
      : null,
    groups:
      unit === 'word'
        ? {
            queries: groupsRead(entriesOn(trace, asking, unit), read.queries),
            keys: groupsRead(entriesOn(trace, asked, unit), read.keys),
          }
        : null,
  };
}

/** The last key a query sees before any is hidden, by token: a decoder looks at nothing that comes later. */
export const lastSeen = (trace: Trace, stack: Stack, query: number): number =>
  stack === 'decoder' ? query : trace.source.length - 1;

/** @throws Failure `trace.noToken` */
export function checkToken(value: number, count: number): void {
  if (value >= count) throw new Failure('trace.noToken', { value, last: count - 1 });
}

/**
 * An entry of a side of which the stack has read `count`. The last output token was written but not
 * fed back: it is no query, and no key of the decoder.
 * @throws Failure `trace.notRead`, `trace.noToken`
 */
export function checkRead(
  trace: Trace,
  side: Side,
  unit: Unit,
  entry: number,
  count: number,
): void {
  const isWritten = side === trace.writingSide && entry < entriesOn(trace, side, unit).length;
  if (isWritten && entry >= count) throw new Failure('trace.notRead');
  checkToken(entry, count);
}
