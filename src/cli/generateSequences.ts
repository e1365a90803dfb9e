import type { LoadedModel } from '../engine/loadedModel';
import { Failure, type WireFailure } from '../failure/failure';
import { CachedSteps } from '../transformer/cachedSteps';
import { beamSearch } from '../transformer/generate/beam';
import { greedy } from '../transformer/generate/greedy';
import { noProbe } from '../transformer/probe';
import { unwatched } from '../transformer/runControl';
import type { TokenBatch } from '../transformer/sequence';

/** What a model wrote: start token or prompt first, rows of one length. */
export interface GeneratedSequences {
  readonly sequences: readonly (readonly number[])[];
  /** One a row; null: greedy. */
  readonly scores: Float32Array | null;
  /** Said when the model's positions set a lower limit than was asked for. */
  readonly notice: WireFailure | null;
}

/** How much to write, and how. */
export interface GenerateTask {
  readonly maxNewTokens: number;
  /** Null: greedy. */
  readonly beams: number | null;
}

/**
 * Lets a model write on: an encoder–decoder from its start token or a prompt of its output, a decoder
 * from its text.
 * @throws Failure `generation.*`, `cli.cannotGenerate`
 */
export async function generateSequences(
  model: LoadedModel,
  source: TokenBatch,
  promptTokens: TokenBatch | null,
  task: GenerateTask,
): Promise<GeneratedSequences> {
  const { transformer, generation, summary } = model;
  if (summary.task !== 'nextToken') {
    throw new Failure('cli.cannotGenerate', {
      modelType: summary.className || summary.modelType,
    });
  }
  const prompt = transformer.encoder
    ? { rows: promptRows(source.batch, promptTokens, model.startToken) }
    : { rows: rowsOf(source, source.ids), mask: rowsOf(source, source.mask) };
  const { length: promptLength } = prompt.rows[0]!;
  const limit = newTokenLimit(summary.positions, promptLength);
  const maxNewTokens = Math.min(task.maxNewTokens, limit);
  const notice =
    task.maxNewTokens > limit
      ? new Failure('cli.capped', { asked: task.maxNewTokens, limit })
      : null;
  const states = transformer.encoder ? await transformer.encode(source, noProbe, unwatched) : null;
  let steps: CachedSteps | undefined;
  try {
    const memory = states ? { states, tokens: source } : null;
    steps = new CachedSteps(transformer, transformer.startDecoding(memory));
    const writing = { prompt, maxNewTokens };
    const result =
      task.beams === null
        ? { sequences: await greedy(steps, writing, generation), scores: null }
        : await beamSearch(steps, { ...writing, beams: task.beams }, generation);
    return { ...result, notice: notice?.toWire() ?? null };
  } finally {
    steps?.dispose();
    states?.dispose();
  }
}

/** Tokens that may follow a prompt. The last one is never fed, so it needs no position of its own. */
function newTokenLimit(positions: number | null, promptLength: number): number {
  if (positions === null) return Number.POSITIVE_INFINITY;
  if (promptLength > positions) {
    throw new Failure('text.tooManyTokens', { tokens: promptLength, limit: positions });
  }
  return positions + 1 - promptLength;
}

/** As in Hugging Face transformers, a prompt none of whose rows begins with the start token gets one. */
function promptRows(batch: number, prompt: TokenBatch | null, start: number): number[][] {
  if (!prompt) return Array.from({ length: batch }, () => [start]);
  const rows = rowsOf(prompt, prompt.ids);
  return rows.some((row) => row[0] === start) ? rows : rows.map((row) => [start, ...row]);
}

const rowsOf = ({ batch, length }: TokenBatch, values: Int32Array | Uint8Array): number[][] =>
  Array.from({ length: batch }, (_, row) => [...values.subarray(row * length, (row + 1) * length)]);
