/** What the numbers of the tour say, in sentences. Nothing is said that they do not show. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import type { Answer } from '../../src/protocol/queries';
import { CLEAR_FLIP, type TourPair, type TourRead } from '../../src/protocol/studies/tour';
import type { Plan } from '../../src/protocol/trace';

type Flips = Answer<'tour'>;
type Muting = Answer<'tourMuting'>;
type Looks = NonNullable<TourRead['pronoun']>['looks'];

/** A probability that falls by less than this with heads muted stays where it was. */
const NOTABLE_FALL = 0.05;

/** Which heads turn with the last word, and what chance gives. */
export function flipVerdict({ flips, counts, clear }: Flips, t: Translate): string {
  const searched = new Set(flips.map(({ stack, layer, head }) => `${stack}.${layer}.${head}`)).size;
  const most = Math.max(0, ...flips.map(({ score }) => score));
  const controls = counts.map(({ control }) => control ?? 0).reduce((a, b) => a + b, 0);
  const turned = counts.reduce((sum, one) => sum + one.clear, 0);
  if (most === 0)
    return t('None of the {searched} heads turns: this model does not show it.', { searched });
  if (clear.length === 0)
    return t(
      'None of the {searched} heads turns clearly; the largest margin is {most}. This model does not show it.',
      { searched, most: fourDecimals(most) },
    );
  const found = t(
    'Heads that turn with the last word, by at least {least} in both sentences: {count} of {searched}.',
    { count: clear.length, searched, least: CLEAR_FLIP },
  );
  return controls >= turned
    ? `${found} ${t('As many do where nothing should: no more than chance.')}`
    : found;
}

/** Where the choice of the pronoun looks; null: none was written. */
export function choiceWords({ reads, counts }: Flips, pair: TourPair, t: Translate): string | null {
  const [first, second] = reads.map(({ pronoun }) => pronoun?.looks ?? null);
  if (!first || !second) return null;
  const clear = counts.find(({ asker }) => asker === 'writes')?.clear ?? 0;
  const both = (of: (looks: Looks) => number): string =>
    `${fourDecimals(of(first))} / ${fourDecimals(of(second))}`;
  const where = t(
    'Where the pronoun is chosen, the mean over all heads of cross-attention looks at “{word}” with {weight}, at “{noun}” with {one}, at “{other}” with {two}.',
    {
      word: pair.word,
      weight: both(({ word }) => word),
      noun: pair.nouns[0],
      one: both(({ nouns }) => nouns[0]),
      other: pair.nouns[1],
      two: both(({ nouns }) => nouns[1]),
    },
  );
  return clear === 0 ? `${t('No head of cross-attention turns clearly there.')} ${where}` : where;
}

/** Whether the pronoun itself turned; null: not both sentences have one. */
export function pronounVerdict(
  { reads }: Flips,
  { pronouns }: TourPair,
  t: Translate,
): string | null {
  const [first, second] = reads.map(({ pronoun }) => pronoun?.which ?? null);
  if (first === null || second === null || first === undefined || second === undefined) return null;
  return first === second
    ? t('It writes “{pronoun}” both times: its translation does not follow the last word.', {
        pronoun: pronouns[first],
      })
    : t('Its pronoun follows: “{first}”, then “{second}”.', {
        first: pronouns[first],
        second: pronouns[second],
      });
}

/** Why nothing can be muted to see what becomes of the output; null: it can. */
export function whyNoMuting(
  { model, language }: Plan,
  { reads }: Flips,
  { word, pronouns }: TourPair,
  t: Translate,
): string | null {
  if (model.architecture === 'encoder')
    return t(
      'This model writes no text, so there is no pronoun whose probability could change: the weights are all there is to see.',
    );
  if (model.architecture === 'decoder')
    return t(
      'This model reads from left to right: “{word}” cannot see the last word, and its weights are the same in both sentences. The last word itself can look back. No output says which noun was taken, so there is no effect to measure.',
      { word },
    );
  if (language === 'cmn')
    return t(
      'Chinese has one word, 它, for both nouns: its output does not tell which one was taken. In French it would.',
    );
  const either = { first: pronouns[0], second: pronouns[1] };
  if (reads.every(({ pronoun }) => pronoun === null))
    return t(
      'Neither “{first}” nor “{second}” stands in what the model wrote: its output does not tell which noun was taken.',
      either,
    );
  return null;
}

/** What muted heads do to the pronouns beside random ones: the numbers, and what they mean. */
export function mutingVerdict(
  { trained, together, draws }: Muting,
  { reads, clear }: Flips,
  { pronouns }: TourPair,
  t: Translate,
): { readonly numbers: string; readonly meaning: string } {
  const said = reads.flatMap(({ pronoun }, sentence) => {
    if (pronoun === null) return [];
    const of = (effects: Muting['together']): number | null =>
      effects[sentence]!.probabilities[pronoun.which];
    const [before, after] = [of(trained), of(together)];
    if (before === null || after === null) return [];
    const random = draws.flatMap(({ effects }) => of(effects) ?? []);
    return [{ name: pronouns[pronoun.which], before, after, random }];
  });
  const sentences = said.map(({ name, before, after, random }) => {
    const values = { name, before: fourDecimals(before), after: fourDecimals(after) };
    return random.length === 0
      ? t('P({name}) goes from {before} to {after}.', values)
      : t('P({name}) goes from {before} to {after}; with random heads muted, to {low} – {high}.', {
          ...values,
          low: fourDecimals(Math.min(...random)),
          high: fourDecimals(Math.max(...random)),
        });
  });
  return {
    numbers: [t('All of them muted ({count}):', { count: clear.length }), ...sentences].join(' '),
    meaning: meaningOf(said, t),
  };
}

function meaningOf(
  said: readonly { before: number; after: number; random: readonly number[] }[],
  t: Translate,
): string {
  if (said.length === 0)
    return t(
      'The pronouns are no single tokens of this model, so there is no probability to compare. What it writes stands below.',
    );
  if (said.every(({ random }) => random.length === 0))
    return t('There are too few other heads for a random set of equal size.');
  return said.some(
    ({ before, after, random }) => before - after > NOTABLE_FALL && after < Math.min(...random),
  )
    ? t('That is more than any of the random sets do: the pronoun leans on these heads.')
    : t(
        'That is no more than random heads do: the weights show where the model looks, not what the pronoun depends on.',
      );
}
