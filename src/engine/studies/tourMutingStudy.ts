import type { HeadAddress } from '../../protocol/headProfile';
import type { Answer, Question } from '../../protocol/queries';
import type { Effect } from '../../protocol/studies/tour';
import type { StudyContext } from './studyContext';
import { drawHeads } from './tourDraws';
import { effectOf } from './tourEffect';
import { readSentence } from './tourRead';
import { headsOf } from './tourWeights';

type Effects = [first: Effect, second: Effect];

/** Of the whole work, reading the two sentences as trained; the rest is the muted passes. */
const READING_PART = 0.1;

/**
 * Mutes heads of a translator, one by one, together, and as many others at random, and tells what
 * becomes of the pronoun in both sentences.
 * @throws Failure `trace.noStack`, `tour.noWord`, `text.*`, `memory.run`, `run.cancelled`
 */
export async function tourMutingStudy(
  context: StudyContext,
  { pair, heads, single, draws }: Question<'tourMuting'>,
): Promise<Answer<'tourMuting'>> {
  context.trace.checkStack('cross');
  const half = READING_PART / 2;
  const [one, other] = pair.sentences;
  const first = await readSentence(context, one, pair, { from: 0, to: half });
  const second = await readSentence(context, other, pair, { from: half, to: READING_PART });

  const all = (['encoder', 'decoder', 'cross'] as const).flatMap((stack) =>
    headsOf(context, stack),
  );
  const drawn = Array.from({ length: draws }, (_, index) => ({
    seed: index + 1,
    heads: drawHeads(all, heads, index + 1),
  })).filter((draw): draw is { seed: number; heads: HeadAddress[] } => draw.heads !== null);
  const singles = heads.slice(0, single);

  const passes = 2 * (1 + singles.length + 1 + drawn.length);
  let done = 0;
  const passed = (effect: Effect): Effect => {
    done++;
    context.progress(READING_PART + ((1 - READING_PART) * done) / passes);
    return effect;
  };
  const effects = async (muted: readonly HeadAddress[]): Promise<Effects> => [
    passed(await effectOf(context, first, pair, muted)),
    passed(await effectOf(context, second, pair, muted)),
  ];

  const trained = await effects([]);
  const each: Effects[] = [];
  for (const head of singles) each.push(await effects([head]));
  const together = await effects(heads);
  const controls: Answer<'tourMuting'>['draws'] = [];
  for (const draw of drawn) controls.push({ ...draw, effects: await effects(draw.heads) });
  return { trained, single: each, together, draws: controls };
}
