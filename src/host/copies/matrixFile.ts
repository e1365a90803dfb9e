import type { MatrixAddress } from '../../protocol/address';
import type { TraceId } from '../../protocol/trace';
import { MAX_PAYLOAD_BYTES, numbersOf } from '../../protocol/wireTensor';
import type { EngineClient } from '../engine/engineClient';
import { npy } from './npy';

/** A head's exact matrix as an .npy file, fetched in parts that fit the protocol's payload. */
export async function matrixFile(
  engine: Pick<EngineClient, 'ask'>,
  trace: TraceId,
  address: MatrixAddress,
): Promise<Uint8Array<ArrayBuffer>> {
  // The picture knows how many queries and keys exist by now; its pixels are not used.
  const { queries, keys } = await engine.ask(trace, { name: 'matrix', question: address });
  const rowsAtOnce = Math.max(1, Math.floor(MAX_PAYLOAD_BYTES / (4 * Math.max(1, keys))));
  const parts: Float32Array[] = [];
  for (let from = 0; from < queries; from += rowsAtOnce) {
    const to = Math.min(queries, from + rowsAtOnce);
    const question = { ...address, from, to };
    parts.push(numbersOf(await engine.ask(trace, { name: 'matrixRows', question })));
  }
  return npy([queries, keys], parts);
}

/** `headlight-encoder-2-3.npy`, `…-3-words.npy`: says where the numbers come from, counted as in code. */
export const matrixFileName = (
  { stack, layer, head, unit }: MatrixAddress,
  suffix: string,
): string => `headlight-${stack}-${layer}-${head}${unit === 'word' ? '-words' : ''}.${suffix}`;
