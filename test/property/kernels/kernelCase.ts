import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { KernelArguments, KernelName } from '../../../src/kernels/kernelArguments';
import { isCanary, type KernelDesk, type Place } from '../../support/kernelDesk';

/** Addresses of a case's things. */
export type Addresses = Readonly<Record<string, number>>;

/** What a float32 of an output shall be. */
export interface Wanted {
  readonly value: number;
  /** The largest error. */
  readonly within: number;
}

type Input = Float32Array | Int32Array | Uint32Array;

/** A kernel with arguments, and what comes out. */
export interface KernelCase<Name extends KernelName> {
  readonly kernel: Name;
  readonly inputs: Readonly<Record<string, Input>>;
  /** Made of the addresses of `inputs`. */
  readonly tables?: Readonly<Record<string, (at: Addresses) => Uint32Array>>;
  /** Bytes of each. */
  readonly outputs: Readonly<Record<string, number>>;
  /** Bytes a thread. */
  readonly scratch?: number;
  readonly units: number;
  readonly args: (at: Addresses) => KernelArguments[Name];
  /** By output. */
  readonly wanted: Readonly<Record<string, readonly Wanted[]>>;
}

/** Of each property, on each variant. */
export const RUNS = { numRuns: 50 };

/** How a case is carried out. */
interface Circumstances {
  /** Which of its things ends where memory ends. */
  readonly last: number;
  /** Where its units are divided, 0 … 1. */
  readonly cuts: readonly number[];
  readonly thread: number;
}

export const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  last: fc.nat(9),
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
  thread: fc.nat(2),
});

/** A case on the desk. */
export interface Laid<Name extends KernelName> {
  readonly args: KernelArguments[Name];
  readonly outputs: Readonly<Record<string, Place>>;
  /** What the kernel may write. */
  readonly writable: readonly Place[];
}

/** @param last which of the case's things ends where memory ends */
export function lay<Name extends KernelName>(
  desk: KernelDesk,
  { inputs, tables = {}, outputs, scratch = 0, args }: KernelCase<Name>,
  last = 0,
  thread = 0,
): Laid<Name> {
  desk.clear();
  const places: Record<string, Place> = {};
  const put: Record<string, () => Place> = {};
  for (const [name, numbers] of Object.entries(inputs)) put[name] = () => desk.lay(numbers);
  for (const [name, bytes] of Object.entries(outputs)) put[name] = () => desk.room(bytes);
  if (scratch > 0) put['scratch'] = () => desk.room(scratch * (thread + 1));
  const names = Object.keys(put);
  const turned = last % names.length;
  for (const name of [...names.slice(turned), ...names.slice(0, turned)])
    places[name] = put[name]!();
  const at = Object.fromEntries(
    Object.entries(places).map(([name, { address }]) => [name, address]),
  );
  for (const [name, table] of Object.entries(tables)) at[name] = desk.lay(table(at)).address;

  const results = Object.fromEntries(Object.keys(outputs).map((name) => [name, places[name]!]));
  const own = { address: (at['scratch'] ?? 0) + thread * scratch, bytes: scratch };
  return { args: args(at), outputs: results, writable: [...Object.values(results), own] };
}

/** Computes a case and gives its outputs. */
export function computed<Name extends KernelName>(
  desk: KernelDesk,
  made: KernelCase<Name>,
): Readonly<Record<string, Float32Array>> {
  const { args, outputs } = lay(desk, made);
  desk.run(made.kernel, args, [0, made.units]);
  return Object.fromEntries(
    Object.entries(outputs).map(([name, place]) => [name, desk.floatsAt(place)]),
  );
}

/** What every kernel promises: see kernelArguments.ts. */
export function obeysLaws<Name extends KernelName>(
  desk: KernelDesk,
  made: KernelCase<Name>,
  { last, cuts, thread }: Circumstances,
): void {
  const { kernel, units } = made;
  const { args, outputs, writable } = lay(desk, made, last, thread);
  const places = Object.values(outputs);
  const before = desk.copy();
  desk.run(kernel, args, [0, units], thread);

  for (const [name, wanted] of Object.entries(made.wanted)) isNear(name, desk, outputs, wanted);
  assert.ok(desk.isUntouched(before, writable), 'writes what it should not');

  const whole = places.map((place) => desk.wordsAt(place));
  const sweep = () => places.forEach((place) => desk.sweep(place));
  const parts = [0, ...cuts.map((cut) => Math.round(cut * units)), units].sort((a, b) => a - b);
  sweep();
  for (let part = parts.length - 2; part >= 0; part--)
    desk.run(kernel, args, [parts[part]!, parts[part + 1]!], thread);
  places.forEach((place, i) => assert.deepEqual(desk.wordsAt(place), whole[i], 'depends on parts'));

  const unit = Math.min(parts[1]!, units - 1);
  sweep();
  desk.run(kernel, args, [unit, unit + 1], thread);
  const own = places.map((place) => desk.wordsAt(place));
  sweep();
  desk.run(kernel, args, [0, unit], thread);
  desk.run(kernel, args, [unit + 1, units], thread);
  const others = places.map((place) => desk.wordsAt(place));
  whole.forEach((words, i) => {
    const written = (word: number) => (isCanary(word) ? 0 : 1);
    for (const [at, word] of words.entries())
      assert.equal(
        written(own[i]![at]!) + written(others[i]![at]!),
        written(word),
        'a number is written by one unit',
      );
  });
}

function isNear(
  name: string,
  desk: KernelDesk,
  outputs: Readonly<Record<string, Place>>,
  wanted: readonly Wanted[],
): void {
  const numbers = desk.floatsAt(outputs[name]!);
  assert.equal(numbers.length, wanted.length);
  for (const [i, { value, within }] of wanted.entries())
    if (!(Math.abs(numbers[i]! - value) <= within))
      assert.fail(`${name}[${i}] is ${numbers[i]}, not ${value} ± ${within}`);
}

/** Exactly these numbers. */
export const exactly = (numbers: Iterable<number>): Wanted[] =>
  Array.from(numbers, (value) => ({ value, within: 0 }));

/** Numbers of −1 … 1, some of them 0, from a seed. */
export function numbersOf(seed: number): (count: number) => Float32Array {
  let state = (seed * 2 + 1) >>> 0;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 31 - 1;
  };
  return (count) =>
    Float32Array.from({ length: count }, () => {
      const value = next();
      return Math.abs(value) < 0.05 ? 0 : value;
    });
}

export const seeds: fc.Arbitrary<number> = fc.integer({ min: 1, max: 2 ** 30 });

/** Half the distance from 1 to the next float32: the relative error of one rounding. */
export const ROUNDING = 2 ** -24;
