import * as tf from '@tensorflow/tfjs-core';
import type { HookName, Probe } from '../probe';
import { headsMask } from './headsMask';

/**
 * One token asks with another's query. Queries change before they are turned by their position, so the
 * token still asks from its own place; keys and values stay. For passes that hold both tokens.
 * @param names of attention: `decoder.blocks.0.cross_attn`
 * @param heads null: all
 */
export function otherQuery(
  names: ReadonlySet<HookName>,
  heads: ReadonlySet<number> | null,
  token: number,
  from: number,
): Probe {
  const hooks = new Set(Array.from(names, (name) => `${name}.hook_q`));
  return {
    wants: (name) => hooks.has(name),
    visit(name, queries) {
      if (!hooks.has(name)) return undefined;
      const [batch, length, count, width] = queries.shape as [number, number, number, number];
      const asked = tf.slice(queries, [0, from, 0, 0], [batch, 1, count, width]);
      const places = Array.from({ length }, (_, place) => place === token);
      const here = tf.tensor4d(places, [1, length, 1, 1], 'bool');
      return tf.where(tf.logicalAnd(here, headsMask(count, heads)), asked, queries);
    },
  };
}
