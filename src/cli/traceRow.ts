import { rowAnswer } from '../engine/answer';
import type { Trace } from '../engine/trace';
import { Failure } from '../failure/failure';
import { rowCsv } from '../navigation/rowCsv';
import type { Side } from '../protocol/address';
import { keySide, querySide, stacksOf } from '../protocol/stacks';
import type { Token } from '../protocol/trace';
import { entriesOf } from '../protocol/words';
import type { RowRequest } from './traceArguments';

/**
 * A row as CSV, the same text that the panel copies.
 * @throws Failure `trace.*` for an address that is not there; `cli.hiddenToken`
 */
export function traceRow(trace: Trace, request: RowRequest): string {
  const { architecture, plan, model } = trace;
  const stack = request.stack ?? stacksOf(architecture)[0]!;
  const address = { ...request, stack };
  trace.checkStack(stack);
  const { direction, token, hideSpecials, unit } = address;
  const sides = [querySide(architecture, stack), keySide(architecture, stack)] as const;
  const [chosen, coloured] = direction === 'looksAt' ? sides : [sides[1], sides[0]];
  const listed = (side: Side): readonly Token[] => {
    if (side === 'source') return entriesOf(trace.source, unit, [plan.text, plan.pair]);
    const written = trace.written.map((one) => one.token.id);
    return entriesOf(trace.target, unit, [model.tokenizer.decode(written).text]);
  };
  if (hideSpecials && listed(chosen)[token]?.special === true)
    throw new Failure('cli.hiddenToken', { value: token });
  return rowCsv(listed(coloured), rowAnswer(trace, address));
}
