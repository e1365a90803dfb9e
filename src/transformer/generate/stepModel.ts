/**
 * All that writing token by token needs to know of a model. `decoder` implements it with a cache of
 * keys and values; tests implement it with a table.
 */
export interface StepModel {
  /** Feeds the next token of each row; logits `[row, vocabulary]` of the tokens that may follow. */
  step(tokens: Int32Array): Promise<Float32Array>;
  /** Row i becomes what row `rows[i]` was. There may be more or fewer rows than before. */
  reorder(rows: Int32Array): void;
  dispose(): void;
}

/** What to write on from, and how far. */
export interface WritingTask {
  /** `[row][position]`, all rows of one length: the start token or a longer prompt. */
  readonly prompt: readonly (readonly number[])[];
  /** At most this many tokens are added; at least 1. */
  readonly maxNewTokens: number;
}

/** Feeds a prompt; logits of the first new token of each row. */
export async function feedPrompt(
  model: StepModel,
  prompt: readonly (readonly number[])[],
): Promise<Float32Array> {
  const length = prompt[0]?.length ?? 0;
  if (length === 0) throw new RangeError('a prompt has at least one token');
  let logits: Float32Array = new Float32Array();
  for (let position = 0; position < length; position++) {
    logits = await model.step(Int32Array.from(prompt, (row) => row[position]!));
  }
  return logits;
}

/** The part of `[row, vocabulary]` that belongs to one row; shares memory. */
export function rowOf(values: Float32Array, row: number, rows: number): Float32Array {
  const width = values.length / rows;
  return values.subarray(row * width, (row + 1) * width);
}
