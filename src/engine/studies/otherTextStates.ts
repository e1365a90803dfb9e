import type { HookName } from '../../transformer/probe';
import type { HookValue } from '../replay/replay';
import { replayRun } from '../replay/replayRun';
import { runOtherText } from './otherText';
import type { Share, StudyContext } from './studyContext';

/** Of the work on a text, its run; the rest is the pass that keeps the hook. */
const RUN_PART = 0.7;

/**
 * What is at a hook when the model reads another text than the reader's (and, as a translator, writes
 * its output).
 * @throws Failure `text.*`, `memory.run`, `run.cancelled`
 */
export async function otherTextStates(
  context: StudyContext,
  text: string,
  hook: HookName,
  { from, to }: Share,
): Promise<HookValue> {
  const { model, signal, breathe } = context;
  const ran = from + (to - from) * RUN_PART;
  const trace = await runOtherText(context, text, { from, to: ran });
  const progress = (fraction: number): void => context.progress(ran + (to - ran) * fraction);
  const replay = await replayRun(trace, model, [], [hook], { signal, progress, breathe });
  return replay.value(hook);
}
