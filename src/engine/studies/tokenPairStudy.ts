import { cosine } from '../../analysis/vectors';
import type { Answer, Question } from '../../protocol/queries';
import { querySide } from '../../protocol/stacks';
import { vector } from '../answerRange';
import { blockName, prefixOf } from '../replay/hookNaming';
import type { Replay } from '../replay/replay';
import { tokensOf } from '../traceTokens';
import { checkReading } from './checkReading';
import type { StudyContext } from './studyContext';

type Place = Answer<'tokenPair'>['places'][number];
type VectorOf = (replay: Replay, token: number) => ArrayLike<number>;

/** Two tokens' vectors from place to place. @throws Failure `trace.noStack`, `trace.noToken`, `trace.notRead` */
export async function tokenPairStudy(
  context: StudyContext,
  { half, first, second }: Question<'tokenPair'>,
): Promise<Answer<'tokenPair'>> {
  for (const token of [first, second]) checkReading(context.trace, half, token);
  const { trace, model } = context;
  const { architecture } = trace;
  const prefix = prefixOf(architecture, half);
  const { layers, normPlacement } = model.stackConfig(half)!;
  const adds = model.transformer[half]!.parts.embeddings.positions !== null;
  const [own, placed] = [`${prefix}embed`, `${prefix}pos_embed`];
  // Of post-norm blocks as the vector leaves them.
  const after = normPlacement === 'post' ? 'normalized_resid_post' : 'resid_post';
  const outputs = Array.from(
    { length: layers },
    (_, layer) => `${blockName(architecture, half, layer)}.${after}`,
  );
  const replay = await context.replay([], [own, ...(adds ? [placed] : []), ...outputs]);
  const places: [Place, VectorOf][] = [[{ at: 'token' }, (of, token) => of.row(own, token)]];
  if (adds) {
    const sum: VectorOf = (of, token) => {
      const position = of.row(placed, token);
      return Float64Array.from(of.row(own, token), (value, i) => value + position[i]!);
    };
    places.push([{ at: 'placed' }, sum]);
  }
  for (const [layer, name] of outputs.entries())
    places.push([{ at: 'block', layer }, (of, token) => of.row(name, token)]);
  const tokens = tokensOf(trace, querySide(architecture, half));
  return {
    places: places.map(([place]) => place),
    cosines: vector(
      Float32Array.from(places, ([, of]) => cosine(of(replay, first), of(replay, second))),
    ),
    same: tokens[first]!.id === tokens[second]!.id,
  };
}
