import { Failure } from '../../failure/failure';
import type { TokenGroup } from '../../analysis/tokenGroup';
import type { TourPair, TourRead } from '../../protocol/studies/tour';
import type { Span } from '../../tokens/alignedText';
import { writesOutput } from '../writing/checkWrites';
import type { Trace } from '../trace';
import { runOtherText } from './otherText';
import type { Share, StudyContext } from './studyContext';
import { headsOf, weightsOn, type Places } from './tourWeights';
import { findWord, lastWord, laterWord, tokensAt } from './tourWords';

/** A sentence that was run. */
export interface Reading extends Places {
  /** What an encoder–decoder wrote; null: other models. */
  readonly output: string | null;
  /** Which of the two pronouns it wrote; null: neither. */
  readonly which: 0 | 1 | null;
}

/**
 * Runs the model on a sentence as it runs on the reader's own text, and finds the words in it.
 * @throws Failure `tour.noWord`, `text.*`, `memory.run`, `run.cancelled`
 */
export async function readSentence(
  context: StudyContext,
  text: string,
  { word, nouns, pronouns }: TourPair,
  share: Share,
): Promise<Reading> {
  // Before the model is kept busy.
  const spanOf = (one: string, found: Span | null): Span => {
    if (found === null) throw new Failure('tour.noWord', { word: one, text });
    return found;
  };
  const spans = {
    word: spanOf(word, findWord(text, word, 'last')),
    nouns: nouns.map((noun) => spanOf(noun, findWord(text, noun, 'first'))),
    last: spanOf('?', lastWord(text)),
  };
  const trace = await runOtherText(context, text, share);
  const at = (span: Span): TokenGroup => {
    const tokens = tokensAt(trace.source, span);
    if (tokens === null) throw new Failure('tour.noWord', { word: text.slice(...span), text });
    return tokens;
  };
  const output = writesOutput(trace.plan.model) ? outputOf(trace) : null;
  const which = output === null ? null : laterWord(output, pronouns);
  return {
    trace,
    word: at(spans.word),
    last: at(spans.last),
    nouns: [at(spans.nouns[0]!), at(spans.nouns[1]!)],
    output,
    which,
    pronoun: which === null ? null : firstToken(trace, output!, pronouns[which]),
  };
}

/** The same for the page. */
export function describe(context: StudyContext, reading: Reading): TourRead {
  const { word, last, nouns, output, which, pronoun } = reading;
  const tokens = ({ first, last: end }: TokenGroup): [number, number] => [first, end];
  return {
    word: tokens(word),
    last: tokens(last),
    nouns: [tokens(nouns[0]), tokens(nouns[1])],
    output,
    pronoun:
      which === null || pronoun === null
        ? null
        : { which, token: pronoun, looks: looksOf(context, reading) },
  };
}

/** Where the pronoun's choice looks, by the mean over all heads of cross-attention. */
function looksOf(
  context: StudyContext,
  reading: Reading,
): NonNullable<TourRead['pronoun']>['looks'] {
  const words = [...reading.nouns, reading.word, reading.last];
  const heads = headsOf(context, 'cross');
  const sums = words.map(() => 0);
  for (const head of heads)
    for (const [index, weight] of weightsOn(reading, 'writes', head, words)!.entries())
      sums[index]! += weight;
  const [first, second, word, last] = sums.map((sum) => sum / heads.length);
  return { nouns: [first!, second!], word: word!, last: last! };
}

const outputOf = ({ model, written }: Trace): string =>
  model.tokenizer.decode(written.map(({ token }) => token.id)).text;

/** The decoder's token with which the last such word in what was written begins. */
function firstToken({ written, plan }: Trace, output: string, word: string): number | null {
  const span = findWord(output, word, 'last')!;
  const tokens = tokensAt(
    written.map(({ token }) => token),
    span,
  );
  return tokens && plan.target.length + tokens.first;
}
