import * as tf from '@tensorflow/tfjs-core';
import { hasOwnKernel, runOwnKernel } from '../operations/ownKernels';
import type { PositionConfig } from './positionConfig';
import { frequencies, vectorFactor } from './ropeScaling';

export type RotaryConfig = Extract<PositionConfig, { kind: 'rotary' }>;

/**
 * Rotary positions (Su et al. 2021): within each head, pairs of dimensions are turned by an angle
 * proportional to the position, so that q · k depends on the distance alone.
 *
 * One formula for all variants: x ∘ cos + (x Q) ∘ sin, where Q `[d, d]` swaps the partners of each
 * pair with a sign. Dimensions that stay have cosine 1, sine 0. A product with ±1 is exact.
 */
export class Rotation {
  private constructor(
    private readonly cosines: tf.Tensor3D, // [batch · position, 1, d]
    private readonly sines: tf.Tensor3D, // [batch · position, 1, d]
    private readonly config: RotaryConfig,
    /** Q; null where a kernel needs none. */
    private readonly partners: tf.Tensor2D | null,
  ) {}

  /** For tokens at `positions` `[batch · position]` of heads of width d. */
  static at(positions: Int32Array, config: RotaryConfig, headWidth: number): Rotation {
    const length = positions.reduce((most, position) => Math.max(most, position + 1), 0);
    const theta = frequencies(config.base, config.dimensions, config.scaling, length);
    const factor = vectorFactor(config.scaling);
    const cosines = new Float32Array(positions.length * headWidth).fill(1);
    const sines = new Float32Array(positions.length * headWidth);
    for (const [row, position] of positions.entries()) {
      for (const [pair, frequency] of theta.entries()) {
        const angle = Math.fround(position * frequency); // float32, as the reference rounds it
        for (const dimension of pairOf(pair, config)) {
          cosines[row * headWidth + dimension] = Math.cos(angle) * factor;
          sines[row * headWidth + dimension] = Math.sin(angle) * factor;
        }
      }
    }
    const shape: [number, number, number] = [positions.length, 1, headWidth];
    // All of them or, where memory gives out, none.
    const made = tf.tidy(() => ({
      cosines: tf.tensor3d(cosines, shape),
      sines: tf.tensor3d(sines, shape),
      ...(!hasOwnKernel('Rotate') && { partners: partnersOf(config, headWidth) }),
    }));
    return new Rotation(made.cosines, made.sines, config, made.partners ?? null);
  }

  /** Turns `[batch · position, heads · d]`. */
  apply(x: tf.Tensor2D, heads: number): tf.Tensor2D {
    const { cosines, sines, partners, config } = this;
    if (!partners) {
      const { dimensions, interleaved } = config;
      return runOwnKernel('Rotate', { x, cosines, sines }, { dimensions, interleaved });
    }
    const [rows, width] = x.shape;
    const d = width / heads;
    const byHead = tf.reshape(x, [rows, heads, d]);
    const swapped = tf.matMul(tf.reshape(x, [rows * heads, d]), partners);
    const turned = tf.add(
      tf.mul(byHead, cosines),
      tf.mul(tf.reshape(swapped, [rows, heads, d]), sines),
    );
    return tf.reshape(turned, [rows, width]);
  }

  dispose(): void {
    tf.dispose([this.cosines, this.sines]);
    this.partners?.dispose();
  }
}

/** The two dimensions of a pair. */
export function pairOf(
  pair: number,
  { interleaved, dimensions }: Pick<RotaryConfig, 'interleaved' | 'dimensions'>,
): readonly [number, number] {
  return interleaved ? [2 * pair, 2 * pair + 1] : [pair, pair + dimensions / 2];
}

/** Q with x Q = the partner of each dimension, negated for the first of a pair. */
function partnersOf(config: RotaryConfig, headWidth: number): tf.Tensor2D {
  const matrix = new Float32Array(headWidth * headWidth); // [from, to]
  for (let pair = 0; pair < config.dimensions / 2; pair++) {
    const [first, second] = pairOf(pair, config);
    matrix[second * headWidth + first] = -1;
    matrix[first * headWidth + second] = 1;
  }
  return tf.tensor2d(matrix, [headWidth, headWidth]);
}
