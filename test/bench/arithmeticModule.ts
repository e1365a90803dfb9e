/** `fma`: a · b + c rounded once; `mulAdd`: rounded twice; `dot`: products of 8 bits, four to a sum of 32. */
export type Arithmetic = 'fma' | 'mulAdd' | 'dot';

/** Sums that grow side by side: more than the processor has in flight, few enough for its registers. */
const SUMS = 12;
/** Times that each sum grows in a turn of the loop, so that counting turns costs nothing. */
const UNROLLED = 4;

const [I32, V128] = [0x7f, 0x7b];
const [LOOP, END, BRANCH_IF, EMPTY] = [0x03, 0x0b, 0x0d, 0x40];
const [LOCAL_GET, LOCAL_SET, LOCAL_TEE] = [0x20, 0x21, 0x22];
const [I32_CONST, F32_CONST, I32_SUB] = [0x41, 0x43, 0x6b];
const SIMD = 0xfd;
const SPLAT_F32X4 = [SIMD, 0x13];
const SPLAT_I8X16 = [SIMD, 0x0f];
const ADD_F32X4 = [SIMD, 0xe4, 0x01];
const MULTIPLY_F32X4 = [SIMD, 0xe6, 0x01];
const RELAXED_MULTIPLY_ADD_F32X4 = [SIMD, 0x85, 0x02];
const RELAXED_DOT_ADD_I32X4 = [SIMD, 0x93, 0x02];
const EXTRACT_LANE_I32X4 = [SIMD, 0x1b, 0];
const ADD_I32X4 = [SIMD, 0xae, 0x01];

/** ½ as float32: no sum becomes infinite, or subnormal and slow. */
const HALF = [0x00, 0x00, 0x00, 0x3f];

const OPERATIONS: Readonly<Record<Arithmetic, number>> = {
  fma: 4 * 2,
  mulAdd: 4 * 2,
  dot: 16 * 2,
};

/** A module that exports `run(turns: i32) → i32`: a loop of one kind of arithmetic, in registers only. */
export function arithmeticModule(kind: Arithmetic): {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly operationsATurn: number;
} {
  const turns = 0;
  const factor = 1;
  const sums = Array.from({ length: SUMS }, (_, i) => factor + 1 + i);
  const grow = (sum: number): number[] => {
    const product = [LOCAL_GET, factor, LOCAL_GET, factor];
    const more = [LOCAL_GET, sum];
    if (kind === 'fma') return [...product, ...more, ...RELAXED_MULTIPLY_ADD_F32X4, LOCAL_SET, sum];
    if (kind === 'dot') return [...product, ...more, ...RELAXED_DOT_ADD_I32X4, LOCAL_SET, sum];
    // The factor of a sum is the sum: a product of constants would be computed once.
    return [
      ...more,
      LOCAL_GET,
      factor,
      ...MULTIPLY_F32X4,
      LOCAL_GET,
      factor,
      ...ADD_F32X4,
      LOCAL_SET,
      sum,
    ];
  };
  const start =
    kind === 'dot' ? [I32_CONST, 1, ...SPLAT_I8X16] : [F32_CONST, ...HALF, ...SPLAT_F32X4];
  const body = [
    ...[...start, LOCAL_SET, factor],
    ...[LOOP, EMPTY],
    ...Array.from({ length: UNROLLED }, () => sums.flatMap(grow)).flat(),
    ...[LOCAL_GET, turns, I32_CONST, 1, I32_SUB, LOCAL_TEE, turns, BRANCH_IF, 0],
    END,
    // Without a use of the sums there would be nothing to compute.
    ...sums.flatMap((sum, i) => [LOCAL_GET, sum, ...(i > 0 ? ADD_I32X4 : [])]),
    ...EXTRACT_LANE_I32X4,
    END,
  ];
  const code = [1, sums.length + 1, V128, ...body];
  const bytes = Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, 1, I32, 1, I32]),
    ...section(3, [1, 0]),
    ...section(7, [1, 3, ...Buffer.from('run'), 0, 0]),
    ...section(10, [1, ...length(code.length), ...code]),
  ]);
  return { bytes, operationsATurn: SUMS * UNROLLED * OPERATIONS[kind] };
}

const section = (id: number, content: readonly number[]): number[] => [
  id,
  ...length(content.length),
  ...content,
];

/** An unsigned number, seven bits a byte, lowest first. */
function length(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...length(value >>> 7)];
}
