import { div } from '@tensorflow/tfjs-core';
import type { HookName, Probe } from '../probe';

/**
 * Token embeddings without their factor (√d_model in section 3.4).
 * @param name of the hook: `encoder.embed`
 * @param scale the factor, see `EmbeddingConfig`
 */
export function unscaledEmbedding(name: HookName, scale: number): Probe {
  return {
    wants: (one) => one === name,
    visit: (one, value) => (one === name ? div(value, scale) : undefined),
  };
}
