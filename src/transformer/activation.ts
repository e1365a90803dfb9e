import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from './config';
import { hasOwnKernel, runOwnKernel } from './operations/ownKernels';
import { isBuiltIn } from './operations/rowKernels';

const SQRT_2 = Math.SQRT2;
/** √(2/π), from the tanh approximation of GELU (Hendrycks & Gimpel 2016, section 2). */
const GELU_TANH_SCALE = Math.sqrt(2 / Math.PI);
const GELU_TANH_CUBIC = 0.044715;
/** Of the sigmoid approximation in the same place. */
const GELU_SIGMOID_SCALE = 1.702;
const GELU_10_LIMIT = 10;
/** PyTorch's default. */
const LEAKY_SLOPE = 0.01;

/** Applies the non-linearity number by number; times `gate`, if given. Call inside `tf.tidy`. */
export function activate(x: tf.Tensor2D, activation: Activation, gate?: tf.Tensor2D): tf.Tensor2D {
  if (activation === 'linear' && !gate) return x;
  if (isBuiltIn(activation) && hasOwnKernel('Activate'))
    return runOwnKernel('Activate', { x, gate: gate ?? null }, { activation });
  const active = composed(x, activation);
  return gate ? tf.mul(active, gate) : active;
}

function composed(x: tf.Tensor2D, activation: Activation): tf.Tensor2D {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return tf.relu(x);
    case 'relu2':
      return tf.square(tf.relu(x));
    case 'relu6':
      return tf.clipByValue(x, 0, 6);
    case 'leaky_relu':
      return tf.leakyRelu(x, LEAKY_SLOPE);
    case 'sigmoid':
      return tf.sigmoid(x);
    case 'tanh':
      return tf.tanh(x);
    case 'swish':
      return tf.mul(x, tf.sigmoid(x));
    case 'mish':
      return tf.mul(x, tf.tanh(tf.softplus(x)));
    case 'gelu': // x Φ(x), with the error function
      return gelu(x);
    case 'gelu_10':
      return tf.clipByValue(gelu(x), -GELU_10_LIMIT, GELU_10_LIMIT);
    case 'gelu_new': {
      // 0.5 x (1 + tanh(u)) = x σ(2u): the same function with one kernel fewer
      const u = tf.mul(GELU_TANH_SCALE, tf.add(x, tf.mul(GELU_TANH_CUBIC, tf.pow(x, 3))));
      return tf.mul(x, tf.sigmoid(tf.mul(2, u)));
    }
    case 'quick_gelu':
      return tf.mul(x, tf.sigmoid(tf.mul(GELU_SIGMOID_SCALE, x)));
  }
}

const gelu = (x: tf.Tensor2D): tf.Tensor2D =>
  tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.div(x, SQRT_2))));
