import type * as tf from '@tensorflow/tfjs-core';
import type { Decoding } from '../transformer/decoding';
import type { Probe } from '../transformer/probe';
import type { RunControl } from '../transformer/runControl';
import type { SharedTokens } from './captureProbe';
import type { LoadedModel } from './loadedModel';
import type { PrefixMemory } from './prefixMemory';
import { batchOf } from './prepareText';
import type { Trace } from './trace';

/** The text of a trace as a decoder reads it: from the first token on that the text before had not. */
interface CausalReading {
  readonly trace: Trace;
  readonly model: LoadedModel;
  readonly shared: SharedTokens | null;
  /** Told `shared`, and keeps keys and values for the text after it. */
  readonly prefix: PrefixMemory;
}

/**
 * Has a decoder read a text to its end.
 * @param say is given the states `[token, width]` of the tokens that were read, and the decoding that
 * has them, with which it may go on
 * @throws Failure `run.cancelled`, `model.*`; what was kept before is kept still
 */
export async function readCausally<T>(
  { trace, model, shared, prefix }: CausalReading,
  { probe, control }: { readonly probe: Probe; readonly control: RunControl },
  say: (states: tf.Tensor2D, decoding: Decoding) => Promise<T>,
): Promise<T> {
  const decoding = shared ? prefix.lend(shared) : model.transformer.startDecoding(null, probe);
  try {
    const from = shared?.tokens ?? 0;
    const typeIds = trace.typeIds?.slice(from) ?? null;
    const tail = batchOf({ source: trace.source.slice(from), typeIds });
    const states = await decoding.run(tail, probe, control);
    try {
      if (shared?.earlier.predictions) trace.predictions?.adopt(shared.earlier.predictions, from);
      const said = await say(states, decoding);
      prefix.keep({ model, trace, decoding });
      return said;
    } finally {
      states.dispose();
    }
  } catch (error) {
    if (shared) prefix.takeBack(shared);
    else decoding.dispose();
    throw error;
  }
}
