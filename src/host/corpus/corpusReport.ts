import { describeFailure, type Translate } from '../../language/translate';
import { modelName } from '../../protocol/modelName';
import type { CorpusResult } from './corpusResult';

/**
 * The report beside the output: JSON for people and programs, with lines counted from 1.
 * @param output name of the file beside it
 */
export function corpusReport(result: CorpusResult, output: string, t: Translate): string {
  const { figures, stopped, sentences } = result;
  const report = {
    complete: stopped === null,
    ...(stopped !== null && { stopped: describeFailure(stopped, t) }),
    ...(figures !== null && {
      bleu: figures.bleu,
      chrf: figures.chrf,
      signature: figures.signature,
      chrfSignature: figures.chrfSignature,
      precisions: figures.precisions,
      brevityPenalty: figures.brevityPenalty,
      hypothesisLength: figures.hypothesisLength,
      referenceLength: figures.referenceLength,
    }),
    source: result.name,
    references: result.references,
    output,
    model: modelName(result.model),
    language: result.language,
    search: result.writing.search,
    sentences: result.total,
    done: result.done,
    notTranslated: sentences.flatMap(({ line, failure }) =>
      failure === null ? [] : [{ line: line + 1, reason: describeFailure(failure, t) }],
    ),
    cutOff: sentences.flatMap(({ line, ended }) => (ended ? [] : [line + 1])),
    seconds: result.seconds,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
