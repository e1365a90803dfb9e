import { createHash } from 'node:crypto';
import type { Tensor } from '@tensorflow/tfjs-core';

/** SHA-256 of the shapes and bytes of some tensors, in their order: two that are alike are the same to the last bit. */
export async function bytesDigest(tensors: readonly Tensor[]): Promise<string> {
  const hash = createHash('sha256');
  for (const tensor of tensors) {
    const { buffer, byteOffset, byteLength } = await tensor.data<'float32'>();
    hash.update(JSON.stringify(tensor.shape));
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
