import { throwIfCancelled, type Cancellation } from '../../failure/cancellation';
import { Failure } from '../../failure/failure';
import type { StepModel } from '../../transformer/generate/stepModel';
import { write } from '../../transformer/generate/write';
import type { Trace } from '../trace';
import { chooserOf, type OutputTask } from './writingTask';
import { writtenToken } from './writtenToken';

/** How an output goes into a trace. */
export interface CapturedWriting {
  /** What the output begins with instead of a choice: of a beam search all there is. */
  readonly ids: readonly number[];
  /** Ends after these. */
  readonly only: boolean;
  readonly signal: Cancellation;
  /** A token is in the trace. */
  token(): void;
  /** Milliseconds since the token before. */
  lap(): number;
}

/**
 * Writes an output token by token into a trace; the model's probe keeps what each step computes.
 * @param prompt what the model reads first
 * @returns a notice if the output was cut off
 * @throws Failure `run.cancelled`, `model.notNumbers`, `generation.noChoice`
 */
export async function writeCaptured(
  trace: Trace,
  steps: StepModel,
  prompt: readonly number[],
  { options, writing, given, maxNewTokens }: OutputTask,
  { ids, only, signal, token, lap }: CapturedWriting,
): Promise<Failure | null> {
  // What beams were compared by.
  const logarithms = writing.search.kind === 'beam';
  await write(
    steps,
    { prompt: { rows: [prompt] }, maxNewTokens, given: ids, onlyGiven: only, logarithms },
    options,
    chooserOf(writing.search),
    (step) => {
      throwIfCancelled(signal);
      const isGiven = trace.written.length < given.length;
      trace.write(writtenToken(trace, step, { given: isGiven, logarithms, milliseconds: lap() }));
      token();
    },
  );
  const ended = options.endTokens.includes(trace.written.at(-1)!.token.id);
  // What is given ends where the reader ended it.
  return ended || !writing.further
    ? null
    : new Failure('notice.outputLimit', { limit: maxNewTokens });
}
