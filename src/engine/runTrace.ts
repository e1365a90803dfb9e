import type * as tf from '@tensorflow/tfjs-core';
import { throwIfCancelled, type Cancellation } from '../failure/cancellation';
import type { Failure } from '../failure/failure';
import type { Run } from '../protocol/engineMessages';
import type { PreviewError } from '../protocol/preview';
import type { LayerAddress, ModelSummary, Plan, Prediction, Token } from '../protocol/trace';
import { plainWriting, type BeamStep, type Hypothesis } from '../protocol/writing';
import type { RunControl } from '../transformer/runControl';
import { CaptureProbe, type SharedTokens } from './captureProbe';
import type { LoadedModel } from './loadedModel';
import { checkRunFits, kernelKind, roomNow } from './memoryGuard';
import type { PictureQueue } from './pictureQueue';
import { predict } from './predict';
import type { PrefixMemory } from './prefixMemory';
import { batchOf, prepareText } from './prepareText';
import { LayerPass } from './preview/layerPass';
import { previewPlan } from './preview/previewPlan';
import { readApproximately } from './preview/readApproximately';
import { readCausally } from './readCausally';
import { bytesOfRun, bytesOfWriting } from './runBytes';
import { outputTokens } from './tokenLabels';
import { Trace } from './trace';
import { checkWrites, writesOutput } from './writing/checkWrites';
import { writeOn, writeOutput, type WritingListener } from './writing/writeOutput';
import { outputTask, type OutputTask } from './writing/writingTask';

/** Who hears of a run while it goes on. */
export interface RunListener {
  /** `bytes`: what the trace will hold at most. */
  planned(trace: Trace, bytes: number): void;
  /** A layer of the stack that reads the text, approximately. */
  previewed(trace: Trace, layer: LayerAddress, milliseconds: number): void;
  /** A layer of the stack that reads the text. `previewError`: of the approximate one before it. */
  layer(
    trace: Trace,
    layer: LayerAddress,
    milliseconds: number,
    previewError: PreviewError | null,
  ): void;
  /** A beam search took a step, and came to an end. */
  searched(trace: Trace, step: BeamStep): void;
  found(trace: Trace, hypotheses: readonly Hypothesis[]): void;
  token(trace: Trace): void;
  predicted(trace: Trace, prediction: Prediction): void;
  /** Lets messages in between two layers. */
  breathe(): Promise<void>;
}

/** What a run needs besides its request. */
export interface RunSetting {
  readonly model: LoadedModel;
  readonly backend: string;
  readonly budgetBytes: number;
  readonly signal: Cancellation;
  /** What is known of the text before, and then of this one. */
  readonly prefix: PrefixMemory;
  /** What the viewer has not seen of the trace. */
  readonly pictures: PictureQueue;
}

/**
 * Runs a model on a text: the stack that reads it layer by layer, then what the model says of it, or
 * an encoder–decoder's own greedy output token by token. Everything is captured as it is computed.
 * @returns a notice if the output was cut off
 * @throws Failure `text.*`, `memory.run`, `run.cancelled`; no tensor is left behind
 */
export async function runTrace(
  run: Run,
  setting: RunSetting,
  listener: RunListener,
): Promise<Failure | null> {
  throwIfCancelled(setting.signal);
  try {
    return await planAndRun(run, setting, listener);
  } finally {
    setting.prefix.letGo();
  }
}

async function planAndRun(
  run: Run,
  setting: RunSetting,
  listener: RunListener,
): Promise<Failure | null> {
  const { model, signal, prefix } = setting;
  const { trace, bytes, shared, task } = planTrace(run, setting);
  listener.planned(trace, bytes);
  const { transformer } = model;
  const source = batchOf(trace);
  const lap = stopwatch();
  const exactly = trace.plan.preview?.kind === 'int8' ? new LayerPass(trace, false, shared) : null;
  if (exactly)
    await readApproximately(trace, model, source, {
      signal,
      breathe: () => listener.breathe(),
      previewed: (layer) => listener.previewed(trace, layer, lap()),
    });
  const probe = exactly?.probe ?? new CaptureProbe(trace, shared);
  const reading = transformer.architecture === 'decoder' ? 'decoder' : 'encoder';
  const control: RunControl = {
    signal,
    async afterLayer(stack, layer) {
      const error = exactly?.finish(stack, layer) ?? null;
      if (stack === reading) listener.layer(trace, { stack, layer }, lap(), error);
      await listener.breathe();
    },
  };
  const writing: WritingListener = {
    searched: (step) => listener.searched(trace, step),
    found: (hypotheses) => listener.found(trace, hypotheses),
    token: () => listener.token(trace),
    lap,
  };
  // What is taken over from an earlier text is taken over once: while that is read.
  const watched = {
    probe: new CaptureProbe(trace),
    control: { signal, afterLayer: () => listener.breathe() },
  };
  const writer = task && { trace, model, task, ...watched, listener: writing };
  const say = async (states: tf.Tensor2D): Promise<null> => {
    const prediction = transformer.head
      ? await predict(trace, transformer.head, states, async () => {
          throwIfCancelled(signal);
          await listener.breathe();
        })
      : null;
    if (prediction) listener.predicted(trace, prediction);
    return null;
  };
  if (transformer.decoder && !transformer.encoder)
    return readCausally(
      { trace, model, shared, prefix },
      { probe, control },
      async (states, decoding) => {
        await say(states);
        lap();
        return writer && writeOn(writer, decoding);
      },
    );
  const states = await transformer.read(source, probe, control);
  try {
    return await (writer ? writeOutput(writer, { states, tokens: source }) : say(states));
  } finally {
    states.dispose();
  }
}

/** Milliseconds since it was last asked. */
function stopwatch(): () => number {
  let since = performance.now();
  return () => {
    const now = performance.now();
    const elapsed = now - since;
    since = now;
    return elapsed;
  };
}

function planTrace(
  run: Run,
  { model, backend, budgetBytes, prefix, pictures }: RunSetting,
): {
  readonly trace: Trace;
  readonly bytes: number;
  readonly shared: SharedTokens | null;
  /** Null: the model only reads. */
  readonly task: OutputTask | null;
} {
  const { summary, tokenizer } = model;
  const { source, typeIds, language, notices } = prepareText(model, run);
  const isDecoder = summary.architecture === 'decoder';
  const task = taskOf(run, model, source);
  const most = task?.maxNewTokens ?? 0;
  // Of what is given and not gone on with, all is known.
  const written = task?.writing.further === false ? task.given.length : most;
  const bytes = isDecoder
    ? bytesOfRun(summary, source.length + written, 0)
    : bytesOfRun(summary, source.length, written);
  const shared = prefix.sharedWith(model, source);
  const reused = shared?.tokens ?? 0;
  // What is shared is there already.
  const there = bytesOfRun(summary, reused, 0).trace;
  const room = roomNow();
  const working = bytes.working + bytesOfSearch(summary, source.length, task);
  checkRunFits({ trace: bytes.trace, working }, budgetBytes, kernelKind(), {
    ...room,
    free: room.free + there,
  });
  const plan: Plan = {
    model: summary,
    text: run.text,
    pair: run.pair,
    language,
    source: [...source],
    target: task && !isDecoder ? outputTokens(tokenizer, [model.startToken]) : [],
    writing: task && task.writing,
    maxNewTokens: most,
    backend,
    ...(reused > 0 && { reused }),
    preview: previewPlan(run.preview, model, source.length - reused),
    notices: [...notices],
  };
  const trace = new Trace(run.trace, plan, model, pictures, typeIds);
  return { trace, bytes: bytes.trace - there, shared, task };
}

/** What a beam search takes besides the run, before which it finds what is to be captured. */
function bytesOfSearch(model: ModelSummary, source: number, task: OutputTask | null): number {
  const { search, further } = task?.writing ?? plainWriting;
  if (task === null || search.kind !== 'beam' || !further) return 0;
  return bytesOfWriting(model, source, task.maxNewTokens, search.beams);
}

/** How the model is to write here. @throws Failure `writing.*`, `generation.*` */
function taskOf(run: Run, model: LoadedModel, source: readonly Token[]): OutputTask | null {
  const { summary } = model;
  if (run.writing !== null) checkWrites(summary);
  const writing = run.writing ?? (writesOutput(summary) ? plainWriting : null);
  return writing && outputTask(model, writing, { text: run.text, ids: source.map(({ id }) => id) });
}
