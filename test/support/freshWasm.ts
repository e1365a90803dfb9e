import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

const NAME = 'wasm';
/** As in tfjs. */
const PRIORITY = 2;

const kernelNames = (): string[] =>
  tf.getKernelsForBackend(NAME).map(({ kernelName }) => kernelName);

/** As long as no engine was started: files are loaded before any test of them runs. */
const stock = new Set(kernelNames());

/**
 * Forgets tfjs's WASM backend, its memory, and kernels that were given to it, so that the next one that
 * starts has an empty heap of its own, whatever other tests in this process did to the one before.
 * Engines that were closed have freed their tensors then.
 */
export async function forgetWasm(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  for (const name of kernelNames()) if (!stock.has(name)) tf.unregisterKernel(name, NAME);
  const factory = tf.findBackendFactory(NAME);
  tf.removeBackend(NAME);
  tf.registerBackend(NAME, factory, PRIORITY);
}
