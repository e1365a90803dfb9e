import type { Plan, Prediction } from '../protocol/trace';
import { softmax } from './probabilities';

type AnswerSpan = Extract<Prediction, { task: 'answerSpan' }>;

/** Best spans shown. */
const ANSWERS = 5;
/** Longest answer in tokens: as the reference's pipeline, twice over. Every pair of tokens would be quadratic in the text. */
const MAX_ANSWER = 30;

/**
 * Spans of the passage that answer the question best (Devlin et al. 2019, section 4.2): the product of
 * the probabilities to begin and to end there. The passage is the second text; of a single text all of it.
 * @param logits `[position, 2]`: of the beginning, of the end
 */
export function answerSpans(
  { source, text, pair }: Plan,
  logits: Float32Array,
): Omit<AnswerSpan, 'task'> {
  const column = (which: 0 | 1): number[] => softmax(logits.filter((_, i) => i % 2 === which));
  const [starts, ends] = [column(0), column(1)];
  const passage = pair === null ? 0 : 1;
  const words = pair ?? text;
  const inPassage = source.map(({ span, part }) => span !== null && part === passage);
  const best: { first: number; last: number; probability: number }[] = [];
  for (const [first, start] of starts.entries()) {
    if (!inPassage[first]) continue;
    for (let last = first; last < Math.min(first + MAX_ANSWER, source.length); last++) {
      if (!inPassage[last]) continue;
      const probability = start * ends[last]!;
      if (best.length === ANSWERS && !(probability > best.at(-1)!.probability)) continue;
      best.push({ first, last, probability });
      best.sort((a, b) => b.probability - a.probability);
      if (best.length > ANSWERS) best.pop();
    }
  }
  const answers = best.map((answer) => {
    const [from, to] = [source[answer.first]!.span![0], source[answer.last]!.span![1]];
    return { ...answer, text: words.slice(from, to) };
  });
  return { answers, starts, ends };
}
