import { Failure } from '../../failure/failure';
import type { Half } from '../../protocol/address';
import { passLength } from '../replay/passLength';
import type { Trace } from '../trace';
import { checkToken } from '../traceTokens';
import { checkHalf } from './checkHalf';

/** Tokens that a stack reads when a trace is replayed. */
export function tokensRead(trace: Trace, half: Half): number {
  const { source, target } = passLength(trace);
  return half === 'decoder' && trace.architecture === 'encoderDecoder' ? target : source;
}

/**
 * That a stack is there and reads a token. The last output token was written but not fed back.
 * @throws Failure `trace.noStack`, `trace.notRead`, `trace.noToken`
 */
export function checkReading(trace: Trace, half: Half, token: number): void {
  checkHalf(trace, half);
  const read = tokensRead(trace, half);
  const written = half === 'decoder' && trace.architecture === 'encoderDecoder';
  if (written && token >= read && token < trace.target.length) throw new Failure('trace.notRead');
  checkToken(token, read);
}

/** @throws Failure `trace.noLayer` */
export function checkLayer(trace: Trace, half: Half, layer: number): void {
  const { layers } = trace.model.stackConfig(half)!;
  if (layer >= layers) throw new Failure('trace.noLayer', { value: layer, last: layers - 1 });
}
