import type * as tf from '@tensorflow/tfjs-core';
import { throwIfCancelled, type Cancellation } from '../failure/cancellation';
import { Failure } from '../failure/failure';
import type { Run } from '../protocol/engineMessages';
import type { PreviewError } from '../protocol/preview';
import type { LayerAddress, ModelSummary, Plan, Prediction } from '../protocol/trace';
import { CachedSteps } from '../transformer/cachedSteps';
import { greedy, type GreedyStep } from '../transformer/generate/greedy';
import type { RunControl } from '../transformer/runControl';
import type { TokenBatch } from '../transformer/sequence';
import { likelihoods } from './candidates';
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
import { bytesOfRun } from './runBytes';
import { candidateOf, outputTokens } from './tokenLabels';
import { Trace } from './trace';

/**
 * Output tokens of a run that nobody limited: four times what the built-in model was trained on. A
 * model that never ends a sentence must not write until its positions are used up.
 */
export const DEFAULT_NEW_TOKENS = 256;

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
  token(trace: Trace, milliseconds: number): void;
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
  const { trace, bytes, shared } = planTrace(run, setting);
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
  if (transformer.encoder && transformer.decoder) {
    return writeOutput(setting, trace, source, { probe, control }, (step) => {
      write(trace, step);
      listener.token(trace, lap());
    });
  }
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
  if (transformer.decoder)
    return readCausally({ trace, model, shared, prefix }, { probe, control }, say);
  const states = await transformer.read(source, probe, control);
  try {
    return await say(states);
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

/** Lets an encoder–decoder write; `onStep` hears of each token. */
async function writeOutput(
  { model, signal }: RunSetting,
  trace: Trace,
  source: TokenBatch,
  { probe, control }: { readonly probe: CaptureProbe; readonly control: RunControl },
  onStep: (step: GreedyStep) => void,
): Promise<Failure | null> {
  const { transformer, generation } = model;
  const states = await transformer.encode(source, probe, control);
  let steps: CachedSteps | undefined;
  try {
    const decoding = transformer.startDecoding({ states, tokens: source }, probe);
    steps = new CachedSteps(transformer, decoding, probe, control);
    const { maxNewTokens, target } = trace.plan;
    const prompt = { rows: [target.map(({ id }) => id)] };
    const [sequence] = await greedy(steps, { prompt, maxNewTokens }, generation, (step) => {
      throwIfCancelled(signal);
      onStep(step);
    });
    const ended = generation.endTokens.includes(sequence!.at(-1)!);
    return ended ? null : new Failure('notice.outputLimit', { limit: maxNewTokens });
  } finally {
    steps?.dispose();
    states.dispose();
  }
}

function planTrace(
  run: Run,
  { model, backend, budgetBytes, prefix, pictures }: RunSetting,
): { readonly trace: Trace; readonly bytes: number; readonly shared: SharedTokens | null } {
  const { summary, tokenizer } = model;
  const { source, typeIds, language, notices } = prepareText(model, run);
  const writes = writesOutput(summary);
  const most = (summary.positions ?? Number.POSITIVE_INFINITY) - 1;
  const maxNewTokens = writes
    ? Math.max(1, Math.min(run.maxNewTokens ?? DEFAULT_NEW_TOKENS, most))
    : 0;
  const bytes = bytesOfRun(summary, source.length, maxNewTokens);
  const shared = prefix.sharedWith(model, source);
  const reused = shared?.tokens ?? 0;
  // What is shared is there already.
  const there = bytesOfRun(summary, reused, 0).trace;
  const room = roomNow();
  checkRunFits(bytes, budgetBytes, kernelKind(), { ...room, free: room.free + there });
  const plan: Plan = {
    model: summary,
    text: run.text,
    pair: run.pair,
    language,
    source: [...source],
    target: writes ? outputTokens(tokenizer, [model.startToken]) : [],
    maxNewTokens,
    backend,
    ...(reused > 0 && { reused }),
    preview: previewPlan(run.preview, model, source.length - reused),
    notices: [...notices],
  };
  const trace = new Trace(run.trace, plan, model, pictures, typeIds);
  return { trace, bytes: bytes.trace - there, shared };
}

/** Whether a model writes a text of its own here: an encoder–decoder that says next tokens. */
export const writesOutput = ({ architecture, task }: ModelSummary): boolean =>
  architecture === 'encoderDecoder' && task === 'nextToken';

/** Adds the token of a step to the trace, with its probability and what else might have been written. */
function write(trace: Trace, { tokens, logits }: GreedyStep): void {
  const { tokenizer } = trace.model;
  const id = tokens[0]!;
  const token = outputTokens(tokenizer, [...trace.written.map((one) => one.token.id), id]).at(-1)!;
  const { written, top } = likelihoods(logits, id);
  trace.written.push({
    token,
    probability: written,
    candidates: top.map((one) => candidateOf(tokenizer, one)),
  });
}
