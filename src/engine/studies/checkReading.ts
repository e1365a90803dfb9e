import type { Half } from '../../protocol/address';
import { querySide } from '../../protocol/stacks';
import { passLength } from '../replay/passLength';
import type { Trace } from '../trace';
import { checkRead } from '../traceTokens';

/**
 * That a stack is there and reads a token. The last output token was written but not fed back.
 * @throws Failure `trace.noStack`, `trace.notRead`, `trace.noToken`
 */
export function checkReading(trace: Trace, half: Half, token: number): void {
  trace.checkStack(half);
  const side = querySide(trace.architecture, half);
  const read = passLength(trace)[side];
  checkRead(trace, side, 'token', token, read);
}
