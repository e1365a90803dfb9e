import type { Token, WrittenToken } from '../../src/protocol/trace';
import { plainWriting, type Writing } from '../../src/protocol/writing';

/** The likeliest tokens, so many of them at most. */
export const atMost = (tokens: number): Writing => ({ ...plainWriting, maxNewTokens: tokens });

/** An output token of which nothing but itself matters. */
export const written = (token: Token, rest: Partial<WrittenToken> = {}): WrittenToken => ({
  token,
  probability: 1,
  rank: 0,
  candidates: [],
  searched: null,
  given: false,
  milliseconds: 1,
  ...rest,
});
