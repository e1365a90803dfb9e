/** A model as the host knows it before it is loaded: where it lies and what its makers say of it. */
export interface ModelSource {
  /** Absolute path of the folder. */
  readonly folder: string;
  /** Tokens a side of the longest text seen in training, if known. */
  readonly trainedTokens: number | null;
  /** Language that the source begins with unless the reader chose one; null: no language switch. */
  readonly language: string | null;
}
