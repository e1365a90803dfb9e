import { Failure } from '../failure/failure';
import type { Answer, Question } from '../protocol/queries';
import type { Candidate } from '../protocol/trace';
import type { Likelihood } from './candidates';
import { candidateOf } from './tokenLabels';
import type { Trace } from './trace';
import { checkToken } from './traceTokens';

/**
 * The likeliest tokens at a source token.
 * @throws Failure `trace.noCandidates`, `trace.noToken`, `trace.awaited`
 */
export function tokenCandidates(
  { model, predictions, source }: Trace,
  { token }: Question<'candidates'>,
): Answer<'candidates'> {
  if (!predictions) throw new Failure('trace.noCandidates');
  checkToken(token, source.length);
  const prediction = predictions.at(token);
  if (!prediction) throw new Failure('trace.awaited');
  const named = (one: Likelihood): Candidate => candidateOf(model.tokenizer, one);
  const { top, actual } = prediction;
  return { candidates: top.map(named), actual: actual && named(actual) };
}
