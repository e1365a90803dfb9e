/** What a causal mask hides (paper section 3.1): a decoder's token attends to no token after it. */
import type { RowAddress, Stack } from '../protocol/address';

/** Whether a query never sees a key, whatever the weights: shown as that, not as a weight of 0. */
export const isUnseen = (stack: Stack, query: number, key: number): boolean =>
  stack === 'decoder' && key > query;

/** The same for one entry of a row (a key), or of a column (a query). */
export const isUnseenIn = ({ stack, direction, token }: RowAddress, other: number): boolean =>
  direction === 'looksAt' ? isUnseen(stack, token, other) : isUnseen(stack, other, token);
