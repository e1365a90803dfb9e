/**
 * All that writing token by token needs to know of a model. `decoder` implements it with a cache of
 * keys and values; tests implement it with a table.
 */
export interface StepModel {
  /** Feeds what the rows begin with; logits `[row, vocabulary]` of the tokens that may follow. Called once, first. */
  begin(prompt: PromptRows): Promise<Float32Array>;
  /** Feeds the next token of each row; logits `[row, vocabulary]` of the tokens that may follow. */
  step(tokens: Int32Array): Promise<Float32Array>;
  /** Row i becomes what row `rows[i]` was. There may be more or fewer rows than before. */
  reorder(rows: Int32Array): void;
  dispose(): void;
}

/** What rows begin with, all of one length of at least 1. */
export interface PromptRows {
  /** `[row][position]` */
  readonly rows: readonly (readonly number[])[];
  /** `[row][position]`, 0 = padding (on the left); undefined: none. */
  readonly mask?: readonly (readonly number[])[] | undefined;
}

/** What to write on from, and how far. */
export interface WritingTask {
  /** The start token, or a longer prompt. */
  readonly prompt: PromptRows;
  /** At most this many tokens are added; at least 1. */
  readonly maxNewTokens: number;
}

/** The part of `[row, vocabulary]` that belongs to one row; shares memory. */
export function rowOf(values: Float32Array, row: number, rows: number): Float32Array {
  const width = values.length / rows;
  return values.subarray(row * width, (row + 1) * width);
}
