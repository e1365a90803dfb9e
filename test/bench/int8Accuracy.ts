import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { LoadedModel } from '../../src/engine/loadedModel';
import { NodeModelFolder } from '../../src/engine/nodeModelFolder';
import { batchOf, prepareText } from '../../src/engine/prepareText';
import { CachedSteps } from '../../src/transformer/cachedSteps';
import { greedy } from '../../src/transformer/generate/greedy';
import { noProbe } from '../../src/transformer/probe';
import { unwatched } from '../../src/transformer/runControl';
import { tokenBatch, type TokenBatch } from '../../src/transformer/sequence';
import type { Transformer } from '../../src/transformer/transformer';
import { GatherProbe } from '../support/gatherProbe';

/** How far a model with 8-bit weights is from itself. */
export interface Int8Accuracy {
  readonly model: string;
  /** Tokens read and written, over all texts. */
  readonly tokens: number;
  /** |Δ| of attention weights, over those that no mask hides. */
  readonly largestWeight: number;
  readonly meanWeight: number;
  /** |Δ| of logits, and how far apart the logits of the model lie. */
  readonly largestLogit: number;
  readonly logitRange: number;
  /** Share of answers (tokens, labels, ends of spans) of which the likeliest is the same. */
  readonly sameFirst: number;
}

/** What comes of one text. */
interface Outcome {
  readonly patterns: readonly Float32Array[];
  /** Answers with a logit each choice. */
  readonly answers: readonly Float32Array[];
}

/** Output tokens of a translator that are compared. */
const MOST_OUTPUT = 64;

/**
 * Reads texts exactly and with 8-bit weights; a translator's output is what it writes exactly. Needs
 * Headlight's own kernels in the backend in use.
 */
export async function int8Accuracy(
  folder: string,
  texts: readonly string[],
): Promise<Int8Accuracy> {
  const model = await LoadedModel.load(new NodeModelFolder(folder), unwatched.signal);
  try {
    const twin = await model.quantised(unwatched.signal, () => Promise.resolve());
    const language = model.summary.languages[0] ?? null;
    const tally = new Tally();
    for (const text of texts) {
      const prepared = prepareText(model, { text, pair: null, language, trainedTokens: null });
      const source = batchOf(prepared);
      const target = await outputOf(model, source);
      const exact = await outcomeOf(model.transformer, source, target);
      tally.add(
        exact,
        await outcomeOf(twin, source, target),
        source.length + (target?.length ?? 0),
      );
    }
    return { model: path.basename(folder), ...tally.result() };
  } finally {
    model.dispose();
  }
}

/** What an encoder–decoder writes, without its last token; null: it writes nothing. */
async function outputOf(model: LoadedModel, source: TokenBatch): Promise<TokenBatch | null> {
  const { transformer } = model;
  if (transformer.architecture !== 'encoderDecoder') return null;
  const states = await transformer.encode(source, noProbe, unwatched);
  const steps = new CachedSteps(transformer, transformer.startDecoding({ states, tokens: source }));
  try {
    const task = { prompt: { rows: [[model.startToken]] }, maxNewTokens: MOST_OUTPUT };
    const [written] = await greedy(steps, task, model.generation);
    return tokenBatch([written!.slice(0, -1)]);
  } finally {
    steps.dispose();
    states.dispose();
  }
}

async function outcomeOf(
  transformer: Transformer,
  source: TokenBatch,
  target: TokenBatch | null,
): Promise<Outcome> {
  const probe = new GatherProbe((name) => name.endsWith('.pattern'));
  const { states, logits } = await transformer.forward(source, target, probe);
  states.dispose();
  if (logits === null) return { patterns: [...probe.values.values()], answers: [] };
  const [rows, width] = logits.shape;
  const spans = transformer.head?.config.task === 'answerSpan';
  const choices = spans ? tf.transpose(logits) : logits; // of a span: each end chooses among positions
  const numbers = choices.dataSync<'float32'>();
  const [count, each] = spans ? [width, rows] : [rows, width];
  const answers = Array.from({ length: count }, (_, i) => numbers.slice(i * each, (i + 1) * each));
  if (choices !== logits) choices.dispose();
  logits.dispose();
  return { patterns: [...probe.values.values()], answers };
}

class Tally {
  private tokens = 0;
  private largestWeight = 0;
  private sum = 0;
  private weights = 0;
  private largestLogit = 0;
  private logitRange = 0;
  private same = 0;
  private answers = 0;

  add(exact: Outcome, approximate: Outcome, tokens: number): void {
    this.tokens += tokens;
    for (const [i, pattern] of exact.patterns.entries()) {
      const other = approximate.patterns[i]!;
      for (const [place, weight] of pattern.entries()) {
        const given = other[place]!;
        if (weight === 0 && given === 0) continue;
        const difference = Math.abs(weight - given);
        this.largestWeight = Math.max(this.largestWeight, difference);
        this.sum += difference;
        this.weights++;
      }
    }
    for (const [i, logits] of exact.answers.entries()) {
      const others = approximate.answers[i]!;
      const most = Math.max(...logits);
      this.logitRange = Math.max(this.logitRange, most - Math.min(...logits));
      for (const [choice, logit] of logits.entries())
        this.largestLogit = Math.max(this.largestLogit, Math.abs(logit - others[choice]!));
      if (logits.length < 2) continue;
      this.answers++;
      if (logits.indexOf(most) === others.indexOf(Math.max(...others))) this.same++;
    }
  }

  result(): Omit<Int8Accuracy, 'model'> {
    const { tokens, largestWeight, largestLogit, logitRange } = this;
    return {
      tokens,
      largestWeight,
      meanWeight: this.sum / this.weights,
      largestLogit,
      logitRange,
      sameFirst: this.answers === 0 ? Number.NaN : this.same / this.answers,
    };
  }
}
