import type { Cancellation } from '../../failure/cancellation';
import { Failure } from '../../failure/failure';
import type { LayerAddress } from '../../protocol/trace';
import type { TokenBatch } from '../../transformer/sequence';
import type { LoadedModel } from '../loadedModel';
import type { Trace } from '../trace';
import { LayerPass } from './layerPass';

/** Who stops a preview, and hears of its layers. */
export interface PreviewControl {
  readonly signal: Cancellation;
  /** Lets messages in. */
  breathe(): Promise<void>;
  previewed(layer: LayerAddress): void;
}

/**
 * Has a model read a text with 8-bit weights: fills the layers of the trace approximately. Where these
 * find no memory, or overflow, what is there is all: the exact pass comes next.
 * @throws Failure `run.cancelled`
 */
export async function readApproximately(
  trace: Trace,
  model: LoadedModel,
  source: TokenBatch,
  { signal, breathe, previewed }: PreviewControl,
): Promise<void> {
  const pass = new LayerPass(trace, true);
  try {
    const twin = await model.quantised(signal, breathe);
    const states = await twin.read(source, pass.probe, {
      signal,
      async afterLayer(stack, layer) {
        pass.finish(stack, layer);
        previewed({ stack, layer });
        await breathe();
      },
    });
    states.dispose();
  } catch (thrown) {
    const { code } = Failure.from(thrown);
    if (code !== 'model.notNumbers' && code !== 'memory.heap') throw thrown;
  }
}
