import { Failure } from '../../failure/failure';
import type { TourPair, TourRead } from '../../protocol/studies/tour';
import type { Span } from '../../tokens/alignedText';
import { PictureQueue } from '../pictureQueue';
import { runTrace, writesOutput } from '../runTrace';
import type { Trace } from '../trace';
import type { Share, StudyContext } from './studyContext';
import { findWord, lastWord, tokensAt, type TokenRange } from './tourWords';

/** Output tokens: the tour's sentences take about 20, and a model that never ends one is not waited for. */
const MOST_OUTPUT = 64;

/** A sentence that was run, with the places of its words. */
export interface Reading {
  readonly trace: Trace;
  readonly read: TourRead;
}

/**
 * Runs the model on a sentence as it runs on the reader's own text, and finds the words in it.
 * @throws Failure `tour.noWord`, `text.*`, `memory.run`, `run.cancelled`
 */
export async function readSentence(
  context: StudyContext,
  text: string,
  pair: TourPair,
  share: Share,
): Promise<Reading> {
  const trace = await traceOf(context, text, share);
  const place = (word: string, span: Span | null): TokenRange => {
    const tokens = span && tokensAt(trace.source, span);
    if (!tokens) throw new Failure('tour.noWord', { word, text });
    return tokens;
  };
  const [first, second] = pair.nouns;
  const output = writesOutput(trace.plan.model) ? outputOf(trace) : null;
  return {
    trace,
    read: {
      word: place(pair.word, findWord(text, pair.word, 'last')),
      last: place('', lastWord(text)),
      nouns: [
        place(first, findWord(text, first, 'first')),
        place(second, findWord(text, second, 'first')),
      ],
      output,
      pronoun: output === null ? null : pronounOf(trace, output, pair.pronouns),
    },
  };
}

/** Runs the model on another text than the reader's, as a run of its own that nobody sees. */
export async function traceOf(context: StudyContext, text: string, share: Share): Promise<Trace> {
  const { model, signal, breathe } = context;
  const { plan } = context.trace;
  const { layers } = plan.model;
  const [from, to] = [share.from, share.to];
  let done = 0;
  // How long an output gets nobody knows before: each of its tokens takes a part of what is left.
  const step = (part: number): void => {
    done += (1 - done) * part;
    context.progress(from + (to - from) * done);
  };
  let made: Trace | null = null;
  await runTrace(
    {
      type: 'run',
      trace: `${context.trace.id}/tour`,
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
      // The trace is no one's but the study's; what memory there is still bounds it.
      budgetBytes: Number.POSITIVE_INFINITY,
      signal,
      pictures: new PictureQueue(),
    },
    {
      planned: (trace) => void (made = trace),
      layer: () => step(1 / (layers.encoder + layers.decoder)),
      token: () => step(OUTPUT_PART),
      predicted: () => undefined,
      breathe,
    },
  );
  if (made === null) throw new Failure('internal.unexpected', { reason: 'no trace' });
  return made;
}

/** Of what is left of a sentence's share, for each token that is written. */
const OUTPUT_PART = 0.1;

export const outputOf = ({ model, written }: Pick<Trace, 'model' | 'written'>): string =>
  model.tokenizer.decode(written.map(({ token }) => token.id)).text;

/** The last pronoun in what was written, and its first token among the decoder's. */
function pronounOf(
  trace: Trace,
  output: string,
  pronouns: TourPair['pronouns'],
): TourRead['pronoun'] {
  const which = lastPronoun(output, pronouns);
  if (which === null) return null;
  const span = findWord(output, pronouns[which], 'last')!;
  const tokens = tokensAt(
    trace.written.map(({ token }) => token),
    span,
  );
  return tokens && { which, token: trace.plan.target.length + tokens[0] };
}

/** Which of two words stands later in a text; null: neither stands in it. */
export function lastPronoun(text: string, words: TourPair['pronouns']): 0 | 1 | null {
  const [first, second] = words.map((word) => findWord(text, word, 'last')?.[0] ?? -1);
  if (first === -1 && second === -1) return null;
  return first! > second! ? 0 : 1;
}
