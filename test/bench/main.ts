// The bench: engines side by side, each in a process, in turns. `npm run bench -- --help` says how.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Arena } from './arena';
import { compareResults, timeLoading, timeRuns } from './contests';
import { engines, type Engine } from './engines';
import { machineOf } from './machine';
import { writeOnnx } from './onnx/writeOnnx';
import { installPeers } from './peers';
import { writeCheckpoint } from './randomCheckpoint';
import type { BenchRecord, Ceiling, Contest, Difference, Figure, Participant } from './record';
import { report } from './report';
import { HELP, readSettings, type Settings } from './settings';
import { CONTEXTS, type Shape } from './shapes';
import { vscodeFigures } from './vscodeFigures';

/** The longest that a program of the bench may take. */
const PATIENCE_MS = 300_000;

async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2));
  if (settings === 'help') {
    console.log(HELP);
    return;
  }
  const machine = machineOf(settings.node, settings.date);
  const data = settings.data ?? mkdtempSync(path.join(os.tmpdir(), 'headlight-bench-'));
  try {
    await mkdir(data, { recursive: true });
    const { present, absent } = chosenEngines(settings);
    const contests: Contest[] = [];
    const differences: Difference[] = [];
    const participants = new Map<string, Participant>();
    const ceilings = ceilingsOf(settings);
    for (const shape of settings.shapes) {
      const arena = await openArena(present, settings, shape, data);
      try {
        contests.push(...(await timeTexts(arena, settings, shape)));
        differences.push(...(await compareResults(arena, shape, settings, data)));
        contests.push(...(await timeSteps(arena, settings, shape)));
      } finally {
        await arena.close();
      }
      for (const one of arena.participants) participants.set(one.id, one);
    }
    const record: BenchRecord = {
      machine,
      participants: [...participants.values(), ...absent],
      ceilings,
      contests,
      differences,
      figures: figuresOf(settings, data),
    };
    if (settings.json !== null)
      await writeFile(settings.json, `${JSON.stringify(record, null, 1)}\n`);
    console.log(`\n${report(record)}`);
  } finally {
    if (settings.data === null) rmSync(data, { recursive: true, force: true });
  }
}

/** Engines that are wanted and can be had; of the others why not. */
function chosenEngines(settings: Settings): {
  readonly present: readonly Engine[];
  readonly absent: readonly Participant[];
} {
  const wanted = engines(settings).filter(({ id }) => settings.engines?.includes(id) ?? true);
  const needsPeers = wanted.some(({ program }) => program === 'onnxruntime');
  const noPeers = needsPeers ? installPeers(settings.peers) : null;
  const noTorch = wanted.some(({ program }) => program === 'torch') ? torchMissing(settings) : null;
  const reasonAgainst = ({ program, threads, id }: Engine): string | null => {
    if (program === 'onnxruntime') return noPeers;
    if (program === 'torch') return noTorch;
    return threads === 1 && settings.threads === 1 && id === 'own-1t' ? 'the same as own' : null;
  };
  const absent = wanted.flatMap((engine) => {
    const reason = reasonAgainst(engine);
    if (reason === null) return [];
    console.log(`${engine.id} is left out: ${reason}`);
    const { id, title, threads } = engine;
    return [{ id, title, threads, about: '', absent: reason }];
  });
  return { present: wanted.filter((engine) => reasonAgainst(engine) === null), absent };
}

function torchMissing({ python }: Settings): string | null {
  const { status } = spawnSync(python, ['-c', 'import torch']);
  return status === 0
    ? null
    : `${python} has no torch; --python or BENCH_PYTHON names one that has`;
}

async function openArena(
  present: readonly Engine[],
  settings: Settings,
  shape: Shape,
  data: string,
): Promise<Arena> {
  console.log(`${shape.title}: writing random weights`);
  const folder = await writeCheckpoint(data, shape);
  if (present.some(({ program }) => program === 'onnxruntime')) {
    await writeOnnx(folder, shape, 'forward');
    if (shape.family === 'gpt2') await writeOnnx(folder, shape, 'step');
  }
  return new Arena(present, settings, shape, folder);
}

async function timeTexts(arena: Arena, settings: Settings, shape: Shape): Promise<Contest[]> {
  const found: Contest[] = [];
  if (settings.rest) found.push(await timeLoading(arena, shape, settings));
  for (const length of settings.lengths) {
    console.log(`${shape.title}: ${length} tokens`);
    found.push(await timeRuns(arena, shape, settings, { kind: 'forward', length }));
  }
  return found;
}

/** After everything else: ONNX Runtime gives its session for whole texts up for them. */
async function timeSteps(arena: Arena, settings: Settings, shape: Shape): Promise<Contest[]> {
  const found: Contest[] = [];
  if (shape.family !== 'gpt2') return found;
  for (const context of CONTEXTS) {
    console.log(`${shape.title}: a token behind ${context}`);
    found.push(await timeRuns(arena, shape, settings, { kind: 'step', length: context }));
  }
  return found;
}

/** What another program of the bench prints as JSON, in a process of its own. */
function measured<T>({ node }: Settings, program: string, ...args: readonly string[]): T[] {
  const script = path.join(__dirname, `${program}.cjs`);
  const { stdout, status, stderr } = spawnSync(node, [script, ...args], {
    encoding: 'utf8',
    timeout: PATIENCE_MS,
  });
  if (status !== 0) throw new Error(`${program} could not be measured: ${stderr}`);
  return JSON.parse(stdout) as T[];
}

const hasOurs = ({ engines: wanted }: Settings): boolean =>
  wanted === null || wanted.some((id) => id.startsWith('own'));

function figuresOf(settings: Settings, data: string): Figure[] {
  const { threads, rest, vscode } = settings;
  return [
    ...(rest && hasOurs(settings)
      ? measured<Figure>(settings, 'figures', String(threads), data)
      : []),
    ...(vscode ? vscodeFigures() : []),
  ];
}

/** What WebAssembly can do at most, and what the most important kernel does alone. */
function ceilingsOf(settings: Settings): Ceiling[] {
  const { threads } = settings;
  const products = [...new Set([1, threads])].flatMap((count) =>
    ['relaxed', 'simd'].map((instructions) => [String(count), instructions] as const),
  );
  return [
    ...measured<Ceiling>(settings, 'ceiling', String(threads)),
    ...(hasOurs(settings)
      ? products.flatMap((args) => measured<Ceiling>(settings, 'products', ...args))
      : []),
  ];
}

void main();
