import { Failure, type WireFailure } from '../../failure/failure';
import { asOneLine } from '../../scoring/sentenceLines';
import type { Written } from '../engine/engineClient';
import type { CorpusSentence } from './corpusText';

/** Sentences that fail in a row before a run is given up: then it is not the sentences. */
export const MOST_FAILURES_IN_A_ROW = 3;

/** A sentence, and what became of it. */
export interface TranslatedSentence extends CorpusSentence {
  /** On one line; empty where there is none. */
  readonly hypothesis: string;
  /** Mean of the logarithms of its tokens' probabilities; null where there is none. */
  readonly meanLogProbability: number | null;
  /** False: the model came to no end, and was cut off. */
  readonly ended: boolean;
  /** Why there is no translation. */
  readonly failure: WireFailure | null;
}

/** How a run ended. Null: everything was done; else why not: `run.cancelled`, or what failed again and again. */
export type EndOfLines = WireFailure | null;

/** Asks for one sentence; given up when the run is cancelled. */
export type AskForOne = (text: string) => Promise<Written>;

/**
 * Has a model translate sentences one by one, so that a reader's inspection finds its turn between
 * two of them. A sentence whose engine went down is asked for once more; one that cannot be
 * translated is told of like the others, and the run goes on.
 * @param told is waited for; what it throws ends the run
 */
export async function translateLines(
  sentences: readonly CorpusSentence[],
  ask: AskForOne,
  signal: AbortSignal,
  told: (sentence: TranslatedSentence) => Promise<void>,
): Promise<EndOfLines> {
  let inARow = 0;
  for (const sentence of sentences) {
    const translated = signal.aborted ? null : await translateOne(sentence, ask, signal);
    if (translated === null || signal.aborted) return new Failure('run.cancelled').toWire();
    await told(translated);
    const { failure } = translated;
    inARow = failure === null || isOfSentence(failure) ? 0 : inARow + 1;
    if (failure !== null && inARow >= MOST_FAILURES_IN_A_ROW) return failure;
  }
  return null;
}

async function translateOne(
  sentence: CorpusSentence,
  ask: AskForOne,
  signal: AbortSignal,
): Promise<TranslatedSentence> {
  const { source } = sentence;
  const none = { ...sentence, hypothesis: '', meanLogProbability: null, ended: true };
  if (source.trim() === '') return { ...none, failure: new Failure('corpus.noSentence').toWire() };
  try {
    const { output, tokens, logProbability, ended } = await askTwice(source, ask, signal);
    return {
      ...sentence,
      hypothesis: asOneLine(output),
      meanLogProbability: tokens === 0 ? null : logProbability / tokens,
      ended,
      failure: null,
    };
  } catch (thrown) {
    return { ...none, failure: Failure.from(thrown).toWire() };
  }
}

async function askTwice(source: string, ask: AskForOne, signal: AbortSignal): Promise<Written> {
  try {
    return await ask(source);
  } catch (thrown) {
    if (signal.aborted || !isOfEngine(Failure.from(thrown))) throw thrown;
    // The next question starts another engine.
    return ask(source);
  }
}

/** The engine went down; `run.cancelled`: it was ended on purpose, though nobody cancelled the run. */
const isOfEngine = ({ code }: Failure): boolean => /^engine\.|^run\.cancelled$/.test(code);

/** It is no sentence, or too long for the model: others may do. */
const isOfSentence = ({ code }: WireFailure): boolean =>
  /^(text|writing)\.(tooLong|tooManyTokens|loneSurrogate|empty)$|^corpus\.noSentence$/.test(code);
