import { mergedRow } from '../../analysis/mergedRow';
import type { TokenGroup } from '../../analysis/tokenGroup';
import type { Stack } from '../../protocol/address';
import type { HeadAddress } from '../../protocol/headProfile';
import type { Answer, Question } from '../../protocol/queries';
import type { Asker, Flip, TourRead } from '../../protocol/studies/tour';
import { halfOf } from '../replay/hookNaming';
import type { StudyContext } from './studyContext';
import { readSentence, type Reading } from './tourRead';

/** Weights on the two nouns. */
type NounWeights = [first: number, second: number];

/**
 * Looks at all heads for those whose weight from a word moves from one noun to the other with the
 * last word of the sentence.
 * @throws Failure `tour.noWord`, `text.*`, `memory.run`, `run.cancelled`
 */
export async function tourStudy(
  context: StudyContext,
  { pair }: Question<'tour'>,
): Promise<Answer<'tour'>> {
  const { sentences, control } = pair;
  const texts = control === null ? sentences : [...sentences, control];
  const readings: Reading[] = [];
  for (const [index, text] of texts.entries())
    readings.push(
      await readSentence(context, text, pair, {
        from: index / texts.length,
        to: (index + 1) / texts.length,
      }),
    );
  const [first, second, third] = readings as [Reading, Reading, Reading?];
  const flips = askersOf(context).flatMap(({ asker, stack }) =>
    headsOf(context, stack).flatMap((at): Flip[] => {
      const [a, b] = [first, second].map((reading) => weightsOf(reading, asker, at));
      // A pronoun that one translation does not have: nothing to compare.
      if (!a || !b) return [];
      const c = third ? weightsOf(third, asker, at) : null;
      const control = c && Math.max(flipScore(a, c), flipScore(c, a));
      const [score, opposite] = [flipScore(a, b), flipScore(b, a)];
      return [{ ...at, asker, weights: [a, b], score, opposite, control }];
    }),
  );
  return {
    reads: [first.read, second.read],
    flips: flips.toSorted((one, other) => other.score - one.score),
  };
}

/** The smaller margin: of the first noun in the first sentence, of the second noun in the second. */
const flipScore = (first: NounWeights, second: NounWeights): number =>
  Math.min(first[0] - first[1], second[1] - second[0]);

/** From where each stack of the model is looked at. */
function askersOf({ trace }: StudyContext): { readonly asker: Asker; readonly stack: Stack }[] {
  switch (trace.architecture) {
    case 'encoder':
      return [{ asker: 'word', stack: 'encoder' }];
    case 'decoder':
      return [
        { asker: 'word', stack: 'decoder' },
        { asker: 'last', stack: 'decoder' },
      ];
    case 'encoderDecoder':
      return [
        { asker: 'word', stack: 'encoder' },
        { asker: 'writes', stack: 'cross' },
        { asker: 'pronoun', stack: 'cross' },
      ];
  }
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

/** Weights from an asker on the two nouns: summed over a noun's tokens, the mean over the asker's. */
function weightsOf(
  { trace, read }: Reading,
  asker: Asker,
  { stack, layer, head }: HeadAddress,
): NounWeights | null {
  const queries = queriesOf(read, asker);
  const { attention } = trace.readable(stack, layer)[0]!;
  // The last output token was written and not read: it looks at nothing.
  if (queries === null || queries.last >= attention.queries) return null;
  const nouns = read.nouns.map(([from, to]) => ({ first: from, last: to }));
  const [first, second] = mergedRow((token) => attention.row(head, token), queries, nouns);
  return [first!, second!];
}

function queriesOf({ word, last, pronoun }: TourRead, asker: Asker): TokenGroup | null {
  switch (asker) {
    case 'word':
      return { first: word[0], last: word[1] };
    case 'last':
      return { first: last[0], last: last[1] };
    // What stands at a place predicts the token after it.
    case 'writes':
      return pronoun && { first: pronoun.token - 1, last: pronoun.token - 1 };
    case 'pronoun':
      return pronoun && { first: pronoun.token, last: pronoun.token };
  }
}
