import type { GenerationOptions } from './generationOptions';
import { logitsRules } from './logitsRules';
import { rowOf, type StepModel, type WritingTask } from './stepModel';
import { likeliestTokens } from './topIndices';

/** A token chosen for every row. */
export interface GreedyStep {
  /** Place of the new tokens in their sequences. */
  readonly position: number;
  /** `[row]`; padding for rows that have ended. */
  readonly tokens: readonly number[];
  /** `[row, vocabulary]` as the model computed them, before any rule. */
  readonly logits: Float32Array;
}

/**
 * Writes the likeliest token again and again until every row has ended. The promise of `onStep` is
 * awaited, so a watcher may hold or (by throwing) stop the writing.
 * @returns sequences with their prompts, filled up to one length.
 * @throws Failure `model.notNumbers`, `generation.noChoice`
 */
export async function greedy(
  model: StepModel,
  task: WritingTask,
  options: GenerationOptions,
  onStep: (step: GreedyStep) => void | Promise<void> = () => undefined,
): Promise<number[][]> {
  const { prompt, maxNewTokens } = task;
  const promptLength = prompt.rows[0]?.length ?? 0;
  const maxLength = promptLength + maxNewTokens;
  const rules = logitsRules(options, promptLength, maxLength);
  const sequences = prompt.rows.map((row) => [...row]);
  const ended = prompt.rows.map(() => false);
  const padding = options.padToken ?? options.endTokens[0] ?? 0;
  let logits = await model.begin(prompt);
  for (let position = promptLength; ; position++) {
    const tokens = sequences.map((sequence, row) => {
      if (ended[row]) return padding;
      const scores = rowOf(logits, row, sequences.length).slice();
      for (const rule of rules) rule(sequence, scores);
      return likeliestTokens(scores, 1, position - promptLength)[0]!;
    });
    for (const [row, token] of tokens.entries()) {
      sequences[row]!.push(token);
      ended[row] ||= options.endTokens.includes(token);
    }
    await onStep({ position, tokens, logits });
    if (position + 1 === maxLength || ended.every(Boolean)) return sequences;
    logits = await model.step(Int32Array.from(tokens));
  }
}
