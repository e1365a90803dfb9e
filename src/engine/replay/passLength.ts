import type { Trace } from '../trace';
import type { PassLength } from './hookBytes';

/** Tokens that an encoder–decoder's decoder reads again: the start token and all but the last it wrote. */
export const targetRead = (trace: Trace): number => Math.max(1, trace.written.length);

export const passLength = (trace: Trace): PassLength => ({
  source: trace.read.length,
  target: trace.architecture === 'encoderDecoder' ? targetRead(trace) : 0,
});
