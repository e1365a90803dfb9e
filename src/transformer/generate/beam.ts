import { BeamRow } from './beamRow';
import type { GenerationOptions } from './generationOptions';
import { logitsRules } from './logitsRules';
import { type StepModel, type WritingTask } from './stepModel';

/** The best sequence of each row and its score: the mean logarithm of its tokens' probabilities. */
export interface BeamResult {
  readonly sequences: number[][];
  readonly scores: Float32Array;
}

/**
 * Beam search as Hugging Face transformers 4.57 does it with `length_penalty` 1, `early_stopping`
 * false, no sampling: the same candidates, the same order of steps, float32 sums.
 */
export async function beamSearch(
  model: StepModel,
  task: WritingTask & { readonly beams: number },
  options: GenerationOptions,
): Promise<BeamResult> {
  const { prompt, beams, maxNewTokens } = task;
  const texts = prompt.rows;
  const promptLength = texts[0]?.length ?? 0;
  const maxLength = promptLength + maxNewTokens;
  const rules = logitsRules(options, promptLength, maxLength);
  const rows = texts.map((tokens) => new BeamRow(tokens, beams, options.endTokens));
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
    const improvable = rows.some((row) => row.improvable);
    if (!improvable || done.every(Boolean)) return collect(rows, options);
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
  return { sequences, scores: Float32Array.from(best, ({ score }) => score) };
}
