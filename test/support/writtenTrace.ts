import type { LoadedModel } from '../../src/engine/loadedModel';
import { PictureQueue } from '../../src/engine/pictureQueue';
import { PrefixMemory } from '../../src/engine/prefixMemory';
import { runTrace } from '../../src/engine/runTrace';
import type { Trace } from '../../src/engine/trace';
import type { BeamStep, Hypothesis, Writing } from '../../src/protocol/writing';

export const TEXT = 'the cat sat.';

/** What was heard of a search. */
interface Heard {
  readonly steps: BeamStep[];
  hypotheses: readonly Hypothesis[];
}

/** Runs a model that writes in some way. */
export async function written(
  model: LoadedModel,
  writing: Writing,
  { text = TEXT, kept = null as PrefixMemory | null } = {},
): Promise<{ trace: Trace; heard: Heard }> {
  let trace: Trace | undefined;
  const heard: Heard = { steps: [], hypotheses: [] };
  const prefix = kept ?? new PrefixMemory();
  const run = {
    type: 'run' as const,
    ...{ trace: 'made', model: model.folder, text, pair: null, language: null, writing },
    ...{ trainedTokens: null, preview: 'off' as const },
  };
  const setting = { model, backend: 'wasm', budgetBytes: 2 ** 30, prefix };
  await runTrace(
    run,
    { ...setting, signal: { aborted: false }, pictures: new PictureQueue() },
    {
      planned: (made) => void (trace = made),
      previewed: () => undefined,
      layer: () => undefined,
      searched: (_, step) => void heard.steps.push(step),
      found: (_, hypotheses) => void (heard.hypotheses = hypotheses),
      token: () => undefined,
      predicted: () => undefined,
      breathe: () => Promise.resolve(),
    },
  );
  if (kept === null) prefix.drop();
  return { trace: trace!, heard };
}
