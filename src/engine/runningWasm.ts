import { Failure, type WireFailure } from '../failure/failure';
import type { EndOfThread } from '../kernels/pool/threadPool';
import type { OwnKernels } from './ownKernels';
import type { Typing } from './typing';
import { variantName, type WasmVariant } from './wasmVariant';

/** tfjs's WASM backend as it computes in this thread. */
export class RunningWasm {
  constructor(
    readonly variant: WasmVariant,
    /** Null: nothing but tfjs's kernels. */
    readonly own: OwnKernels | null,
    readonly typing: Typing,
  ) {}

  /** Threads that compute or are about to. */
  get threads(): number {
    if (this.own === null) return this.variant.threads;
    return this.own.threads?.living ?? 1;
  }

  /** Tells `listener`, and nobody else any more, what the reader should know of. */
  onNotice(listener: (notice: WireFailure) => void): void {
    const threads = this.own?.threads;
    if (!threads) return;
    threads.onLost = (end) => listener(lossOf(end, threads.living).toWire());
  }

  get name(): string {
    return variantName(this.variant, this.threads);
  }
}

function lossOf(end: EndOfThread, threads: number): Failure {
  switch (end.how) {
    case 'silent':
      return new Failure('notice.kernelThreadSilent', { seconds: end.seconds, threads });
    case 'failed':
      return new Failure('notice.kernelThread', { reason: 'WebAssembly.RuntimeError', threads });
    case 'ended':
      return new Failure('notice.kernelThread', { reason: end.reason, threads });
  }
}
