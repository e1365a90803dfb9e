/** What a head does on a text, in words. */
import type { Translate } from '../../language/translate';
import { fourDecimals } from '../../navigation/names';
import type { HeadMeasure, HeadProfile } from '../../protocol/headProfile';
import type { Architecture } from '../../protocol/trace';

export interface MeasureWords {
  readonly name: string;
  /** For a list of heads: what one of them does that has much of it. */
  readonly short: string;
  readonly definition: string;
}

/** In the order in which they are offered. */
export const allMeasures: readonly HeadMeasure[] = [
  'entropy',
  'previous',
  'next',
  'self',
  'first',
  'special',
  'duplicate',
  'distance',
];

/** Those that some head of a model may have: what only decodes sees no later token. */
export const measuresOf = (architecture: Architecture): readonly HeadMeasure[] =>
  architecture === 'decoder' ? allMeasures.filter((measure) => measure !== 'next') : allMeasures;

/** Whether the measure is a share of attention, 0 to 1; else it is in bits or tokens. */
export const isShare = (measure: HeadMeasure): boolean =>
  measure !== 'entropy' && measure !== 'distance';

export function measureWords(measure: HeadMeasure, t: Translate): MeasureWords {
  switch (measure) {
    case 'entropy':
      return {
        name: t('Entropy'),
        short: t('entropy'),
        definition: t('How spread out its rows are: 0 bits on one token, log₂ n bits evenly on n.'),
      };
    case 'previous':
      return {
        name: t('Previous token'),
        short: t('previous token'),
        definition: t('Weight on the token right before.'),
      };
    case 'next':
      return {
        name: t('Next token'),
        short: t('next token'),
        definition: t('Weight on the token right after (encoder only).'),
      };
    case 'self':
      return {
        name: t('Self'),
        short: t('itself'),
        definition: t('Weight on the token itself.'),
      };
    case 'first':
      return {
        name: t('First-token sink'),
        short: t('first token'),
        definition: t('Weight on the first token of the text looked at.'),
      };
    case 'special':
      return {
        name: t('Special-token sink'),
        short: t('special tokens'),
        definition: t('Weight on special tokens, counted before any is hidden.'),
      };
    case 'distance':
      return {
        name: t('Mean distance'),
        short: t('distance'),
        definition: t('How many tokens away it looks, weighted.'),
      };
    case 'duplicate':
      return {
        name: t('Duplicate token'),
        short: t('same token'),
        definition: t('Weight on other occurrences of the same token.'),
      };
  }
}

/** A measure where there is little room: `0.83`, `1.9 bits`, `3.1 tokens`. */
export const briefly = (measure: HeadMeasure, value: number, t: Translate): string =>
  withUnit(measure, isShare(measure) ? value.toFixed(2) : value.toFixed(1), t);

/** A measure as exactly as numbers are shown anywhere. */
export const exactly = (measure: HeadMeasure, value: number, t: Translate): string =>
  withUnit(measure, fourDecimals(value), t);

function withUnit(measure: HeadMeasure, number: string, t: Translate): string {
  switch (measure) {
    case 'entropy':
      return t('{number} bits', { number });
    case 'distance':
      return t('{number} tokens', { number });
    default:
      return number;
  }
}

/** Less of it is as good as not doing it: such heads would be found by words that do not fit them. */
const TELLING_SHARE = 0.3;

/** More than two habits no list has room for. */
const MOST_HABITS = 2;

/**
 * What is most telling of a head: where much of its attention goes, if it goes to one place, and
 * how sharp it is. `previous token 0.83 · 1.2 bits`.
 */
export function tellingWords(profile: HeadProfile, t: Translate): string {
  const { entropy } = profile;
  const words = sharesOf(profile)
    .filter(({ value }) => value >= TELLING_SHARE)
    .slice(0, MOST_HABITS)
    .map(({ measure, value }) => `${measureWords(measure, t).short} ${briefly(measure, value, t)}`);
  if (entropy !== null) words.push(briefly('entropy', entropy, t));
  return words.join(' · ');
}

interface Share {
  readonly measure: HeadMeasure;
  readonly value: number;
}

/** Where a head's attention goes, most first. */
function sharesOf(profile: HeadProfile): readonly Share[] {
  return allMeasures
    .filter(isShare)
    .flatMap((measure): Share[] => {
      const value = profile[measure];
      return value === null ? [] : [{ measure, value }];
    })
    .toSorted((a, b) => b.value - a.value);
}

/** Where most of a head's attention goes. Null if it has no share at all. */
export const strongestShare = (profile: HeadProfile): Share | null => sharesOf(profile)[0] ?? null;
