/** The one piece of WebAssembly's interface used here: its types come only with the DOM's, which has no place in the engine. */
declare const WebAssembly: { validate(module: Uint8Array): boolean };

/** What this runtime's WebAssembly can do, found out by validating the smallest module that needs it. */
export interface WasmFeatures {
  readonly simd: boolean;
  readonly threads: boolean;
  readonly relaxedSimd: boolean;
}

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]; // "\0asm", version 1
const I32_CONST = 0x41;
const SIMD = 0xfd;
const SPLAT_I8X16 = [SIMD, 0x0f];
const END = 0x0b;

/** A memory declared as shared needs the threads proposal. */
const SHARED_MEMORY = [...HEADER, ...section(0x05, [1, 0x03, 1, 1])];

/** `() → v128`: a splat, which needs SIMD. */
const SPLAT = functionOf([I32_CONST, 1, ...SPLAT_I8X16]);

/** Two splats and `i8x16.relaxed_swizzle` (opcode 0x100), which needs relaxed SIMD. */
const RELAXED_SWIZZLE = functionOf([
  ...[I32_CONST, 1, ...SPLAT_I8X16],
  ...[I32_CONST, 2, ...SPLAT_I8X16],
  ...[SIMD, 0x80, 0x02],
]);

export function wasmFeatures(): WasmFeatures {
  return {
    simd: validates(SPLAT),
    threads: typeof SharedArrayBuffer !== 'undefined' && validates(SHARED_MEMORY),
    relaxedSimd: validates(RELAXED_SWIZZLE),
  };
}

/** A module of one function `() → v128`. */
function functionOf(body: number[]): number[] {
  return [
    ...HEADER,
    ...section(0x01, [1, 0x60, 0, 1, 0x7b]),
    ...section(0x03, [1, 0]),
    ...section(0x0a, [1, ...sized([0, ...body, END])]),
  ];
}

function section(id: number, body: number[]): number[] {
  return [id, ...sized(body)];
}

/** Contents behind their length; all here are shorter than 128 bytes, so one byte holds it. */
function sized(body: number[]): number[] {
  return [body.length, ...body];
}

function validates(module: number[]): boolean {
  return WebAssembly.validate(Uint8Array.from(module));
}
