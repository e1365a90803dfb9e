import * as tf from '@tensorflow/tfjs-core';
import { offer, type HookName, type Probe } from './probe';
import type { SequenceShape } from './sequence';

/** Token embeddings × √d_model plus positional encodings (sections 3.4 and 3.5). */
export class Embeddings {
  constructor(
    /** `[vocabulary, d_model]` */
    readonly tokens: tf.Tensor2D,
    /** `[position, d_model]`; shared by both stacks. */
    private readonly positions: tf.Tensor2D,
    private readonly scale: number,
  ) {}

  /** Ids `[batch · position]`, the first at position `offset` → `[batch · position, d_model]`. */
  apply(
    ids: Int32Array,
    shape: SequenceShape,
    offset: number,
    probe: Probe,
    stack: HookName,
  ): tf.Tensor2D {
    const dModel = this.tokens.shape[1];
    const full = [shape.batch, shape.length, dModel];
    const gathered = tf.gather(this.tokens, tf.tensor1d(ids, 'int32'));
    const scaled = this.scale === 1 ? gathered : tf.mul(gathered, this.scale);
    const embedded = offer(probe, `${stack}.embed`, scaled as tf.Tensor2D, full);
    const slice = tf.slice(this.positions, [offset, 0], [shape.length, dModel]); // [position, d_model]
    const repeated = shape.batch === 1 ? slice : tf.tile(slice, [shape.batch, 1]);
    return tf.add(embedded, offer(probe, `${stack}.pos_embed`, repeated, full));
  }
}
