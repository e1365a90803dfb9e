import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from '../engine/backend';
import { CaptureProbe } from '../engine/captureProbe';
import { likelihoods, type Likelihood } from '../engine/candidates';
import type { LoadedModel } from '../engine/loadedModel';
import { PictureQueue } from '../engine/pictureQueue';
import { PrefixMemory } from '../engine/prefixMemory';
import { batchOf, prepareText } from '../engine/prepareText';
import { runTrace } from '../engine/runTrace';
import { candidateOf, outputTokens } from '../engine/tokenLabels';
import { Trace } from '../engine/trace';
import { writesOutput } from '../engine/writing/checkWrites';
import { writtenToken } from '../engine/writing/writtenToken';
import { Failure, type WireFailure } from '../failure/failure';
import { errorNotice } from '../navigation/approximate';
import type { PreviewError } from '../protocol/preview';
import { errorOf } from '../protocol/previewed';
import type { Candidate, Prediction } from '../protocol/trace';
import { plainWriting } from '../protocol/writing';
import { tokenBatch } from '../transformer/sequence';
import { generateSequences } from './generateSequences';
import type { TraceTask } from './traceArguments';

/** A text to be traced, with all that decides what the decoder reads. */
export type TextTask = Pick<TraceTask, 'generate' | 'beams' | 'trainedTokens' | 'preview'> & {
  readonly input: Extract<TraceTask['input'], { kind: 'text' }>;
};

/** A trace as the engine keeps it, with what a terminal shows beside it. */
export interface TextTrace {
  readonly trace: Trace;
  /** What the model says of the text; null: it writes instead, or says nothing. */
  readonly prediction: Prediction | null;
  /** How a decoder goes on, where it was asked to. */
  readonly continuation: string | null;
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
  const { target } = task.input;
  if (!writesOutput(model.summary)) return readTrace(model, backend, task);
  if (target === null && task.beams === null) return greedyTrace(model, backend, task);
  const prepared = prepareText(model, { ...task.input, trainedTokens: task.trainedTokens });
  const source = batchOf(prepared);
  const said = { prediction: null, continuation: null };
  if (target !== null) {
    const sequence = targetSequence(model, target);
    const { trace, logits } = await readThrough(model, backend, task, sequence);
    const next = likelihoods(logits.at(-1)!, 0).top.map((one) => candidate(model, one));
    return { trace, next, notices: prepared.notices, ...said };
  }
  const writing = { maxNewTokens: task.generate!, beams: task.beams };
  const { sequences, notice } = await generateSequences(model, source, null, writing);
  const { trace } = await readThrough(model, backend, task, sequences[0]!);
  const notices = [...prepared.notices, ...(notice ? [notice] : [])];
  return { trace, next: null, notices, ...said };
}

/** A model of one stack: what it says of the text and, where it was asked to, how it goes on. */
async function readTrace(model: LoadedModel, backend: Backend, task: TextTask): Promise<TextTrace> {
  const { className, modelType } = model.summary;
  if (task.input.target !== null)
    throw new Failure('cli.noTarget', { modelType: className || modelType });
  const traced = await greedyTrace(model, backend, task);
  if (task.generate === null) return traced;
  const source = batchOf(traced.trace);
  const writing = { maxNewTokens: task.generate, beams: task.beams };
  const { sequences, notice } = await generateSequences(model, source, null, writing);
  const continuation = model.tokenizer.decode(sequences[0]!.slice(source.length)).text;
  return { ...traced, continuation, notices: [...traced.notices, ...(notice ? [notice] : [])] };
}

/** A target text as the decoder reads it: the start token, then its tokens without the end. */
export function targetSequence(model: LoadedModel, target: string): number[] {
  const { tokenizer, startToken, summary } = model;
  if (!writesOutput(summary))
    throw new Failure('cli.noTarget', { modelType: summary.className || summary.modelType });
  return [startToken, ...tokenizer.encode(target, { special: false }).ids];
}

async function greedyTrace(
  model: LoadedModel,
  { name }: Backend,
  { input, generate, trainedTokens, preview }: TextTask,
): Promise<TextTrace> {
  const errors: PreviewError[] = [];
  let trace: Trace | undefined;
  let prediction: Prediction | null = null;
  const run = {
    type: 'run' as const,
    trace: 'terminal',
    model: model.folder,
    text: input.text,
    pair: input.pair,
    language: input.language,
    writing: writesOutput(model.summary) ? { ...plainWriting, maxNewTokens: generate } : null,
    trainedTokens,
    preview,
  };
  const prefix = new PrefixMemory();
  const setting = {
    model,
    backend: name,
    budgetBytes: Number.POSITIVE_INFINITY,
    signal: { aborted: false },
    prefix,
    pictures: new PictureQueue(),
  };
  const cutOff = await runTrace(run, setting, {
    planned: (planned) => (trace = planned),
    previewed: () => undefined,
    layer: (_trace, _layer, _milliseconds, error) => {
      if (error) errors.push(error);
    },
    searched: () => undefined,
    found: () => undefined,
    token: () => undefined,
    predicted: (_, said) => (prediction = said),
    breathe: () => Promise.resolve(),
  });
  prefix.drop();
  const { plan } = trace!;
  const error = errorOf(errors);
  const notices = [
    ...plan.notices,
    ...(plan.preview?.kind === 'none' ? [plan.preview.why] : []),
    ...(error ? [errorNotice(error)] : []),
    ...(cutOff ? [cutOff.toWire()] : []),
  ];
  return { trace: trace!, prediction, continuation: null, next: null, notices };
}

/** Reads a sequence in one pass. A token that ends it was written, not read: there is nothing to see of it. */
async function readThrough(
  model: LoadedModel,
  { name }: Backend,
  { input, trainedTokens }: TextTask,
  sequence: readonly number[],
): Promise<{ trace: Trace; logits: Float32Array[] }> {
  const { transformer, tokenizer, generation, summary } = model;
  const { target } = input;
  const ended = generation.endTokens.includes(sequence.at(-1)!);
  const read = ended ? sequence.slice(0, -1) : sequence;
  const prepared = prepareText(model, { ...input, trainedTokens });
  const tokens = outputTokens(tokenizer, sequence);
  const trace = new Trace(
    'terminal',
    {
      model: summary,
      text: input.text,
      pair: input.pair,
      language: prepared.language,
      source: [...prepared.source],
      target: tokens.slice(0, 1),
      writing: { ...plainWriting, begin: { ids: sequence.slice(1), text: null }, further: false },
      maxNewTokens: sequence.length - 1,
      backend: name,
      preview: null,
      notices: [...prepared.notices],
    },
    model,
    new PictureQueue(),
    prepared.typeIds,
  );
  const source = batchOf(prepared);
  const pass = await transformer.forward(source, tokenBatch([read]), new CaptureProbe(trace));
  const values = await pass.logits!.data<'float32'>(); // [position, vocabulary]
  const width = pass.logits!.shape[1];
  tf.dispose([pass.states, pass.logits!]);
  const logits = read.map((_, position) =>
    values.subarray(position * width, (position + 1) * width),
  );
  for (const [i, token] of tokens.slice(1).entries()) {
    const said = logits[i]!;
    const step = { position: i + 1, tokens: [token.id], logits: said, scores: [said] };
    const facts = { given: target !== null, logarithms: false, milliseconds: 0 };
    trace.write(writtenToken(trace, step, facts));
  }
  return { trace, logits };
}

const candidate = ({ tokenizer }: LoadedModel, one: Likelihood): Candidate =>
  candidateOf(tokenizer, one);
