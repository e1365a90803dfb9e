import type { Backend } from '../engine/backend';
import { CaptureProbe } from '../engine/captureProbe';
import { likelihoods, type Likelihood } from '../engine/candidates';
import type { LoadedModel } from '../engine/loadedModel';
import { PictureQueue } from '../engine/pictureQueue';
import { prepareText } from '../engine/prepareText';
import { runTrace } from '../engine/runTrace';
import { candidateLabel, outputTokens } from '../engine/tokenLabels';
import { Trace } from '../engine/trace';
import type { WireFailure } from '../failure/failure';
import type { Candidate } from '../protocol/trace';
import { tokenBatch } from '../transformer/sequence';
import { generateSequences } from './generateSequences';
import type { TraceTask } from './traceArguments';

/** A text to be traced, with all that decides what the decoder reads. */
export type TextTask = Pick<TraceTask, 'generate' | 'beams' | 'trainedTokens'> & {
  readonly input: Extract<TraceTask['input'], { kind: 'text' }>;
};

/** A trace as the engine keeps it, with what a terminal shows beside it. */
export interface TextTrace {
  readonly trace: Trace;
  /** What might follow a given target; null where the model wrote its own output. */
  readonly next: readonly Candidate[] | null;
  readonly notices: readonly WireFailure[];
}

/**
 * Traces a text. Without a target and beams this is the run that the panel shows, number for number;
 * with one of them the decoder reads the given tokens in one pass.
 */
export async function textTrace(
  model: LoadedModel,
  backend: Backend,
  task: TextTask,
): Promise<TextTrace> {
  const { text, language, target } = task.input;
  if (target === null && task.beams === null) return greedyTrace(model, backend, task);
  const prepared = prepareText(model, text, language, task.trainedTokens);
  const source = tokenBatch([prepared.source.map(({ id }) => id)]);
  if (target !== null) {
    const sequence = targetSequence(model, target);
    const { trace, logits } = await readThrough(model, backend, task, sequence);
    const next = likelihoods(logits.at(-1)!, 0).top.map((one) => candidate(model, one));
    return { trace, next, notices: prepared.notices };
  }
  const writing = { maxNewTokens: task.generate!, beams: task.beams };
  const { sequences, notice } = await generateSequences(model, source, null, writing);
  const { trace } = await readThrough(model, backend, task, sequences[0]!);
  return { trace, next: null, notices: [...prepared.notices, ...(notice ? [notice] : [])] };
}

/** A target text as the decoder reads it: the start token, then its tokens without the end. */
export function targetSequence({ tokenizer, generation }: LoadedModel, target: string): number[] {
  return [generation.startToken, ...tokenizer.encode(target, { special: false }).ids];
}

async function greedyTrace(
  model: LoadedModel,
  { name }: Backend,
  { input, generate, trainedTokens }: TextTask,
): Promise<TextTrace> {
  let trace: Trace | undefined;
  const run = {
    type: 'run' as const,
    trace: 'terminal',
    model: model.folder,
    text: input.text,
    language: input.language,
    maxNewTokens: generate,
    trainedTokens,
  };
  const setting = {
    model,
    backend: name,
    budgetBytes: Number.POSITIVE_INFINITY,
    signal: { aborted: false },
    pictures: new PictureQueue(),
  };
  const cutOff = await runTrace(run, setting, {
    planned: (planned) => (trace = planned),
    layer: () => undefined,
    token: () => undefined,
    breathe: () => Promise.resolve(),
  });
  const notices = [...trace!.plan.notices, ...(cutOff ? [cutOff.toWire()] : [])];
  return { trace: trace!, next: null, notices };
}

/** Reads a sequence in one pass. A token that ends it was written, not read: there is nothing to see of it. */
async function readThrough(
  model: LoadedModel,
  { name }: Backend,
  { input, trainedTokens }: TextTask,
  sequence: readonly number[],
): Promise<{ trace: Trace; logits: Float32Array[] }> {
  const { transformer, tokenizer, generation, summary } = model;
  const ended = generation.endTokens.includes(sequence.at(-1)!);
  const read = ended ? sequence.slice(0, -1) : sequence;
  const prepared = prepareText(model, input.text, input.language, trainedTokens);
  const tokens = outputTokens(tokenizer, sequence);
  const trace = new Trace(
    'terminal',
    {
      model: summary,
      text: input.text,
      language: prepared.language,
      source: [...prepared.source],
      target: tokens.slice(0, 1),
      maxNewTokens: sequence.length - 1,
      backend: name,
      notices: [...prepared.notices],
    },
    model,
    new PictureQueue(),
  );
  const source = tokenBatch([prepared.source.map(({ id }) => id)]);
  const output = await transformer.forward(source, tokenBatch([read]), new CaptureProbe(trace));
  const values = await output.data<'float32'>(); // [position, vocabulary]
  const width = output.shape[1];
  output.dispose();
  const logits = read.map((_, position) =>
    values.subarray(position * width, (position + 1) * width),
  );
  for (const [i, token] of tokens.slice(1).entries()) {
    const { written, top } = likelihoods(logits[i]!, token.id);
    const candidates = top.map((one) => candidate(model, one));
    trace.written.push({ token, probability: written, candidates });
  }
  return { trace, logits };
}

const candidate = ({ tokenizer }: LoadedModel, { id, probability }: Likelihood): Candidate => ({
  id,
  label: candidateLabel(tokenizer, id),
  probability,
});
