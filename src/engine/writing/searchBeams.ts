import { throwIfCancelled, type Cancellation } from '../../failure/cancellation';
import type { Beam, BeamStep, Hypothesis, Search } from '../../protocol/writing';
import { beamSearch, type BeamSearchStep } from '../../transformer/generate/beam';
import type { StepModel } from '../../transformer/generate/stepModel';
import type { Tokenizer } from '../../tokens/tokenizer';
import { candidateLabel } from '../tokenLabels';
import type { OutputTask } from './writingTask';

/** Who hears of a beam search. */
export interface BeamListener {
  readonly signal: Cancellation;
  searched(step: BeamStep): void;
  found(hypotheses: readonly Hypothesis[]): void;
  lap(): number;
}

type BeamOptions = Extract<Search, { kind: 'beam' }>;

/**
 * The output that a beam search prefers, with what is given first.
 * @param prompt what the model reads first
 * @throws Failure `run.cancelled`, `model.notNumbers`, `generation.noChoice`
 */
export async function searchBeams(
  steps: StepModel,
  prompt: readonly number[],
  { options, given, maxNewTokens }: OutputTask,
  { beams, lengthPenalty, earlyStopping }: BeamOptions,
  tokenizer: Tokenizer,
  { signal, searched, found, lap }: BeamListener,
): Promise<readonly number[]> {
  const named = (one: BeamSearchStep['running'][number]): Beam => ({
    id: one.token,
    label: candidateLabel(tokenizer, one.token),
    origin: one.origin,
    total: one.total,
    score: one.score,
  });
  const { hypotheses } = await beamSearch(
    steps,
    {
      prompt: { rows: [[...prompt, ...given]] },
      maxNewTokens: maxNewTokens - given.length,
      beams,
      lengthPenalty,
      earlyStopping,
    },
    options,
    ([step]) => {
      throwIfCancelled(signal);
      const { running, finished } = step!;
      searched({
        running: running.map(named),
        finished: finished.map(named),
        milliseconds: lap(),
      });
    },
  );
  const written = hypotheses[0]!.map(({ tokens, score }) => {
    const ids = tokens.slice(prompt.length);
    return { ids, text: tokenizer.decode(ids).text, score };
  });
  found(written);
  return written[0]!.ids;
}
