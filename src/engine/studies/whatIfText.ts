import type { Answer, Question } from '../../protocol/queries';
import { rewriteText } from '../replay/rewriteText';
import { outputTokens } from '../tokenLabels';
import type { StudyContext } from './studyContext';

/** The output written anew with a change. @throws Failure `change.*`, `run.cancelled` */
export async function whatIfText(
  context: StudyContext,
  { change }: Question<'whatIfText'>,
): Promise<Answer<'whatIfText'>> {
  const { trace, model } = context;
  const { ids, probabilities, ended } = await rewriteText(trace, model, [change], context);
  const written = trace.written.map(({ token }) => token.id);
  const length = Math.max(ids.length, written.length);
  const first = Array.from({ length }, (_, i) => i).find((i) => ids[i] !== written[i]);
  const tokens = outputTokens(trace.model.tokenizer, ids);
  return {
    tokens: tokens.map((token, i) => ({ token, probability: probabilities[i]! })),
    text: trace.model.tokenizer.decode(ids).text,
    firstDifference: first ?? null,
    ended,
  };
}
