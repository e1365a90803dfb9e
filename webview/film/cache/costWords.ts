/** What was measured of the cache, in words. */
import type { Translate } from '../../../src/language/translate';
import type { Answer } from '../../../src/protocol/queries';
import { tinyNumber } from '../../parts/tableCells';
import { byteWords } from './byteWords';

export type CostAnswer = Answer<'cacheCost'>;

const milliseconds = (value: number): string => value.toFixed(value < 10 ? 2 : 1);

/** `3.4`, of how many times as long something takes. */
const ratio = (long: number, short: number): string => (long / short).toPrecision(3);

const sum = (answer: CostAnswer, of: 'cached' | 'uncached'): number =>
  answer.steps.reduce((total, step) => total + step[of], 0);

/** Times, and what they come to. */
export function timeWords(answer: CostAnswer, t: Translate): string {
  const last = answer.steps.at(-1);
  if (last === undefined) return '';
  const [cached, uncached] = [sum(answer, 'cached'), sum(answer, 'uncached')];
  const whole = t(
    '{count} steps took {cached} ms with the cache and {uncached} ms without: {ratio} times as long.',
    {
      count: answer.steps.length,
      cached: milliseconds(cached),
      uncached: milliseconds(uncached),
      ratio: ratio(uncached, cached),
    },
  );
  const end = t('At {context} tokens: {cached} ms and {uncached} ms, {ratio} times as long.', {
    context: last.context,
    cached: milliseconds(last.cached),
    uncached: milliseconds(last.uncached),
    ratio: ratio(last.uncached, last.cached),
  });
  return `${whole} ${end}`;
}

/** What shows that the cache changes nothing but time. */
export function proofWords(answer: CostAnswer, t: Translate): string {
  const { steps, cross } = answer;
  const difference = Math.max(...steps.map((step) => step.difference));
  const logits =
    difference === 0
      ? t('The logits of all {count} steps are the same to the last bit.', { count: steps.length })
      : t('The logits differ by at most {difference} in {count} steps.', {
          difference: tinyNumber(difference),
          count: steps.length,
        });
  if (cross === null) return logits;
  const same = cross.unchanged
    ? t(
        'Keys and values of cross-attention: the same bytes before the first step and after the last.',
      )
    : t('Keys and values of cross-attention changed on the way: that must not be.');
  return `${logits} ${same}`;
}

/** What is kept after so many tokens. */
export function sizeWords(
  { bytesPerToken, cross }: CostAnswer,
  kept: number,
  t: Translate,
  locale: string,
): string {
  const own = t('Each token leaves {bytes} of keys and values; after this step {all} are kept.', {
    bytes: byteWords(bytesPerToken, locale),
    all: byteWords(bytesPerToken * kept, locale),
  });
  if (cross === null) return own;
  const fixed = t('Those of cross-attention are {bytes}, computed once in {milliseconds} ms.', {
    bytes: byteWords(cross.bytes, locale),
    milliseconds: milliseconds(cross.milliseconds),
  });
  return `${own} ${fixed}`;
}
