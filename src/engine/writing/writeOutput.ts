import type { Failure } from '../../failure/failure';
import type { BeamStep, Hypothesis } from '../../protocol/writing';
import { CachedSteps } from '../../transformer/cachedSteps';
import type { Decoding, EncoderMemory } from '../../transformer/decoding';
import { noProbe, type Probe } from '../../transformer/probe';
import type { RunControl } from '../../transformer/runControl';
import type { LoadedModel } from '../loadedModel';
import type { Trace } from '../trace';
import { GoingOn } from './goingOn';
import { searchBeams } from './searchBeams';
import { writeCaptured } from './writeCaptured';
import type { OutputTask } from './writingTask';

/** Who watches a model write. */
export interface WritingListener {
  searched(step: BeamStep): void;
  found(hypotheses: readonly Hypothesis[]): void;
  /** One more token is in the trace. */
  token(): void;
  /** Milliseconds since it was last asked. */
  lap(): number;
}

/** A model about to write into a trace. */
export interface Writer {
  readonly trace: Trace;
  readonly model: LoadedModel;
  readonly task: OutputTask;
  /** Sees every step of the output, but not those of a search for it. */
  readonly probe: Probe;
  readonly control: RunControl;
  readonly listener: WritingListener;
}

/**
 * Lets an encoder–decoder write. The promise settles when the output has ended.
 * @returns a notice if it was cut off
 * @throws Failure `run.cancelled`, `model.notNumbers`, `generation.*`; no tensor is left behind
 */
export async function writeOutput(writer: Writer, memory: EncoderMemory): Promise<Failure | null> {
  const { trace, model, probe, control } = writer;
  const prompt = trace.plan.target.map(({ id }) => id);
  const found = await foundByBeams(writer, memory, prompt);
  const decoding = model.transformer.startDecoding(memory, probe);
  const steps = new CachedSteps(model.transformer, decoding, probe, control);
  try {
    return await capture(writer, steps, prompt, found);
  } finally {
    steps.dispose();
  }
}

/**
 * Lets a model that is but a decoder go on with the text it has read; `decoding` has its keys and
 * values, then those of the output as well.
 * @returns a notice if the output was cut off
 * @throws Failure `run.cancelled`, `model.notNumbers`, `generation.*`
 */
export async function writeOn(writer: Writer, decoding: Decoding): Promise<Failure | null> {
  const { trace, model, probe, control } = writer;
  const prompt = trace.plan.source.map(({ id }) => id);
  const found = await foundByBeams(writer, null, prompt);
  const predictions = trace.predictions!;
  const cached = new CachedSteps(model.transformer, decoding, probe, control);
  const steps = new GoingOn(cached, predictions.next!, (logits) =>
    predictions.append(logits, logits.length),
  );
  return capture(writer, steps, prompt, found);
}

function capture(
  { trace, task, control, listener }: Writer,
  steps: GoingOn | CachedSteps,
  prompt: readonly number[],
  found: readonly number[] | null,
): Promise<Failure | null> {
  return writeCaptured(trace, steps, prompt, task, {
    ids: found ?? task.given,
    only: found !== null || !task.writing.further,
    signal: control.signal,
    token: () => listener.token(),
    lap: () => listener.lap(),
  });
}

/** What a beam search comes to, with keys and values of its own; null: nothing is searched. */
async function foundByBeams(
  { model, task, control, listener }: Writer,
  memory: EncoderMemory | null,
  prompt: readonly number[],
): Promise<readonly number[] | null> {
  const { search, further } = task.writing;
  if (search.kind !== 'beam' || !further) return null;
  const { transformer, tokenizer } = model;
  const steps = new CachedSteps(transformer, transformer.startDecoding(memory), noProbe, control);
  try {
    return await searchBeams(steps, prompt, task, search, tokenizer, {
      signal: control.signal,
      searched: (step) => listener.searched(step),
      found: (hypotheses) => listener.found(hypotheses),
      lap: () => listener.lap(),
    });
  } finally {
    steps.dispose();
  }
}
