import type { LoadedModel } from '../engine/loadedModel';
import { prepareText, type PreparedText } from '../engine/prepareText';
import { Failure } from '../failure/failure';
import type { NamedLines } from '../scoring/sentenceLines';

/** The lines of a file as a model reads them. */
export interface Sentences {
  /** One a line; null: an empty line. */
  readonly prepared: readonly (PreparedText | null)[];
  /** What all of them are translated to; null: no language is named, or not everywhere the same. */
  readonly language: string | null;
}

/**
 * Reads all lines before any is translated, so that nobody waits for what will be refused.
 * @throws Failure `score.line*`, `text.*`
 */
export function readSentences(
  model: LoadedModel,
  { file, lines }: NamedLines,
  language: string | null,
): Sentences {
  const prepared = lines.map((text, i) => {
    if (text.trim() === '') return null;
    try {
      return prepareText(model, { text, language, pair: null, trainedTokens: null });
    } catch (thrown) {
      throw ofLine(Failure.from(thrown), file, i + 1);
    }
  });
  const [only = language, ...others] = new Set(
    prepared.flatMap((one) => (one ? [one.language] : [])),
  );
  return { prepared, language: others.length === 0 ? only : null };
}

/** A text that is too long is one of many here: which one. */
function ofLine(failure: Failure, file: string, line: number): Failure {
  const { code, args } = failure;
  if (code === 'text.tooManyTokens')
    return new Failure('score.lineTokens', { ...args, file, line });
  if (code === 'text.tooLong') return new Failure('score.lineLength', { ...args, file, line });
  return failure;
}
