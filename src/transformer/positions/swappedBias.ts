import * as tf from '@tensorflow/tfjs-core';
import type { SequenceShape } from '../sequence';
import type { PlaceVariation } from '../variation';
import { swapsIn } from './placedRows';
import type { PastTokens } from './positionRows';
import type { ScoreBias } from './positionEffect';

/**
 * A bias as it is when two tokens are told each other's place, as queries and as keys. It owns the
 * bias given. A bias of one row for all queries depends on the keys alone, and so does what becomes of it.
 * @throws Failure `variation.noToken` as `swapsIn` does
 */
export function swappedBias(
  bias: ScoreBias,
  heads: number,
  tokens: SequenceShape,
  past: PastTokens,
  places: Extract<PlaceVariation, { kind: 'swapped' }>,
): ScoreBias {
  const { first, second } = places;
  const asks = swapsIn(tokens, past, places); // else both are keys only
  const keyOrder = swappedOrder(past.length + tokens.length, first, second);
  const queryOrder = swappedOrder(tokens.length, first - past.length, second - past.length);
  const swapped = new Map<tf.Tensor2D, tf.Tensor2D>();
  for (let row = 0; row < tokens.batch; row++) {
    for (let head = 0; head < heads; head++) {
      const own = bias.of(row, head); // [query, key] or [1, key]; sequences may share it
      if (swapped.has(own)) continue;
      const moved = tf.tidy(() => {
        const keys = tf.gather(own, tf.tensor1d(keyOrder, 'int32'), 1);
        const perQuery = asks && own.shape[0] > 1;
        return perQuery ? tf.gather(keys, tf.tensor1d(queryOrder, 'int32'), 0) : keys;
      });
      swapped.set(own, moved);
    }
  }
  return {
    of: (row, head) => swapped.get(bias.of(row, head))!,
    dispose() {
      tf.dispose([...swapped.values()]);
      bias.dispose();
    },
  };
}

/** 0, 1, 2 … with two numbers swapped. */
function swappedOrder(length: number, first: number, second: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => (i === first ? second : i === second ? first : i));
}
