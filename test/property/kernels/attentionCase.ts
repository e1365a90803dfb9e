import type { KernelCase, Wanted } from './kernelCase';
import { numbersOf, ROUNDING } from './kernelCase';
import { keysOf, valuesOf } from './packedKeysValues';

const FORBIDDEN = -3.4028234663852886e38;
const SCALE = 0.7;

export interface AttentionSize {
  readonly sequences: number;
  /** Heads of keys, and heads of queries to each. */
  readonly keyHeads: number;
  readonly sharing: number;
  readonly width: number;
  /** Keys before those of the queries. */
  readonly past: number;
  readonly queries: number;
  /** Panels of keys that are not in use. */
  readonly spare: number;
  readonly causal: boolean;
  /** The first sequence has a mask. */
  readonly masked: boolean;
  /** Every head but the second has a bias. */
  readonly bias: 'none' | 'row' | 'matrix';
}

export interface MadeAttention {
  readonly length: number;
  /** Rows `[sequence · position, heads · width]`. */
  readonly q: Float32Array;
  readonly k: Float32Array;
  readonly v: Float32Array;
  /** `[query, key]` of the first sequence. */
  readonly mask: Float32Array;
  /** `[sequence · head, query or 1, key]`. */
  readonly biases: readonly Float32Array[];
  readonly attend: KernelCase<'attend'>;
  /** @param causal the future is in the masks, of all sequences */
  readonly scores: (causal: boolean) => KernelCase<'scores'>;
  readonly mix: (pattern: Float32Array) => KernelCase<'mix'>;
  /** One query of the first sequence, and if causal no keys behind its own. */
  readonly step: (query: number) => KernelCase<'attend'>;
}

export function madeAttention(size: AttentionSize, seed: number): MadeAttention {
  const { sequences, keyHeads, sharing, width, past, queries, spare } = size;
  const numbers = numbersOf(seed);
  const heads = keyHeads * sharing;
  const length = past + queries;
  const capacity = (Math.ceil(length / 8) + spare) * 8;
  const q = numbers(sequences * queries * heads * width).map((number) => number * 3);
  const [k, v] = [
    numbers(sequences * length * keyHeads * width),
    numbers(sequences * length * keyHeads * width),
  ];
  const mask = numbers(queries * length).map((number, i) =>
    // A query sees itself at least.
    number > 0.3 && i % length !== past + Math.floor(i / length) ? FORBIDDEN : 0,
  );
  const rows = size.bias === 'matrix' ? queries : 1;
  const biases = Array.from({ length: size.bias === 'none' ? 0 : sequences * heads }, () =>
    numbers(rows * length),
  );
  const future = (masked: boolean) =>
    Float32Array.from({ length: queries * length }, (_, i) =>
      i % length > past + Math.floor(i / length) || (masked && mask[i] !== 0) ? FORBIDDEN : 0,
    );

  const shape = { heads: keyHeads, width, length, capacity };
  const keys = keysOf(k, shape);
  const values = valuesOf(v, shape);
  const biasInputs = Object.fromEntries(biases.map((bias, i) => [`bias${i}`, bias]));
  const biasTable = {
    biases: (at: Readonly<Record<string, number>>) =>
      Uint32Array.from(biases, (_, i) => (i % heads === 1 ? 0 : at[`bias${i}`]!)),
  };
  const biasStride = size.bias === 'matrix' ? length : 0;
  const units = sequences * heads * Math.ceil(queries / 4);
  const scratch = 4 * (length + 8) * 4;
  const patternBytes = sequences * heads * queries * length * 4;
  const { byteLength: zBytes } = q;

  const attend: KernelCase<'attend'> = {
    kernel: 'attend',
    inputs: { q, keys, values, ...(size.masked ? { mask } : {}), ...biasInputs },
    tables: {
      masks: ({ mask: at = 0 }) =>
        Uint32Array.from({ length: sequences }, (_, i) => (i === 0 ? at : 0)),
      ...biasTable,
    },
    outputs: { pattern: patternBytes, z: zBytes },
    scratch,
    units,
    args: (at) => [
      ...([at['q']!, at['keys']!, at['values']!, at['pattern']!, at['z']!] as const),
      ...([at['scratch']!, queries, length, capacity, heads, sharing, width, SCALE] as const),
      size.causal ? past : -1,
      ...([size.masked ? at['masks']! : 0] as const),
      ...([biases.length > 0 ? at['biases']! : 0, biasStride] as const),
    ],
    wanted: {},
  };

  const scores = (causal: boolean): KernelCase<'scores'> => ({
    kernel: 'scores',
    inputs: {
      ...{ q, keys, ...biasInputs },
      ...(causal ? { first: future(size.masked), others: future(false) } : {}),
      ...(!causal && size.masked ? { first: mask } : {}),
    },
    tables: {
      masks: ({ first = 0, others = 0 }) =>
        Uint32Array.from({ length: sequences }, (_, i) => (i === 0 ? first : others)),
      ...biasTable,
    },
    outputs: { scores: patternBytes },
    scratch,
    units,
    args: (at) => [
      ...([at['q']!, at['keys']!, at['scores']!, at['scratch']!] as const),
      ...([queries, length, capacity, heads, sharing, width, SCALE] as const),
      ...([at['masks']!, biases.length > 0 ? at['biases']! : 0, biasStride] as const),
    ],
    wanted: {},
  });

  const mix = (pattern: Float32Array): KernelCase<'mix'> => ({
    kernel: 'mix',
    inputs: { pattern, values },
    outputs: { z: zBytes },
    scratch,
    units,
    args: (at) => [
      ...([at['pattern']!, at['values']!, at['z']!, at['scratch']!] as const),
      ...([queries, length, capacity, heads, sharing, width] as const),
    ],
    wanted: {},
  });

  const step = (query: number): KernelCase<'attend'> => {
    const seen = size.causal ? past + query + 1 : length;
    return {
      ...attend,
      inputs: { q: q.slice(query * heads * width, (query + 1) * heads * width), keys, values },
      tables: {},
      outputs: { pattern: heads * seen * 4, z: heads * width * 4 },
      units: heads,
      args: (at) => [
        ...([at['q']!, at['keys']!, at['values']!, at['pattern']!, at['z']!] as const),
        ...([at['scratch']!, 1, seen, capacity, heads, sharing, width, SCALE] as const),
        ...([size.causal ? seen - 1 : -1, 0, 0, 0] as const),
      ],
    };
  };
  return { length, q, k, v, mask, biases, attend, scores, mix, step };
}

/** What `attend` shall give, in float64. */
export function plainAttention(
  { sequences, keyHeads, sharing, width, past, queries, causal, masked, bias }: AttentionSize,
  { length, q, k, v, mask, biases }: MadeAttention,
): Readonly<Record<'pattern' | 'z', Wanted[]>> {
  const heads = keyHeads * sharing;
  const pattern: Wanted[] = [];
  const z: Wanted[] = [];
  // Roundings of the scores, of which e^x makes relative errors.
  const relative = (30 * width + 100 + length) * ROUNDING;
  for (let head = 0; head < sequences * heads; head++) {
    const sequence = Math.floor(head / heads);
    const keyAt = (key: number, i: number) =>
      ((sequence * length + key) * keyHeads + Math.floor((head % heads) / sharing)) * width + i;
    for (let query = 0; query < queries; query++) {
      const row = ((sequence * queries + query) * heads + (head % heads)) * width;
      const scores = Array.from({ length }, (_, key) => {
        let score = 0;
        for (let i = 0; i < width; i++) score += q[row + i]! * k[keyAt(key, i)]!;
        score *= SCALE;
        if (biases.length > 0 && head % heads !== 1)
          score += biases[head]![(bias === 'matrix' ? query * length : 0) + key]!;
        const hidden = masked && sequence === 0 && mask[query * length + key] !== 0;
        return hidden || (causal && key > query + past) ? -Infinity : score;
      });
      const most = Math.max(...scores);
      const powers = scores.map((score) => Math.exp(score - most));
      const sum = powers.reduce((total, power) => total + power, 0);
      const weights = powers.map((power) => power / sum);
      pattern.push(...weights.map((value) => ({ value, within: value * relative })));
      for (let i = 0; i < width; i++) {
        const value = weights.reduce((total, weight, key) => total + weight * v[keyAt(key, i)]!, 0);
        z[row + i] = { value, within: relative };
      }
    }
  }
  return { pattern, z };
}
