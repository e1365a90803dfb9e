import type { Chooser } from './chooser';
import type { GenerationOptions } from './generationOptions';
import { logSoftmax } from './logSoftmax';
import { logitsRules } from './logitsRules';
import { rowOf, type StepModel, type WritingTask } from './stepModel';

/** A token written in every row. */
export interface WrittenStep {
  /** Place of the new tokens in their sequences. */
  readonly position: number;
  /** `[row]`; padding for rows that have ended. */
  readonly tokens: readonly number[];
  /** `[row, vocabulary]` as the model computed them, before any rule. */
  readonly logits: Float32Array;
  /** `[row][vocabulary]`: the same (or their log-probabilities) after rules, temperature and cuts; null: the row has ended. */
  readonly scores: readonly (Float32Array | null)[];
}

/** What is written by a model, or given to it. */
export interface WritingPlan extends WritingTask {
  /** Tokens every row takes first, instead of choosing; they count as new tokens. */
  readonly given?: readonly number[];
  /** Ends after the given tokens. */
  readonly onlyGiven?: boolean;
  /** Rules change the logarithms of probabilities, as in a beam search, rather than logits. */
  readonly logarithms?: boolean;
}

/**
 * Writes a token in every row, again and again until all have ended. The promise of `onStep` is
 * awaited, so a watcher may hold or (by throwing) stop the writing.
 * @returns sequences with their prompts, filled up to one length.
 * @throws Failure `model.notNumbers`, `generation.noChoice`
 */
export async function write(
  model: StepModel,
  { prompt, maxNewTokens, given = [], onlyGiven = false, logarithms = false }: WritingPlan,
  options: GenerationOptions,
  chooser: Chooser,
  onStep: (step: WrittenStep) => void | Promise<void> = () => undefined,
): Promise<number[][]> {
  const promptLength = prompt.rows[0]?.length ?? 0;
  const maxLength = promptLength + maxNewTokens;
  const end = onlyGiven ? promptLength + given.length : maxLength;
  const rules = logitsRules(options, promptLength, maxLength);
  const sequences = prompt.rows.map((row) => [...row]);
  const ended = prompt.rows.map(() => false);
  const padding = options.padToken ?? options.endTokens[0] ?? 0;
  let logits = await model.begin(prompt);
  for (let position = promptLength; position < end; position++) {
    const place = position - promptLength;
    const forced = given[place];
    const scores = sequences.map((sequence, row) => {
      if (ended[row]) return null;
      const computed = rowOf(logits, row, sequences.length);
      const own = logarithms ? logSoftmax(computed) : computed.slice();
      for (const rule of rules) rule(sequence, own);
      chooser.narrow(own);
      return own;
    });
    const tokens = scores.map((own, row) =>
      own === null ? padding : (forced ?? chooser.choose(own, place, row)),
    );
    for (const [row, token] of tokens.entries()) {
      sequences[row]!.push(token);
      // What is given may go on behind an end.
      ended[row] ||= place >= given.length - 1 && options.endTokens.includes(token);
    }
    await onStep({ position, tokens, logits, scores });
    if (position + 1 === end || ended.every(Boolean)) break;
    logits = await model.step(Int32Array.from(tokens));
  }
  return sequences;
}
