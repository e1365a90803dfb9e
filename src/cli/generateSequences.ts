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

/** Lets a model write on from its start token, or from a prompt. @throws Failure `generation.*` */
export async function generateSequences(
  model: LoadedModel,
  source: TokenBatch,
  promptTokens: TokenBatch | null,
  task: GenerateTask,
): Promise<GeneratedSequences> {
  const { transformer, generation } = model;
  const prompt = promptRows(source.batch, promptTokens, generation.startToken);
  // The last token written is never fed, so it needs no position of its own.
  const { positions } = transformer.config;
  const { length: promptLength } = prompt[0]!;
  if (promptLength > positions) {
    throw new Failure('text.tooManyTokens', { tokens: promptLength, limit: positions });
  }
  const limit = positions + 1 - promptLength;
  const maxNewTokens = Math.min(task.maxNewTokens, limit);
  const notice =
    task.maxNewTokens > limit
      ? new Failure('cli.capped', { asked: task.maxNewTokens, limit })
      : null;
  const states = await transformer.encode(source, noProbe, unwatched);
  let steps: CachedSteps | undefined;
  try {
    steps = new CachedSteps(transformer, transformer.decoder.start({ states, tokens: source }));
    const writing = { prompt, maxNewTokens };
    const result =
      task.beams === null
        ? { sequences: await greedy(steps, writing, generation), scores: null }
        : await beamSearch(steps, { ...writing, beams: task.beams }, generation);
    return { ...result, notice: notice?.toWire() ?? null };
  } finally {
    steps?.dispose();
    states.dispose();
  }
}

/** As in Hugging Face transformers, a prompt none of whose rows begins with the start token gets one. */
function promptRows(batch: number, prompt: TokenBatch | null, start: number): number[][] {
  if (!prompt) return Array.from({ length: batch }, () => [start]);
  const { ids, length } = prompt;
  const rows = Array.from({ length: batch }, (_, row) => [
    ...ids.subarray(row * length, (row + 1) * length),
  ]);
  return rows.some((row) => row[0] === start) ? rows : rows.map((row) => [start, ...row]);
}
