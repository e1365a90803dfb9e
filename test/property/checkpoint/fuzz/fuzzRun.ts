import assert from 'node:assert/strict';
import { Failure } from '../../../../src/failure/failure';
import { describeFailure, translator } from '../../../../src/language/translate';
import { Dice } from './dice';

/** Inputs of all subjects together; `HEADLIGHT_FUZZ_RUNS=20000` for the full run. */
const RUNS = Number(process.env['HEADLIGHT_FUZZ_RUNS'] ?? 2_000);
/** Longest a case may take: a hundred times what the slowest took, for machines that do other things as well. */
const MAX_MILLISECONDS = 5_000;
/** Most heap and buffers that may be in use more after a case than before, garbage included. */
const MAX_GROWTH = 128 << 20;
/** A message longer than this is none that a person reads. */
const MAX_WORDS = 25_000;

/** A mutated input, and how it is read. */
export interface FuzzCase {
  /** For the report of a case that went wrong. */
  readonly input: unknown;
  /** Reads it. Throws a Failure, or an assertion if it took what it must not. */
  read(): Promise<unknown>;
}

/**
 * Runs a subject's share of the cases, seed by seed: each must load or throw a typed Failure, in time
 * and within the memory budget. A case that is found is kept by its input among the named tests of
 * its file, since a seed means another input as soon as a fixture changes.
 */
export async function fuzz(
  subject: string,
  share: number,
  caseOf: (dice: Dice) => FuzzCase,
): Promise<void> {
  const outcomes = new Map<string, number>();
  const runs = Math.ceil(RUNS * share);
  const began = performance.now();
  for (let seed = 1; seed <= runs; seed++) {
    const { input, read } = caseOf(new Dice(seed));
    const outcome = await outcomeOf(read).catch((error: unknown) => {
      const shown = (JSON.stringify(input) ?? '').slice(0, 2_000);
      throw new Error(`${subject}, seed ${seed}: ${shown}`, { cause: error });
    });
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  // A run where nothing loads, or all fails alike, tests the fuzzer and not the reader.
  assert.ok((outcomes.get('loaded') ?? 0) > 0, 'nothing was loaded');
  assert.ok(outcomes.size > 2, [...outcomes.keys()].join());
  if (process.env['HEADLIGHT_FUZZ_RUNS'] !== undefined) {
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${subject}: ${runs} cases, ${seconds} s`, Object.fromEntries(outcomes));
  }
}

/** `loaded`, or the code it was refused with. */
export async function outcomeOf(read: () => Promise<unknown>): Promise<string> {
  const before = bytesInUse();
  const start = performance.now();
  const outcome = await read().then(() => 'loaded', codeOf);
  const took = performance.now() - start;
  assert.ok(took < MAX_MILLISECONDS, `took ${took} ms`);
  const growth = bytesInUse() - before;
  assert.ok(growth < MAX_GROWTH, `took ${growth} bytes`);
  return outcome;
}

/** @throws what is no failure that a person can be told of */
function codeOf(error: unknown): string {
  if (!(error instanceof Failure) || error.code === 'internal.unexpected') throw error;
  const words = describeFailure(error, translator({}));
  assert.ok(words.length < MAX_WORDS, `${words.length} characters`);
  return error.code;
}

function bytesInUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
