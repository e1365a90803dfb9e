import { likeliestTokens } from './topIndices';

/** How one row's next token is chosen from its scores. */
export interface Chooser {
  /**
   * Changes the scores `[vocabulary]`, to which the rules have been applied, in place to those that
   * the choice is made from: −∞ for what is left out.
   */
  narrow(scores: Float32Array): void;
  /**
   * A token by its narrowed scores.
   * @param position number of the token that is chosen, from 0: its place behind the prompt
   * @param row of the batch
   * @throws Failure `model.notNumbers`, `generation.noChoice`
   */
  choose(scores: Float32Array, position: number, row: number): number;
}

/** The likeliest token, of equals the one with the lower id. */
export const likeliest: Chooser = {
  narrow: () => undefined,
  choose: (scores, position) => likeliestTokens(scores, 1, position)[0]!,
};
