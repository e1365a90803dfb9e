import { BeamRow, type BeamHypothesis, type BeamRowStep } from './beamRow';
import { beamScoring, type BeamSettings } from './beamScoring';
import type { GenerationOptions } from './generationOptions';
import { logitsRules } from './logitsRules';
import type { StepModel, WritingTask } from './stepModel';

/** What a search came to. */
export interface BeamResult {
  /** The best sequence of each row with its prompt, filled up to one length. */
  readonly sequences: number[][];
  /** `[row]`, of these sequences. */
  readonly scores: Float32Array;
  /** `[row]`: all sequences that ended or were cut off and count in the end, best first; at least one. */
  readonly hypotheses: readonly (readonly BeamHypothesis[])[];
}

/** What a step of a search did in one row. */
export interface BeamSearchStep extends BeamRowStep {
  /** Place of the new tokens in their sequences. */
  readonly position: number;
}

/**
 * Beam search as Hugging Face transformers 4.57 does it without sampling: the same candidates, the same
 * order of steps, float32 sums. A sequence's score is the sum of its tokens' log-probabilities after the
 * rules ÷ length ^ length penalty; the length counts new tokens alone. Tokens given beforehand belong to
 * the prompt: they count neither for the sum nor for the length, nor among the new tokens.
 * @param onStep told of every step, `[row]`; its promise is awaited, so a watcher may hold or (by
 *   throwing) stop the search
 * @throws Failure `model.notNumbers`, `generation.noChoice`
 */
export async function beamSearch(
  model: StepModel,
  task: WritingTask & BeamSettings,
  options: GenerationOptions,
  onStep: (step: readonly BeamSearchStep[]) => void | Promise<void> = () => undefined,
): Promise<BeamResult> {
  const { prompt, beams, maxNewTokens } = task;
  const texts = prompt.rows;
  const promptLength = texts[0]?.length ?? 0;
  const maxLength = promptLength + maxNewTokens;
  const rules = logitsRules(options, promptLength, maxLength);
  const scoring = beamScoring(task, maxNewTokens);
  const rows = texts.map((tokens) => new BeamRow(tokens, beams, options.endTokens, scoring));
  // The beams of a row begin alike: the prompt is fed once a row, then each row becomes `beams` rows.
  const first = await model.begin(prompt);
  const spread = Int32Array.from({ length: texts.length * beams }, (_, i) => Math.floor(i / beams));
  model.reorder(spread);
  let logits = pickRows(first, spread, texts.length);
  for (let length = promptLength + 1; ; length++) {
    const width = logits.length / rows.length;
    const done = rows.map((row, i) =>
      row.advance(logits.subarray(i * width, (i + 1) * width), rules, length === maxLength),
    );
    await onStep(rows.map((row) => ({ ...row.lastStep, position: length - 1 })));
    const improvable = rows.some((row) => row.improvable);
    const open = rows.some((row) => !row.full);
    if (!improvable || !open || done.every(Boolean)) return collect(rows, options);
    model.reorder(Int32Array.from(rows.flatMap((row, i) => row.origins.map((o) => i * beams + o))));
    logits = await model.step(Int32Array.from(rows.flatMap((row) => row.lastTokens)));
  }
}

function pickRows(values: Float32Array, rows: Int32Array, count: number): Float32Array {
  const width = values.length / count;
  const picked = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) {
    picked.set(values.subarray(row * width, (row + 1) * width), i * width);
  }
  return picked;
}

function collect(rows: readonly BeamRow[], { padToken, endTokens }: GenerationOptions): BeamResult {
  const best = rows.map((row) => row.best);
  const length = Math.max(...best.map(({ tokens }) => tokens.length));
  // Hugging Face writes `pad or eos` here: padding with id 0 counts as none.
  const filler = endTokens[0] === undefined ? -1 : padToken || endTokens[0];
  const sequences = best.map(({ tokens }) => [
    ...tokens,
    ...Array<number>(length - tokens.length).fill(filler),
  ]);
  const scores = Float32Array.from(best, ({ score }) => score);
  return { sequences, scores, hypotheses: rows.map((row) => row.hypotheses) };
}
