import type { Answer, Question } from '../../protocol/queries';
import type { WireTensor } from '../../protocol/wireTensor';
import { checkRange, matrix } from '../answerRange';
import { AttentionPass } from './attentionPass';
import type { StudyContext } from './studyContext';

/** Keys, values and their shares travel in one message. */
const TENSORS = 3;

/** Keys, values and weighted values of some keys. @throws Failure `trace.no*`, `trace.range`, `memory.run`, `run.cancelled` */
export async function stepVectorsStudy(
  context: StudyContext,
  { stack, layer, head, query, from, to }: Question<'stepVectors'>,
): Promise<Answer<'stepVectors'>> {
  const pass = await AttentionPass.of(context, { stack, layer, head });
  pass.checkPair(query, from);
  const { headWidth } = pass.attention.shape;
  checkRange(from, to, pass.keys, TENSORS * headWidth);
  const weights = pass.row('pattern', query);
  const rows = (of: (key: number) => ArrayLike<number>): WireTensor =>
    matrix(
      Array.from({ length: to - from }, (_, i) => of(from + i)),
      headWidth,
    );
  return {
    keys: rows((key) => pass.meeting('key', key)),
    values: rows((key) => pass.vector('value', key)!),
    weighted: rows((key) => pass.vector('value', key)!.map((value) => value * weights[key]!)),
  };
}
