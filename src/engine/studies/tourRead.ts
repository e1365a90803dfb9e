import { Failure } from '../../failure/failure';
import type { TokenGroup } from '../../analysis/tokenGroup';
import type { TourPair, TourRead } from '../../protocol/studies/tour';
import type { Span } from '../../tokens/alignedText';
import { PictureQueue } from '../pictureQueue';
import { runTrace, writesOutput } from '../runTrace';
import type { Trace } from '../trace';
import type { Share, StudyContext } from './studyContext';
import { headsOf, weightsOn, type Places } from './tourWeights';
import { findWord, lastWord, laterWord, tokensAt } from './tourWords';

/** Output tokens: the tour's sentences take about 20, and a model that never ends one is not waited for. */
const MOST_OUTPUT = 64;
/** How long an output gets nobody knows before: each token takes this part of what is left. */
const OUTPUT_PART = 0.1;

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
  const trace = await traceOf(context, text, share);
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

/** Runs the model on a text, with what it writes. @throws Failure `text.*`, `memory.run`, `run.cancelled` */
export async function traceOf(context: StudyContext, text: string, share: Share): Promise<Trace> {
  const { model, signal, breathe } = context;
  const { plan, id } = context.trace;
  const { layers } = plan.model;
  let done = 0;
  const step = (part: number): void => {
    done += (1 - done) * part;
    context.progress(share.from + (share.to - share.from) * done);
  };
  const made: Trace[] = [];
  await runTrace(
    {
      type: 'run',
      trace: id,
      model: model.folder,
      text,
      pair: null,
      language: plan.language,
      maxNewTokens: MOST_OUTPUT,
      trainedTokens: null,
    },
    {
      model,
      backend: plan.backend,
      // The trace is the study's alone and soon gone; what memory there is still bounds it.
      budgetBytes: Number.POSITIVE_INFINITY,
      signal,
      pictures: new PictureQueue(),
    },
    {
      planned: (trace) => void made.push(trace),
      layer: () => step(1 / (1 + layers.encoder + layers.decoder)),
      token: () => step(OUTPUT_PART),
      predicted: () => undefined,
      breathe,
    },
  );
  return made[0]!;
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
