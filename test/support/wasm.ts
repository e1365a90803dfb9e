import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

/** Where the kernels lie in a checkout. */
export const WASM_DIRECTORY = 'node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/';

/** The backend that users get. */
export async function useWasm(): Promise<void> {
  setWasmPaths(WASM_DIRECTORY);
  await tf.setBackend('wasm');
  await tf.ready();
}
