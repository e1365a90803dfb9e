import { Failure } from '../../failure/failure';
import type { Half } from '../../protocol/address';
import type { Trace } from '../trace';

/** @throws Failure `trace.noStack` */
export function checkHalf({ architecture }: Trace, half: Half): void {
  if (architecture === 'encoderDecoder' || architecture === half) return;
  throw new Failure('trace.noStack', { stack: half, known: architecture });
}
