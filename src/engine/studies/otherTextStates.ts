import type { HookName } from '../../transformer/probe';
import { PictureQueue } from '../pictureQueue';
import type { HookValue } from '../replay/replay';
import { replayRun } from '../replay/replayRun';
import { runTrace } from '../runTrace';
import type { Trace } from '../trace';
import type { Share, StudyContext } from './studyContext';

/** Output tokens: what a translator makes of a short sentence; one that never ends is not waited for. */
const MOST_OUTPUT = 64;
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
  share: Share,
): Promise<HookValue> {
  const { model, signal, breathe } = context;
  const size = share.to - share.from;
  const trace = await ranOn(context, text);
  context.progress(share.from + size * RUN_PART);
  const progress = (fraction: number): void =>
    context.progress(share.from + size * (RUN_PART + (1 - RUN_PART) * fraction));
  const replay = await replayRun(trace, model, [], [hook], { signal, progress, breathe });
  return replay.value(hook);
}

async function ranOn(
  { model, signal, breathe, trace: { id, plan } }: StudyContext,
  text: string,
): Promise<Trace> {
  let made: Trace | null = null;
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
      // Nobody keeps this trace: what memory there is bounds it, not what traces may hold.
      budgetBytes: Number.POSITIVE_INFINITY,
      signal,
      pictures: new PictureQueue(),
    },
    {
      planned: (trace) => void (made = trace),
      layer: () => undefined,
      token: () => undefined,
      predicted: () => undefined,
      breathe,
    },
  );
  return made!;
}
