import type { Stack } from '../../protocol/address';
import type { HeadAddress } from '../../protocol/headProfile';
import type { Answer, Question } from '../../protocol/queries';
import { CLEAR_FLIP, type Asker, type Flip, type FlipCounts } from '../../protocol/studies/tour';
import type { Architecture } from '../../protocol/trace';
import type { StudyContext } from './studyContext';
import { describe, readSentence, type Reading } from './tourRead';
import { headsOf, nounWeights, type NounWeights } from './tourWeights';

/** Who asks, in which stack of a model. */
const ASKERS: Readonly<Record<Architecture, readonly (readonly [Asker, Stack])[]>> = {
  encoder: [['word', 'encoder']],
  decoder: [
    ['word', 'decoder'],
    ['last', 'decoder'],
  ],
  encoderDecoder: [
    ['word', 'encoder'],
    ['writes', 'cross'],
    ['pronoun', 'cross'],
  ],
};

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
  for (const [index, text] of texts.entries()) {
    const share = { from: index / texts.length, to: (index + 1) / texts.length };
    readings.push(await readSentence(context, text, pair, share));
  }
  const [first, second, third] = readings as [Reading, Reading, Reading?];
  const groups = ASKERS[context.trace.architecture].map(([asker, stack]) =>
    headsOf(context, stack).flatMap((head): Flip[] => {
      const [a, b] = [first, second].map((reading) => nounWeights(reading, asker, head));
      // A pronoun that one translation does not have: nothing to compare.
      if (!a || !b) return [];
      const c = third ? nounWeights(third, asker, head) : null;
      return [
        {
          ...head,
          asker,
          weights: [a, b],
          score: flipScore(a, b),
          opposite: flipScore(b, a),
          control: c && Math.max(flipScore(a, c), flipScore(c, a)),
        },
      ];
    }),
  );
  const flips = groups.flat().toSorted((one, other) => other.score - one.score);
  return {
    reads: [describe(context, first), describe(context, second)],
    flips,
    counts: groups.flatMap(countsOf),
    clear: clearHeads(flips),
  };
}

/** The smaller margin: of the first noun in the first sentence, of the second noun in the second. */
const flipScore = (first: NounWeights, second: NounWeights): number =>
  Math.min(first[0] - first[1], second[1] - second[0]);

const isClear = (score: number): boolean => score >= CLEAR_FLIP;

function countsOf(flips: readonly Flip[]): FlipCounts[] {
  const [one] = flips;
  if (!one) return [];
  const count = (holds: (flip: Flip) => boolean): number => flips.filter(holds).length;
  const hasControl = flips.every(({ control }) => control !== null);
  return [
    {
      asker: one.asker,
      searched: flips.length,
      flips: count(({ score }) => score > 0),
      clear: count(({ score }) => isClear(score)),
      opposite: count(({ opposite }) => isClear(opposite)),
      control: hasControl ? count(({ control }) => isClear(control!)) : null,
    },
  ];
}

/** Each head once: it may flip for several askers. */
function clearHeads(flips: readonly Flip[]): HeadAddress[] {
  const heads = new Map<string, HeadAddress>();
  for (const { stack, layer, head, score } of flips)
    if (isClear(score)) heads.set(`${stack}.${layer}.${head}`, { stack, layer, head });
  return [...heads.values()];
}
