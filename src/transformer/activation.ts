import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from './config';

const SQRT_2 = Math.SQRT2;
/** √(2/π), from the tanh approximation of GELU (Hendrycks & Gimpel 2016, section 2). */
const GELU_TANH_SCALE = Math.sqrt(2 / Math.PI);
const GELU_TANH_CUBIC = 0.044715;

/** Applies the non-linearity element by element; any shape. */
export function activate(x: tf.Tensor2D, activation: Activation): tf.Tensor2D {
  switch (activation) {
    case 'relu':
      return tf.relu(x);
    case 'swish':
      return tf.mul(x, tf.sigmoid(x));
    case 'tanh':
      return tf.tanh(x);
    case 'gelu': // x Φ(x), with the error function
      return tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.div(x, SQRT_2))));
    case 'gelu_new': {
      // 0.5 x (1 + tanh(u)) = x σ(2u): the same function with one kernel fewer
      const u = tf.mul(GELU_TANH_SCALE, tf.add(x, tf.mul(GELU_TANH_CUBIC, tf.pow(x, 3))));
      return tf.mul(x, tf.sigmoid(tf.mul(2, u)));
    }
  }
}
