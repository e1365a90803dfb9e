import { norm } from '../../analysis/vectors';
import type { Answer, Question } from '../../protocol/queries';
import { vector } from '../answerRange';
import { readerOf } from '../replay/changedRun';
import { prefixOf } from '../replay/hookNaming';
import { passLength } from '../replay/passLength';
import type { StudyContext } from './studyContext';

/** Lengths of the vectors that are added up at the bottom of a stack. @throws Failure `trace.noStack` */
export async function whatIfEmbedding(
  context: StudyContext,
  { side }: Question<'whatIfEmbedding'>,
): Promise<Answer<'whatIfEmbedding'>> {
  const { trace, model } = context;
  const half = readerOf(trace, side);
  const prefix = prefixOf(trace.architecture, half);
  const { positions, embedding } = model.stackConfig(half)!;
  const added = positions.kind === 'sinusoidal' || positions.kind === 'learned';
  const names = [`${prefix}embed`, ...(added ? [`${prefix}pos_embed`] : [])];
  const replay = await context.replay([], names);
  const count = passLength(trace)[side];
  const lengths = (name: string, factor: number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length: count }, (_, token) => norm(replay.row(name, token)) * factor);
  return {
    scale: embedding.scale,
    scaled: vector(lengths(`${prefix}embed`, 1)),
    unscaled: vector(lengths(`${prefix}embed`, 1 / embedding.scale)),
    positions: added ? vector(lengths(`${prefix}pos_embed`, 1)) : null,
  };
}
