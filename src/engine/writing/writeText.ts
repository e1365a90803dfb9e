import { throwIfCancelled } from '../../failure/cancellation';
import type { ToEngine } from '../../protocol/engineMessages';
import { plainWriting } from '../../protocol/writing';
import { CachedSteps } from '../../transformer/cachedSteps';
import type { EncoderMemory } from '../../transformer/decoding';
import { write } from '../../transformer/generate/write';
import { noProbe } from '../../transformer/probe';
import type { RunControl } from '../../transformer/runControl';
import { likelihoods } from '../candidates';
import type { LoadedModel } from '../loadedModel';
import { checkRunFits } from '../memoryGuard';
import { batchOf, prepareText } from '../prepareText';
import { bytesOfRun, bytesOfWriting } from '../runBytes';
import { checkWrites } from './checkWrites';
import { searchBeams } from './searchBeams';
import { chooserOf, outputTask, type OutputTask } from './writingTask';

/** What a model made of a text. */
export interface TextWritten {
  readonly output: string;
  readonly tokens: number;
  /** Sum of the logarithms of the tokens' probabilities. */
  readonly logProbability: number;
  /** False: it was cut off. */
  readonly ended: boolean;
}

export type WriteRequest = Pick<
  Extract<ToEngine, { type: 'write' }>,
  'text' | 'language' | 'writing'
>;

/**
 * Lets a model write from a text, with nothing kept of how.
 * @throws Failure `text.*`, `writing.*`, `memory.run`, `run.cancelled`; no tensor is left behind
 */
export async function writeText(
  model: LoadedModel,
  { text, language, writing }: WriteRequest,
  control: RunControl,
): Promise<TextWritten> {
  const { transformer, summary } = model;
  checkWrites(summary);
  const prepared = prepareText(model, { text, language, pair: null, trainedTokens: null });
  const ids = prepared.source.map(({ id }) => id);
  const task = outputTask(model, writing ?? plainWriting, { text, ids });
  checkFits(model, ids.length, task);
  throwIfCancelled(control.signal);
  if (summary.architecture === 'decoder') return writeFrom(model, task, null, ids, control);
  const source = batchOf(prepared);
  const states = await transformer.encode(source, noProbe, control);
  try {
    const memory = { states, tokens: source };
    return await writeFrom(model, task, memory, [model.startToken], control);
  } finally {
    states.dispose();
  }
}

async function writeFrom(
  model: LoadedModel,
  task: OutputTask,
  memory: EncoderMemory | null,
  prompt: readonly number[],
  control: RunControl,
): Promise<TextWritten> {
  const { transformer, tokenizer } = model;
  const { search, further } = task.writing;
  const { options, maxNewTokens } = task;
  const { signal } = control;
  const begin = (): CachedSteps =>
    new CachedSteps(transformer, transformer.startDecoding(memory), noProbe, control);
  let given = task.given;
  const searches = search.kind === 'beam' && further;
  if (searches) {
    const silent = { signal, searched: () => undefined, found: () => undefined, lap: () => 0 };
    given = await disposing(begin(), (steps) =>
      searchBeams(steps, prompt, task, search, tokenizer, silent),
    );
  }
  const written: number[] = [];
  let logProbability = 0;
  const plan = { prompt: { rows: [prompt] }, maxNewTokens, given, onlyGiven: searches || !further };
  await disposing(begin(), (steps) =>
    write(steps, plan, options, chooserOf(search), ({ tokens, logits }) => {
      throwIfCancelled(signal);
      written.push(tokens[0]!);
      logProbability += Math.log(likelihoods(logits, tokens[0]!).written);
    }),
  );
  return {
    output: tokenizer.decode(written).text,
    tokens: written.length,
    logProbability,
    ended: options.endTokens.includes(written.at(-1)!),
  };
}

async function disposing<T>(
  steps: CachedSteps,
  use: (steps: CachedSteps) => Promise<T>,
): Promise<T> {
  try {
    return await use(steps);
  } finally {
    steps.dispose();
  }
}

/** @throws Failure `memory.run` before anything is computed */
function checkFits(
  { summary }: LoadedModel,
  source: number,
  { writing, maxNewTokens }: OutputTask,
): void {
  const beams = writing.search.kind === 'beam' ? writing.search.beams : 1;
  const reading = bytesOfRun(summary, source, 0).working;
  const working = reading + bytesOfWriting(summary, source, maxNewTokens, beams);
  checkRunFits({ trace: 0, working }, Number.POSITIVE_INFINITY);
}
