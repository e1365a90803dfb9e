import { mergedRow } from '../../analysis/mergedRow';
import type { TokenGroup } from '../../analysis/tokenGroup';
import type { Stack } from '../../protocol/address';
import type { HeadAddress } from '../../protocol/headProfile';
import { halfOf } from '../../protocol/stacks';
import type { Asker } from '../../protocol/studies/tour';
import type { Trace } from '../trace';
import type { StudyContext } from './studyContext';

/** Weights on the two nouns. */
export type NounWeights = [first: number, second: number];

/** A sentence as it was run, and the tokens of its words. */
export interface Places {
  readonly trace: Trace;
  readonly word: TokenGroup;
  readonly last: TokenGroup;
  readonly nouns: readonly [TokenGroup, TokenGroup];
  /** First output token of the pronoun; null: none was written. */
  readonly pronoun: number | null;
}

/** All heads of a stack, in the order of its layers. */
export function headsOf({ model }: Pick<StudyContext, 'model'>, stack: Stack): HeadAddress[] {
  const { layers, heads } = model.stackConfig(halfOf(stack))!;
  return Array.from({ length: layers * heads }, (_, index) => ({
    stack,
    layer: Math.floor(index / heads),
    head: index % heads,
  }));
}

/**
 * What a head gives words of the text, `[word]`: summed over a word's tokens, the mean over those that
 * ask. Null: there is no such asker in this sentence.
 */
export function weightsOn(
  places: Places,
  asker: Asker,
  { stack, layer, head }: HeadAddress,
  words: readonly TokenGroup[],
): Float32Array | null {
  const queries = queriesOf(places, asker);
  const { attention } = places.trace.readable(stack, layer)[0]!;
  // The last output token was written and not read: it looks at nothing.
  if (queries === null || queries.last >= attention.queries) return null;
  return mergedRow((token) => attention.row(head, token), queries, words);
}

/** On the two nouns. */
export function nounWeights(places: Places, asker: Asker, head: HeadAddress): NounWeights | null {
  const weights = weightsOn(places, asker, head, places.nouns);
  return weights && [weights[0]!, weights[1]!];
}

function queriesOf({ word, last, pronoun }: Places, asker: Asker): TokenGroup | null {
  switch (asker) {
    case 'word':
      return word;
    case 'last':
      return last;
    // What stands at a place predicts the token after it.
    case 'writes':
      return pronoun === null ? null : { first: pronoun - 1, last: pronoun - 1 };
    case 'pronoun':
      return pronoun === null ? null : { first: pronoun, last: pronoun };
  }
}
