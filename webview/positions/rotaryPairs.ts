/** Which dimensions of a head are turned together, how fast, and how far. Pure. */
import type { Translate } from '../../src/language/translate';
import type { Positions } from '../../src/protocol/trace';

export type Rotary = Extract<Positions, { kind: 'rotary' }>;

export const pairCount = ({ dimensions }: Rotary): number => Math.floor(dimensions / 2);

/** The two dimensions of a pair, counted within the head. */
export const dimensionsOfPair = (
  { interleaved, dimensions }: Rotary,
  pair: number,
): readonly [number, number] =>
  interleaved ? [2 * pair, 2 * pair + 1] : [pair, pair + dimensions / 2];

/** From the fastest pair to slow ones: enough to see the idea, few enough to tell apart. */
export function firstPairs(rotary: Rotary): number[] {
  const shares = [0, 1 / 8, 1 / 4, 1 / 2].map((share) => Math.floor(share * pairCount(rotary)));
  return [...new Set(shares)];
}

/** Positions after which a pair has come around once; three digits. */
export function wavelengthWords(frequency: number): string {
  if (frequency === 0) return '∞';
  const wavelength = (2 * Math.PI) / frequency;
  return wavelength < 1000 ? wavelength.toPrecision(3) : String(Math.round(wavelength));
}

const FULL_TURN = 360;

/** How far a pair is turned between two tokens, in degrees from 0 to below 360: full turns left out. */
export function degreesBetween(distance: number, frequency: number): number {
  const degrees = ((distance * frequency) / (2 * Math.PI)) * FULL_TURN;
  return ((degrees % FULL_TURN) + FULL_TURN) % FULL_TURN;
}

/** What is turned, on which dimensions, how it was scaled: a sentence each. */
export function rotaryWords(rotary: Rotary, factor: number, t: Translate): string[] {
  const { dimensions, headWidth, interleaved, base, scaling } = rotary;
  const last = dimensions - 1;
  return [
    t(
      'Rotary positions: each head turns its queries and keys, pair of dimensions by pair, by position × θ; so positions enter their dot product as a distance alone.',
    ),
    scaling === 'default'
      ? t('Base {base}, frequencies not scaled.', { base })
      : t('Base {base}, frequencies scaled: {scaling}.', { base, scaling }),
    interleaved
      ? t('Neighbouring dimensions are a pair: 0 and 1, 2 and 3, …')
      : t('Dimension i and i + {half} are a pair.', { half: dimensions / 2 }),
    dimensions < headWidth
      ? t(
          'Partly rotary: of the {width} dimensions of a head 0–{last} are turned; {first}–{end} are not and know nothing of positions.',
          { width: headWidth, last, first: dimensions, end: headWidth - 1 },
        )
      : t('All {width} dimensions of a head are turned.', { width: headWidth }),
    ...(factor === 1
      ? []
      : [t('Turned queries and keys are also multiplied by {factor}.', { factor })]),
  ];
}
