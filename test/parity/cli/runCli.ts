import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The built product under test. */
export const DIST = path.resolve(process.env['HEADLIGHT_DIST'] ?? 'dist');
/** A command that takes longer hangs: the slowest here needs about two seconds. */
const TIMEOUT_MS = 60_000;

/** A Node.js, what it is started with, and the product that it runs. */
export interface NodeCommand {
  readonly node: string;
  readonly flags: readonly string[];
  readonly dist: string;
}

export const THIS_NODE: NodeCommand = { node: process.execPath, flags: [], dist: DIST };

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `cli.js` as a process of its own, in another working directory than the repository's. */
export function runCli(
  args: readonly string[],
  env: Record<string, string> = {},
  stdout: 'pipe' | number = 'pipe',
  { node, flags, dist }: NodeCommand = THIS_NODE,
): CliResult {
  const result = spawnSync(node, [...flags, path.join(dist, 'cli.js'), ...args], {
    cwd: tmpdir(),
    encoding: 'utf8',
    stdio: ['ignore', stdout, 'pipe'],
    timeout: TIMEOUT_MS,
    maxBuffer: 64 << 20,
    env: { PATH: process.env['PATH'], ...env },
  });
  if (result.error) throw result.error;
  return { code: result.status, out: result.stdout, err: result.stderr };
}

export interface TensorFile {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

export interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** Reads a safetensors file without the product's reader: a fault of both would go unseen otherwise. */
export function readTensors(file: string): TensorFile {
  const bytes = readFileSync(file);
  const data = 8 + Number(bytes.readBigUInt64LE(0));
  const { __metadata__: metadata = {}, ...entries } = JSON.parse(bytes.toString('utf8', 8, data));
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of Object.entries<Entry>(entries)) {
    const [start, end] = entry.data_offsets;
    const copy = new Uint8Array(bytes.subarray(data + start, data + end)).buffer;
    const numbers = entry.dtype === 'I32' ? new Int32Array(copy) : new Float32Array(copy);
    tensors.set(name, { dtype: entry.dtype, shape: entry.shape, data: numbers });
  }
  return { metadata, tensors };
}

interface Entry {
  readonly dtype: string;
  readonly shape: number[];
  readonly data_offsets: [number, number];
}

/** A folder of its own for the files of one test file. */
export class Workspace {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'headlight-cli-'));
  private count = 0;

  file(name: string): string {
    return path.join(this.folder, name);
  }

  json(value: unknown): string {
    const file = this.file(`ids-${this.count++}.json`);
    writeFileSync(file, JSON.stringify(value));
    return file;
  }

  /** Runs `trace --ids` and reads what it wrote; fails with its message if it does not succeed. */
  trace(
    model: string,
    inputs: unknown,
    options: readonly string[] = [],
    node = THIS_NODE,
  ): TensorFile {
    const out = this.file(`out-${this.count++}.safetensors`);
    const files = ['--model', path.resolve(model), '--ids', this.json(inputs), '--out', out];
    const result = runCli(['trace', ...files, ...options], {}, 'pipe', node);
    if (result.code !== 0) throw new Error(`exit ${result.code}: ${result.err}`);
    if (result.out !== '' || !existsSync(out))
      throw new Error('a file was expected, and no output');
    return readTensors(out);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Largest difference of two tensors; NaN counts as infinite. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= largest))
      largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return largest;
}
