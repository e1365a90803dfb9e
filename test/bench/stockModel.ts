import * as tf from '@tensorflow/tfjs-core';
import { forEachTensor } from './checkpointTensors';
import type { SeePattern, Steps } from './contestant';
import type { Shape } from './shapes';

const LAYER_NORM_EPSILON = { bert: 1e-12, gpt2: 1e-5 } as const;
/** Added to the score of what must not be seen. */
const MASKED = -1e9;
const GELU_NEW_SCALE = Math.sqrt(2 / Math.PI);

/** Keys and values of earlier tokens, `[1, head, past, d]`. */
interface Past {
  readonly keys: tf.Tensor4D;
  readonly values: tf.Tensor4D;
}

/**
 * A Transformer in TensorFlow.js as people write it: heads by reshape and transpose, 4-D matMul with
 * transposeB, softmax, moments.
 */
export class StockModel {
  /** Masks by length, made once. */
  private readonly masks = new Map<number, tf.Tensor2D>();

  private constructor(
    private readonly shape: Shape,
    private readonly weights: ReadonlyMap<string, tf.Tensor>,
  ) {}

  /** PyTorch keeps linear maps as `[out, in]`; they are turned once. */
  static async load(folder: string, shape: Shape): Promise<StockModel> {
    const weights = new Map<string, tf.Tensor>();
    await forEachTensor(folder, (name, { shape: dimensions, data }) => {
      const stored = tf.tensor(data, [...dimensions]);
      const isTurned =
        shape.family === 'bert' && dimensions.length === 2 && !/embedding/.test(name);
      weights.set(name, isTurned ? tf.transpose(stored) : stored);
      if (isTurned) stored.dispose();
    });
    return new StockModel(shape, weights);
  }

  dispose(): void {
    tf.dispose([...this.weights.values(), ...this.masks.values()]);
  }

  forward(ids: Int32Array, see: SeePattern): tf.Tensor {
    return this.shape.family === 'bert' ? this.bert(ids, see) : this.gpt2(ids, 0, () => null, see);
  }

  startSteps(context: number): Steps {
    const { layers, heads, width } = this.shape;
    const some = () => tf.randomUniform<tf.Rank.R4>([1, heads, context, width / heads], -1, 1);
    const past = Array.from({ length: layers }, (): Past => ({ keys: some(), values: some() }));
    return {
      step: (token, see) => {
        const ids = Int32Array.of(token);
        const logits = tf.tidy(() => this.gpt2(ids, context, (layer) => past[layer]!, see));
        logits.dataSync();
        logits.dispose();
        return Promise.resolve();
      },
      dispose: () => tf.dispose(past as unknown as tf.TensorContainer),
    };
  }

  /** States `[position, width]`. */
  private bert(ids: Int32Array, see: SeePattern): tf.Tensor {
    const positions = tf.slice(this.tensor('embeddings.position_embeddings.weight'), 0, ids.length);
    const type = tf.slice(this.tensor('embeddings.token_type_embeddings.weight'), 0, 1);
    const words = this.rows('embeddings.word_embeddings.weight', ids);
    let x = this.norm(tf.add(tf.add(words, positions), type), 'embeddings.LayerNorm');
    for (let layer = 0; layer < this.shape.layers; layer++) {
      const before = x;
      x = tf.tidy(() => {
        const block = `encoder.layer.${layer}`;
        const [q, k, v] = ['query', 'key', 'value'].map((part) =>
          this.heads(this.linear(before, `${block}.attention.self.${part}`)),
        );
        const read = this.attend(q!, k!, v!, null, see);
        const mixed = this.linear(read, `${block}.attention.output.dense`);
        const middle = this.norm(tf.add(before, mixed), `${block}.attention.output.LayerNorm`);
        const inner = gelu(this.linear(middle, `${block}.intermediate.dense`));
        const contracted = this.linear(inner, `${block}.output.dense`);
        return this.norm(tf.add(middle, contracted), `${block}.output.LayerNorm`);
      });
      before.dispose();
    }
    return x;
  }

  /** Logits after the last token, `[1, vocabulary]`. */
  private gpt2(
    ids: Int32Array,
    offset: number,
    past: (layer: number) => Past | null,
    see: SeePattern,
  ): tf.Tensor {
    const table = this.tensor('transformer.wte.weight');
    const positions = tf.slice(this.tensor('transformer.wpe.weight'), offset, ids.length);
    const mask = ids.length > 1 ? this.mask(ids.length) : null;
    let x = tf.add(this.rows('transformer.wte.weight', ids), positions);
    for (let layer = 0; layer < this.shape.layers; layer++) {
      const before = x;
      x = tf.tidy(() => {
        const block = `transformer.h.${layer}`;
        const qkv = this.linear(this.norm(before, `${block}.ln_1`), `${block}.attn.c_attn`);
        const [q, newKeys, newValues] = tf.split(qkv, 3, -1).map((part) => this.heads(part));
        const cached = past(layer);
        const k = cached ? tf.concat([cached.keys, newKeys!], 2) : newKeys!;
        const v = cached ? tf.concat([cached.values, newValues!], 2) : newValues!;
        const read = this.attend(q!, k, v, mask, see);
        const middle = tf.add(before, this.linear(read, `${block}.attn.c_proj`));
        const normed = this.norm(middle, `${block}.ln_2`);
        const inner = geluNew(this.linear(normed, `${block}.mlp.c_fc`));
        return tf.add(middle, this.linear(inner, `${block}.mlp.c_proj`));
      });
      before.dispose();
    }
    const last = this.norm(tf.slice(x, [ids.length - 1, 0], [1, -1]), 'transformer.ln_f');
    return tf.matMul(last, table, false, true);
  }

  /** Rows `[position, width]` from heads `[1, head, position, d]`. */
  private attend(
    q: tf.Tensor,
    k: tf.Tensor,
    v: tf.Tensor,
    mask: tf.Tensor | null,
    see: SeePattern,
  ): tf.Tensor {
    const { width, heads } = this.shape;
    const scaled = tf.div(tf.matMul(q, k, false, true), Math.sqrt(width / heads)); // [1, head, query, key]
    const pattern = tf.softmax(mask ? tf.add(scaled, mask) : scaled);
    see(pattern.dataSync<'float32'>());
    return tf.reshape(tf.transpose(tf.matMul(pattern, v), [0, 2, 1, 3]), [-1, width]);
  }

  /** `[position, width]` → `[1, head, position, d]` */
  private heads(x: tf.Tensor): tf.Tensor4D {
    const { width, heads } = this.shape;
    return tf.transpose(tf.reshape(x, [1, -1, heads, width / heads]), [0, 2, 1, 3]);
  }

  private linear(x: tf.Tensor, name: string): tf.Tensor {
    const [a, b] = [x as tf.Tensor2D, this.tensor(`${name}.weight`) as tf.Tensor2D];
    return tf.fused.matMul({ a, b, bias: this.tensor(`${name}.bias`) });
  }

  private norm(x: tf.Tensor, name: string): tf.Tensor {
    const { mean, variance } = tf.moments(x, -1, true);
    const epsilon = LAYER_NORM_EPSILON[this.shape.family];
    const normed = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
    return tf.add(tf.mul(normed, this.tensor(`${name}.weight`)), this.tensor(`${name}.bias`));
  }

  private mask(length: number): tf.Tensor2D {
    const mask = this.masks.get(length) ?? tf.keep(causalMask(length));
    this.masks.set(length, mask);
    return mask;
  }

  private rows(name: string, ids: Int32Array): tf.Tensor {
    return tf.gather(this.tensor(name), tf.tensor1d(ids, 'int32'));
  }

  private tensor(name: string): tf.Tensor {
    const found = this.weights.get(name);
    if (!found) throw new Error(`The checkpoint has no ${name}.`);
    return found;
  }
}

const gelu = (x: tf.Tensor): tf.Tensor =>
  tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));

function geluNew(x: tf.Tensor): tf.Tensor {
  const cubed = tf.mul(tf.mul(x, x), x);
  const inner = tf.mul(tf.add(x, tf.mul(cubed, 0.044715)), GELU_NEW_SCALE);
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
}

/** `[query, key]` */
function causalMask(length: number): tf.Tensor2D {
  const mask = new Float32Array(length * length);
  for (let query = 0; query < length; query++)
    mask.fill(MASKED, query * length + query + 1, (query + 1) * length);
  return tf.tensor2d(mask, [length, length]);
}
