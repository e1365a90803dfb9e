import { throwIfCancelled, type Cancellation } from '../failure/cancellation';
import { Failure } from '../failure/failure';
import type { Run } from '../protocol/engineMessages';
import type { Plan } from '../protocol/trace';
import { CachedSteps } from '../transformer/cachedSteps';
import { greedy, type GreedyStep } from '../transformer/generate/greedy';
import type { RunControl } from '../transformer/runControl';
import { tokenBatch } from '../transformer/sequence';
import { likelihoods } from './candidates';
import { CaptureProbe } from './captureProbe';
import type { LoadedModel } from './loadedModel';
import { bytesOfRun, checkRunFits } from './memoryGuard';
import type { PictureQueue } from './pictureQueue';
import { prepareText } from './prepareText';
import { candidateLabel, outputTokens } from './tokenLabels';
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
  layer(trace: Trace, layer: number, milliseconds: number): void;
  token(trace: Trace, milliseconds: number): void;
  /** Lets messages in between two layers. */
  breathe(): Promise<void>;
}

/** What a run needs besides its request. */
export interface RunSetting {
  readonly model: LoadedModel;
  readonly backend: string;
  readonly budgetBytes: number;
  readonly signal: Cancellation;
  /** What the viewer has not seen of the trace. */
  readonly pictures: PictureQueue;
}

/**
 * Runs a model on a text: the encoder layer by layer, then the model's own greedy output token by
 * token, everything captured as it is computed.
 * @returns a notice if the output was cut off
 * @throws Failure `text.*`, `memory.run`, `run.cancelled`; no tensor is left behind
 */
export async function runTrace(
  run: Run,
  setting: RunSetting,
  listener: RunListener,
): Promise<Failure | null> {
  const { model, signal } = setting;
  throwIfCancelled(signal);
  const { trace, bytes } = planTrace(run, setting);
  listener.planned(trace, bytes);
  const { transformer } = model;
  const probe = new CaptureProbe(trace);
  const source = tokenBatch([trace.source.map(({ id }) => id)]);
  let since = performance.now();
  const lap = (): number => {
    const now = performance.now();
    const elapsed = now - since;
    since = now;
    return elapsed;
  };
  const control: RunControl = {
    signal,
    async afterLayer(stack, layer) {
      if (stack === 'encoder') listener.layer(trace, layer, lap());
      await listener.breathe();
    },
  };
  const states = await transformer.encode(source, probe, control);
  let steps: CachedSteps | undefined;
  try {
    const decoding = transformer.decoder.start({ states, tokens: source }, probe);
    steps = new CachedSteps(transformer, decoding, probe, control);
    const maxNewTokens = trace.plan.maxNewTokens;
    const prompt = [trace.plan.target.map(({ id }) => id)];
    const [sequence] = await greedy(steps, { prompt, maxNewTokens }, model.generation, (step) => {
      throwIfCancelled(signal);
      write(trace, step);
      listener.token(trace, lap());
    });
    const ended = model.generation.endTokens.includes(sequence!.at(-1)!);
    return ended ? null : new Failure('notice.outputLimit', { limit: maxNewTokens });
  } finally {
    steps?.dispose();
    states.dispose();
  }
}

function planTrace(
  run: Run,
  { model, backend, budgetBytes, pictures }: RunSetting,
): { readonly trace: Trace; readonly bytes: number } {
  const { summary, tokenizer, generation } = model;
  const { source, language, notices } = prepareText(
    model,
    run.text,
    run.language,
    run.trainedTokens,
  );
  const asked = run.maxNewTokens ?? DEFAULT_NEW_TOKENS;
  const maxNewTokens = Math.max(1, Math.min(asked, summary.positions - 1));
  const bytes = bytesOfRun(summary, source.length, maxNewTokens);
  checkRunFits(bytes, budgetBytes);
  const plan: Plan = {
    model: summary,
    text: run.text,
    language,
    source: [...source],
    target: outputTokens(tokenizer, [generation.startToken]),
    maxNewTokens,
    backend,
    notices: [...notices],
  };
  return { trace: new Trace(run.trace, plan, model, pictures), bytes: bytes.trace };
}

/** Adds the token of a step to the trace, with its probability and what else might have been written. */
function write(trace: Trace, { tokens, logits }: GreedyStep): void {
  const { tokenizer } = trace.model;
  const id = tokens[0]!;
  const token = outputTokens(tokenizer, [...trace.written.map((one) => one.token.id), id]).at(-1)!;
  const { written, top } = likelihoods(logits, id);
  trace.written.push({
    token,
    probability: written,
    candidates: top.map((one) => ({
      id: one.id,
      label: candidateLabel(tokenizer, one.id),
      probability: one.probability,
    })),
  });
}
