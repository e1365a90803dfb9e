import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import type { KernelArguments, KernelExports, KernelName } from '../../src/kernels/kernelArguments';

/** What is made of src/kernels/assembly. */
const VARIANTS = ['simd', 'simd-shared', 'relaxed', 'relaxed-shared'] as const;
export type KernelVariant = (typeof VARIANTS)[number];

/** Of 64 KiB. */
const PAGES = 16;
const MOST_PAGES = 65536;
/** What no kernel computes: a NaN, so that nobody who reads it by mistake gets away with it. */
const CANARY = 0x7fc0_dead;

/** A part of memory, of whole words. */
export interface Place {
  readonly address: number;
  readonly bytes: number;
}

/** A module's kernels and the memory they compute in, full of canaries but for what is laid there. */
export class KernelDesk {
  private readonly words: Uint32Array;
  private readonly kernels: KernelExports;
  private end = 0;

  constructor(readonly variant: KernelVariant) {
    const memory = new WebAssembly.Memory({
      initial: PAGES,
      maximum: MOST_PAGES,
      shared: variant.endsWith('-shared'),
    });
    const { exports } = new WebAssembly.Instance(compiled(variant), { env: { memory } });
    this.kernels = exports as unknown as KernelExports;
    this.words = new Uint32Array(memory.buffer);
  }

  /** Forgets what was laid. */
  clear(): void {
    this.words.fill(CANARY);
    this.end = this.words.byteLength;
  }

  /** Place before all that was laid so far, at a multiple of 16; the first ends where memory ends. */
  room(bytes: number): Place {
    const whole = Math.ceil(bytes / 4) * 4;
    const address =
      this.end === this.words.byteLength ? this.end - whole : (this.end - whole) & ~15;
    this.end = address - 16;
    assert.ok(this.end > 0, 'the desk is full');
    return { address, bytes: whole };
  }

  lay(numbers: Float32Array | Int32Array | Uint32Array): Place {
    const place = this.room(numbers.byteLength);
    const words = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
    this.words.set(words, place.address / 4);
    return place;
  }

  /** Canaries again. */
  sweep({ address, bytes }: Place): void {
    this.words.fill(CANARY, address / 4, (address + bytes) / 4);
  }

  /** @param units from … to, the last not included */
  run<Name extends KernelName>(
    kernel: Name,
    args: KernelArguments[Name],
    units: readonly [number, number],
    thread = 0,
  ): void {
    const call = this.kernels[kernel] as (...all: number[]) => void;
    call(...args, thread, ...units);
  }

  wordsAt({ address, bytes }: Place): Uint32Array {
    return this.words.slice(address / 4, (address + bytes) / 4);
  }

  floatsAt(place: Place): Float32Array {
    return new Float32Array(this.wordsAt(place).buffer);
  }

  /** Whether everything but these places is as it was when `before` was copied. */
  isUntouched(before: Uint32Array, but: readonly Place[]): boolean {
    const now = this.copy();
    for (const { address, bytes } of but)
      now.set(before.subarray(address / 4, (address + bytes) / 4), address / 4);
    return Buffer.compare(bytesOf(now), bytesOf(before)) === 0;
  }

  copy(): Uint32Array {
    return this.words.slice();
  }
}

export const isCanary = (word: number): boolean => word === CANARY;

/** A suite on every variant. */
export function describeVariants(what: string, tests: (desk: KernelDesk) => void): void {
  for (const variant of VARIANTS)
    describe(`${what} (${variant})`, () => tests(new KernelDesk(variant)));
}

const bytesOf = ({ buffer }: Uint32Array): Uint8Array => new Uint8Array(buffer);

/**
 * Whether int8 products of this variant are what they should be: with V8 11.3, of Node.js 20, relaxed dot
 * products count twice what they should count once. It has them only behind a flag.
 */
export const hasDotProduct = ({ variant }: KernelDesk): boolean =>
  !variant.startsWith('relaxed') || !process.versions.v8.startsWith('11.3.');

const RELAXED = 'experimental-wasm-relaxed-simd';

function compiled(variant: KernelVariant): WebAssembly.Module {
  const code = readFileSync(`dist/wasm/headlight-${variant}.wasm`);
  if (WebAssembly.validate(code)) return new WebAssembly.Module(code);
  // Node.js 20 knows relaxed SIMD, but only if it is told to.
  setFlagsFromString(`--${RELAXED}`);
  try {
    return new WebAssembly.Module(code);
  } finally {
    setFlagsFromString(`--no-${RELAXED}`);
  }
}
