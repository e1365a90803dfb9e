import * as tf from '@tensorflow/tfjs-core';
import type { HookName, Probe } from '../probe';
import { headsMask } from './headsMask';

/**
 * Heads that add nothing: their z is 0, as if their rows of W_O were.
 * @param heads by attention: `encoder.blocks.1.attn` → its silent heads
 */
export function mutedHeads(heads: ReadonlyMap<HookName, ReadonlySet<number>>): Probe {
  const byHook = new Map<HookName, ReadonlySet<number>>(
    Array.from(heads, ([name, muted]) => [`${name}.z`, muted]),
  );
  return {
    wants: (name) => byHook.has(name),
    visit(name, z) {
      const muted = byHook.get(name);
      if (!muted) return undefined;
      const mask = headsMask(z.shape[2]!, muted);
      return tf.where(mask, tf.zerosLike(z), z); // [batch, position, head, d_head]
    },
  };
}
