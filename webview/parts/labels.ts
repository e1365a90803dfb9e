/** Names of tokens in tables and charts. Pure. */
import { labelAt } from '../../src/navigation/labels';
import type { Token } from '../../src/protocol/trace';

export const labelsOf = (tokens: readonly Token[]): readonly string[] =>
  tokens.map((_, index) => labelAt(tokens, index));
