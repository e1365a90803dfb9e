import { headVectors } from '../../analysis/headVectors';
import { cosine, largestDifference, norm } from '../../analysis/vectors';
import type { Answer, Question } from '../../protocol/queries';
import { halfOf } from '../../protocol/stacks';
import { checkPayload, matrix, vector } from '../answerRange';
import { checkLayer } from '../checkHead';
import { attentionName, blockName } from '../replay/hookNaming';
import { checkReading } from './checkReading';
import type { StudyContext } from './studyContext';

/**
 * What each head of a layer adds to one token.
 * @throws Failure `trace.noStack`, `trace.noLayer`, `trace.noToken`, `trace.notRead`, `trace.range`
 */
export async function headSharesStudy(
  context: StudyContext,
  { stack, layer, token }: Question<'headShares'>,
): Promise<Answer<'headShares'>> {
  const { trace, model } = context;
  const half = halfOf(stack);
  const { heads, dModel } = checkLayer(trace, stack, layer);
  checkReading(trace, half, token);
  checkPayload(heads, dModel);
  const { architecture } = trace;
  const zName = `${attentionName(architecture, stack, layer)}.z`;
  const point = stack === 'cross' ? 'cross_attn_out' : 'attn_out';
  const outName = `${blockName(architecture, half, layer)}.${point}`;
  const replay = await context.replay([], [zName, outName]);
  const { self, cross } = model.transformer[half]!.parts.blocks[layer]!.parts;
  const { projections } = (stack === 'cross' ? cross! : self).attention;
  const added = headVectors(replay.row(zName, token), projections.output, heads);
  const output = Float32Array.from(replay.row(outName, token));
  return {
    vectors: matrix(added.heads, dModel),
    bias: added.bias && vector(Float32Array.from(added.bias)),
    output: vector(output),
    norms: vector(Float32Array.from(added.heads, norm)),
    cosines: vector(Float32Array.from(added.heads, (one) => cosine(one, output))),
    biasNorm: added.bias && norm(added.bias),
    outputNorm: norm(output),
    largestDifference: largestDifference(added.sum, output),
  };
}
