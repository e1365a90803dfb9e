import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Arena } from './arena';
import type { Ask, Reply } from './contestant';
import type { Engine } from './engines';
import type { Contest, Difference, Times } from './record';
import type { Settings } from './settings';
import type { Shape } from './shapes';
import { median } from './statistics';

/** A turn is about so long, if one run is not longer. */
const TURN_MS = 700;
const MOST_RUNS = 9;
/** All turns at one thing are about so long; slow engines then have fewer rounds, but never less than three. */
const CONTEST_MS = 60_000;
const FEWEST_ROUNDS = 3;
const LOADING_ROUNDS = 3;

/** What decides whether two engines compute the same: as long as the headline's text, or the longest below. */
const COMPARED_LENGTH = 128;

type Timed = Pick<Contest, 'kind' | 'length'>;

/** Each engine loads the model in a new process, in turns. */
export async function timeLoading(
  arena: Arena,
  shape: Shape,
  settings: Settings,
): Promise<Contest> {
  const rounds = Math.min(LOADING_ROUNDS, settings.rounds);
  return inTurns(arena, shape, { kind: 'load', length: 0 }, rounds, (engine) => arena.load(engine));
}

/** All engines at a length, in turns: A B C, A B C, … */
export async function timeRuns(
  arena: Arena,
  shape: Shape,
  settings: Settings,
  timed: Timed,
): Promise<Contest> {
  const { kind, length } = timed;
  const ask = (warmUps: number, runs: number): Ask =>
    kind === 'step'
      ? { ask: 'step', context: length, warmUps, runs }
      : { ask: 'forward', length, warmUps, runs };
  /** Milliseconds of a run, from a first turn that does not count. */
  const known = new Map<string, number>();
  for (const engine of arena.present) {
    const first = await arena.ask(engine, ask(0, 1));
    const once = median(first?.ms ?? []);
    // What is quick is run until compilers have seen it often.
    const warm = once < TURN_MS ? await arena.ask(engine, ask(0, MOST_RUNS)) : first;
    known.set(engine.id, Math.min(...(warm?.ms ?? [])));
    await arena.rest(engine);
  }
  const turnMs = (id: string): number => {
    const run = known.get(id) ?? 0;
    return run < TURN_MS ? TURN_MS : run;
  };
  const round = arena.present.reduce((sum, { id }) => sum + turnMs(id), 0);
  const affordable = Math.max(FEWEST_ROUNDS, Math.floor(CONTEST_MS / round));
  return inTurns(arena, shape, timed, Math.min(settings.rounds, affordable), (engine) => {
    const run = known.get(engine.id) ?? TURN_MS;
    const runs = Math.max(1, Math.min(MOST_RUNS, Math.floor(TURN_MS / run)));
    const warmUps = arena.keepsAlive ? 1 : MOST_RUNS;
    return arena.ask(engine, ask(run < TURN_MS ? warmUps : Number(!arena.keepsAlive), runs));
  });
}

async function inTurns(
  arena: Arena,
  shape: Shape,
  { kind, length }: Timed,
  rounds: number,
  turn: (engine: Engine) => Promise<Reply | null>,
): Promise<Contest> {
  const times = new Map<string, { turns: number[][]; firstLayer: number[][]; peakBytes: number }>();
  for (let round = 0; round < rounds; round++) {
    for (const engine of arena.present) {
      const reply = await turn(engine);
      await arena.rest(engine);
      if (reply === null) continue;
      const mine = times.get(engine.id) ?? { turns: [], firstLayer: [], peakBytes: 0 };
      mine.turns.push([...(reply.ms ?? [])]);
      mine.firstLayer.push([...(reply.firstLayerMs ?? [])]);
      mine.peakBytes = Math.max(mine.peakBytes, reply.peakBytes ?? 0);
      times.set(engine.id, mine);
    }
  }
  const all: Times[] = [...times].map(([engine, found]) => ({ engine, ...found }));
  return { shape: shape.name, kind, length, times: all };
}

/** Every engine's attention matrices of one text against those of stock TensorFlow.js. */
export async function compareResults(
  arena: Arena,
  shape: Shape,
  settings: Settings,
  directory: string,
): Promise<Difference[]> {
  const length = settings.lengths.includes(COMPARED_LENGTH)
    ? COMPARED_LENGTH
    : Math.min(...settings.lengths);
  const patternsOf = async (engine: Engine): Promise<Float32Array | null> => {
    const file = path.join(directory, `${engine.id}.patterns`);
    const reply = await arena.ask(engine, { ask: 'patterns', length, file });
    await arena.rest(engine);
    if (reply === null) return null;
    const bytes = await readFile(file);
    await rm(file);
    return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  };
  const oracle = arena.present.find(({ id }) => id === 'tfjs');
  const expected = oracle && (await patternsOf(oracle));
  if (!expected) return [];
  const differences: Difference[] = [];
  for (const engine of arena.present) {
    if (engine === oracle) continue;
    const found = await patternsOf(engine);
    if (found === null) continue;
    if (found.length !== expected.length)
      throw new Error(`${engine.id} gave ${found.length} weights, not ${expected.length}.`);
    differences.push({
      shape: shape.name,
      length,
      engine: engine.id,
      largest: largestDifference(found, expected),
    });
  }
  return differences;
}

function largestDifference(found: Float32Array, expected: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < found.length; i++) {
    const difference = Math.abs(found[i]! - expected[i]!);
    // Written so that NaN counts as different, not as equal.
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
