import { plainWriting } from '../../protocol/writing';
import { PictureQueue } from '../pictureQueue';
import { PrefixMemory } from '../prefixMemory';
import { runTrace } from '../runTrace';
import { writesOutput } from '../writing/checkWrites';
import type { Trace } from '../trace';
import type { Share, StudyContext } from './studyContext';

/** Output tokens: a translator takes about 20 for a short sentence; one that never ends is not waited for. */
const MOST_OUTPUT = 64;
/** How long an output gets nobody knows before: each token takes this part of what is left. */
const OUTPUT_PART = 0.1;

/**
 * Runs the model on another text than the reader's, with what it writes. The trace is the study's alone.
 * @throws Failure `text.*`, `memory.run`, `run.cancelled`
 */
export async function runOtherText(
  { model, signal, breathe, progress, trace: { id, plan } }: StudyContext,
  text: string,
  share: Share,
): Promise<Trace> {
  const { layers } = plan.model;
  let done = 0;
  const step = (part: number): void => {
    done += (1 - done) * part;
    progress(share.from + (share.to - share.from) * done);
  };
  const made: Trace[] = [];
  // Its own: the reader's next text goes on from the reader's last one.
  const prefix = new PrefixMemory();
  await runTrace(
    {
      type: 'run',
      trace: id,
      model: model.folder,
      text,
      pair: null,
      language: plan.language,
      writing: writesOutput(plan.model) ? { ...plainWriting, maxNewTokens: MOST_OUTPUT } : null,
      trainedTokens: null,
      preview: 'off',
    },
    {
      model,
      backend: plan.backend,
      // Nobody keeps this trace: what memory there is bounds it, not what traces may hold.
      budgetBytes: Number.POSITIVE_INFINITY,
      signal,
      prefix,
      pictures: new PictureQueue(),
    },
    {
      planned: (trace) => void made.push(trace),
      previewed: () => undefined,
      layer: () => step(1 / (1 + layers.encoder + layers.decoder)),
      searched: () => undefined,
      found: () => undefined,
      token: () => step(OUTPUT_PART),
      predicted: () => undefined,
      breathe,
    },
  );
  prefix.drop();
  return made[0]!;
}
