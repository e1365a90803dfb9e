/**
 * What our WebAssembly offers (`assembly/`), with the arguments of each kernel before its job. Addresses
 * are bytes from the start of tfjs's heap, of float32 unless something else is said; 0 stands for “none”.
 *
 * A kernel works on the units `from … to − 1` of its job and writes nothing else, so threads may share a
 * job, and a unit may be computed again. Results do not depend on how a job is shared. Each sum goes
 * through its addends in one order whatever the number of rows: a token computed alone has the very bits
 * that it has among others.
 *
 * Layouts. A *packed* matrix `[in, out]` is `[⌈out / 8⌉, in, 8]`: panels of eight outputs, the last filled
 * up with zeros. *Keys* of a sequence and head are `[capacity / 8, d_k, 8]`, panels of eight keys; *values*
 * `[⌈d_v / 8⌉, capacity, 8]`, panels of eight dimensions, the last filled up with zeros. `capacity` is a
 * multiple of 8; what lies behind `length` may be anything.
 */
export interface KernelArguments {
  /** Units: panels. Plain `[in, out]` → packed. */
  pack: [plain: number, packed: number, inputs: number, outputs: number];
  /** Units: panels. Plain `[out, in]` → packed. */
  packTransposed: [plain: number, packed: number, inputs: number, outputs: number];
  /** Units: inputs. Packed → plain `[in, out]`. */
  unpack: [packed: number, plain: number, inputs: number, outputs: number];
  /** Units: entries of `ids` (int32). Column `ids[i]` of a packed matrix → row i of `out` `[ids, in]`. */
  packedColumns: [packed: number, ids: number, out: number, inputs: number];
  /** Units: panels. `out` `[rows, out]` = activation(`x` `[rows, in]` · packed + `bias` `[out]`). */
  product: [
    ...[x: number, packed: number, bias: number, out: number],
    ...[rows: number, inputs: number, outputs: number, activation: ActivationCode],
  ];

  /**
   * Units: panels. Packed float32 → int8 `[⌈out / 8⌉, ⌈in / 4⌉, 8, 4]` (inputs filled up with zeros) with a
   * scale and a sum (int32) of each output, `[8 · panels]`: w ≈ scale · int8.
   */
  packInt8: [packed: number, int8: number, scales: number, sums: number, inputs: number];
  /**
   * Units: rows. `x` `[rows, in]` → 0 … 127 `[rows, 4 · ⌈in / 4⌉]`, with a scale and a zero (int32) of each
   * row: x ≈ scale · (quantised − zero).
   */
  quantiseRows: [x: number, quantised: number, scales: number, zeros: number, inputs: number];
  /** Units: panels. As `product`, of what the two before it made. */
  productInt8: [
    ...[quantised: number, rowScales: number, rowZeros: number],
    ...[int8: number, scales: number, sums: number, bias: number, out: number],
    ...[rows: number, inputs: number, outputs: number, activation: ActivationCode],
  ];

  /**
   * Units: sequences × heads (of keys). Rows `[sequence · position, heads · d]` → keys `[sequence · head, …]`
   * from position `past` on; `length`: positions in `rows`.
   */
  packKeys: [
    ...[rows: number, keys: number, length: number, heads: number],
    ...[width: number, past: number, capacity: number],
  ];
  /** The same for values. */
  packValues: [
    ...[rows: number, values: number, length: number, heads: number],
    ...[width: number, past: number, capacity: number],
  ];
  /** Units: sequences × heads. Keys `[sequence · head, …]` → plain `[sequence · head, d, length]`. */
  unpackKeys: [keys: number, plain: number, length: number, width: number, capacity: number];
  /** Units: sequences × heads. Values → plain `[sequence · head, length, d]`. */
  unpackValues: [values: number, plain: number, length: number, width: number, capacity: number];
  /**
   * Units: blocks of four queries, `sequences · heads · ⌈queries / 4⌉`, a head's one after another. Scaled
   * dot-product attention (Vaswani et al. 2017, section 3.2.1): `pattern` `[sequence, head, query, key]` =
   * softmax(scale · q · k + bias + mask) and `z` `[sequence · query, heads · d]` = pattern · v.
   */
  attend: [
    /** `query` `[sequence · query, heads · d]`; `scratch`: `4 · (keys + 8)` floats a thread. */
    ...[query: number, keys: number, values: number, pattern: number, z: number, scratch: number],
    ...[queries: number, length: number, capacity: number],
    /** `sharing`: heads of queries to a head of keys. */
    ...[heads: number, sharing: number, width: number, scale: number],
    /** Query i sees keys up to `i + causalOffset`, what is behind weighs exactly 0; −1: all. */
    causalOffset: number,
    /**
     * Tables of addresses (uint32): of `[query, key]` a sequence, of `[query or 1, key]` a sequence and head;
     * an entry may be 0. `biasStride`: numbers from one query's row of a bias to the next; 0: one row for all.
     */
    ...[masks: number, biases: number, biasStride: number],
  ];
  /**
   * Units as of `attend`. `scores` `[sequence, head, query, key]` before softmax, of all keys: what `attend`
   * computes on its way.
   */
  scores: [
    ...[query: number, keys: number, scores: number, scratch: number],
    ...[queries: number, length: number, capacity: number],
    ...[heads: number, sharing: number, width: number, scale: number],
    ...[masks: number, biases: number, biasStride: number],
  ];
  /** Units: rows. softmax over each row `[rows, columns]`; `out` may be `x`. */
  softmax: [x: number, out: number, columns: number];
  /** Units as of `attend`. `z` of a given pattern. */
  mix: [
    ...[pattern: number, values: number, z: number, scratch: number],
    ...[queries: number, length: number, capacity: number],
    ...[heads: number, sharing: number, width: number],
  ];

  /** Units: rows. (x − mean) / √(variance + ε) · gain + bias over `[rows, width]`. */
  layerNorm: [x: number, gain: number, bias: number, out: number, width: number, epsilon: number];
  /** Units: rows. x / √(mean(x²) + ε) · gain. */
  rmsNorm: [x: number, gain: number, out: number, width: number, epsilon: number];
  /** Units: numbers, by fours. activation(x), times `gate` where there is one. */
  activate: [x: number, gate: number, out: number, count: number, activation: ActivationCode];
  /**
   * Units: rows `[sequence · position]`. x ∘ cos + partner(x) ∘ sin within each head (see `Rotation`), with
   * `cosines` and `sines` `[row, d]`; `interleaved`: partners are neighbours, else half of `dimensions` apart.
   */
  rotate: [
    ...[x: number, cosines: number, sines: number, out: number],
    ...[heads: number, width: number, dimensions: number, interleaved: number],
  ];
}

export type KernelName = keyof KernelArguments;

/** Last arguments of every kernel: number of the thread (for its scratch), and its units. */
export type Job = [thread: number, from: number, to: number];

export type KernelExports = {
  readonly [Name in KernelName]: (...all: [...KernelArguments[Name], ...Job]) => void;
};

/** Non-linearities that are built in, by what they are called in a model's config; others are tfjs's. */
export const ACTIVATIONS = {
  linear: 0,
  relu: 1,
  gelu: 2,
  gelu_new: 3,
  swish: 4,
  quick_gelu: 5,
  tanh: 6,
  sigmoid: 7,
  relu2: 8,
} as const;
export type ActivationCode = (typeof ACTIVATIONS)[keyof typeof ACTIVATIONS];
