import type { Stack } from '../../protocol/address';
import type { PreviewError } from '../../protocol/preview';
import { CaptureProbe, type SharedTokens } from '../captureProbe';
import { LayerTrace } from '../layerTrace';
import type { Trace } from '../trace';
import { attentionError } from './attentionError';

/**
 * One of several passes over the same text. A layer enters the trace when all of it is there, so that
 * none is half of one pass and half of another, however a pass ends.
 */
export class LayerPass {
  readonly probe: CaptureProbe;
  private record: LayerTrace | null = null;

  constructor(
    private readonly trace: Trace,
    private readonly approximate: boolean,
    /** What need not be computed. */
    shared: SharedTokens | null = null,
  ) {
    this.probe = new CaptureProbe(trace, shared, (stack, layer) => {
      const { heads } = trace.writable(stack, layer).attention;
      return (this.record ??= new LayerTrace(heads, this.approximate));
    });
  }

  /** A layer is computed. @returns how far the approximate one was off whose place it took; null: there was none */
  finish(stack: Stack, layer: number): PreviewError | null {
    const record = this.record!;
    this.record = null;
    const before = this.trace.place(stack, layer, record);
    return before.approximate ? attentionError(before.attention, record.attention) : null;
  }
}
