import { rowAnswer } from '../engine/answer';
import type { Trace } from '../engine/trace';
import { Failure } from '../failure/failure';
import { chosenSide, colouredSide } from '../navigation/navigationRules';
import { rowCsv } from '../navigation/rowCsv';
import type { RowAddress } from '../protocol/address';
import type { Side } from '../protocol/queries';
import type { Token } from '../protocol/trace';

/**
 * A row as CSV, the same text that the panel copies.
 * @throws Failure `trace.*` for an address that is not there; `cli.hiddenToken`
 */
export function traceRow(trace: Trace, address: RowAddress): string {
  const { stack, direction, token, hideSpecials } = address;
  const tokensOf = (side: Side): readonly Token[] =>
    side === 'source' ? trace.source : trace.target;
  if (hideSpecials && tokensOf(chosenSide(stack, direction))[token]?.special === true)
    throw new Failure('cli.hiddenToken', { value: token });
  return rowCsv(tokensOf(colouredSide(stack, direction)), rowAnswer(trace, address));
}
