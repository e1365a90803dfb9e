import { CachedSteps } from '../../../src/transformer/cachedSteps';
import { beamSearch } from '../../../src/transformer/generate/beam';
import { greedy } from '../../../src/transformer/generate/greedy';
import { noProbe } from '../../../src/transformer/probe';
import { unwatched } from '../../../src/transformer/runControl';
import { tokenBatch } from '../../../src/transformer/sequence';
import type { ReferenceGeneration, ReferenceModel } from '../../support/reference';

/** What a model wrote; scores only of a search with beams. */
export interface Written {
  readonly sequences: number[][];
  readonly scores: Float32Array | null;
}

/** Lets a reference model write what the reference wrote, as far as that went; `beams` 1 is greedy. */
export async function write(
  { model, generation }: ReferenceModel,
  task: Pick<ReferenceGeneration, 'input_ids' | 'attention_mask' | 'max_new_tokens' | 'sequences'>,
  beams: number,
): Promise<Written> {
  const { input_ids: rows, attention_mask: mask, sequences } = task;
  const options = generation();
  const tokens = tokenBatch(rows, { mask });
  const states = model.encoder ? await model.encode(tokens, noProbe, unwatched) : null;
  const prompt = states ? { rows: rows.map(() => [options.startToken!]) } : { rows, mask };
  const maxNewTokens = task.max_new_tokens ?? sequences[0]!.length - prompt.rows[0]!.length;
  const steps = new CachedSteps(model, model.startDecoding(states ? { states, tokens } : null));
  try {
    if (beams > 1) return await beamSearch(steps, { prompt, maxNewTokens, beams }, options);
    return { sequences: await greedy(steps, { prompt, maxNewTokens }, options), scores: null };
  } finally {
    steps.dispose();
    states?.dispose();
  }
}

/** Beams of a stored search, by its name: `beam3`, `greedy_batch`. */
export const beamsOf = (name: string): number => Number(/beam(\d+)/.exec(name)?.[1] ?? 1);
