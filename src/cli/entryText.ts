import type { Candidate, Token } from '../protocol/trace';
import { oneLine } from './columns';

/** Digits behind the point; more than a reader compares, fewer than the float32 holds. */
export const DIGITS = 3;

/** A token with its index, which tells equal words apart. */
export const name = (token: Token, index: number): string => `${index} ${oneLine(token.label)}`;

export const candidateText = ({ label, probability }: Candidate): string =>
  `${oneLine(label)} ${probability.toFixed(DIGITS)}`;
