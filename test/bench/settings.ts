import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { LENGTHS, SHAPES, type Shape } from './shapes';

/** What is measured, and with what. */
export interface Settings {
  readonly shapes: readonly Shape[];
  readonly lengths: readonly number[];
  /** Ids; null: all. */
  readonly engines: readonly string[] | null;
  readonly rounds: number;
  readonly threads: number;
  /** What `npm run bench` chose. */
  readonly node: string;
  readonly python: string;
  /** Folder of the packages that are measured beside ours; installed there if they are not. */
  readonly peers: string;
  /** Folder for the models; null: a temporary one. */
  readonly data: string | null;
  readonly json: string | null;
  readonly date: string | null;
  /** Whether the page’s and the engine’s other figures are wanted too. */
  readonly rest: boolean;
  /** Whether a VS Code is started to measure in. */
  readonly vscode: boolean;
}

const ROUNDS = 7;
const QUICK = { shapes: 'minilm', lengths: '32,128', rounds: '2' } as const;

export const HELP = `npm run bench -- [options]
npm run bench -- profile [--shape bert] [--length 128] [--threads N] [--kernels stock] [--int8] [--simd]
npm run bench -- first-colour --before DIR [--after DIR] [--rounds N] [--json FILE]

  --quick              MiniLM, 32 and 128 tokens, two rounds: does everything work?
  --shapes a,b         of ${SHAPES.map(({ name }) => name).join(', ')}
  --sizes 32,128       tokens of a text
  --engines a,b        ids as in the table
  --rounds N           turns of each engine (${ROUNDS})
  --threads N          (${os.availableParallelism()}: all cores)
  --node PATH          Node.js for the engines; VS Code’s own if .vscode-test has it
  --python PATH        a Python with torch (BENCH_PYTHON, python3)
  --peers DIR          packages to compare with (out/bench-peers)
  --data DIR           keeps the models for the next time
  --json FILE          everything that was measured
  --date TEXT          written beside the machine
  --only-forward       leaves out loading, edits, messages, drawing, what 8 bits cost
  --vscode             measures activation, pictures on their way, the host’s free time too
  --built              dist/ is already built`;

/** @throws TypeError if an option does not exist */
export function readSettings(args: readonly string[]): Settings | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean' },
      shapes: { type: 'string' },
      sizes: { type: 'string' },
      engines: { type: 'string' },
      rounds: { type: 'string' },
      threads: { type: 'string' },
      python: { type: 'string' },
      peers: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'string' },
      date: { type: 'string' },
      'only-forward': { type: 'boolean' },
      vscode: { type: 'boolean' },
      built: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return 'help';
  const quick = values.quick === true;
  const names = (values.shapes ?? (quick ? QUICK.shapes : null))?.split(',');
  const lengths = (values.sizes ?? (quick ? QUICK.lengths : null))?.split(',').map(Number);
  return {
    shapes: SHAPES.filter(({ name }) => names?.includes(name) ?? true),
    lengths: lengths ?? LENGTHS,
    engines: values.engines?.split(',') ?? null,
    rounds: Number(values.rounds ?? (quick ? QUICK.rounds : ROUNDS)),
    threads: Number(values.threads ?? os.availableParallelism()),
    node: process.execPath,
    python: values.python ?? process.env['BENCH_PYTHON'] ?? 'python3',
    peers: path.resolve(values.peers ?? path.join('out', 'bench-peers')),
    data: values.data === undefined ? null : path.resolve(values.data),
    json: values.json ?? null,
    date: values.date ?? null,
    rest: values['only-forward'] !== true,
    vscode: values.vscode === true,
  };
}
