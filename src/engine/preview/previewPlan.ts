import { Failure } from '../../failure/failure';
import type { Half } from '../../protocol/address';
import type { PreviewChoice, PreviewPlan } from '../../protocol/preview';
import type { ModelSummary } from '../../protocol/trace';
import { canQuantise } from '../../transformer/quantisedTwin';
import type { LoadedModel } from '../loadedModel';
import { availableBytes, freeBytes } from '../memoryGuard';

/**
 * Multiplications by weights below which a preview is not worth its trouble: the exact pass takes
 * about a tenth of a second (35 · 10⁹ a second on two cores, half of that on one).
 */
const LEAST_MULTIPLICATIONS = 2e9;

const FLOAT_BYTES = 4;
const MB = 2 ** 20;

/** What a run over so many tokens makes of the reader's choice. */
export function previewPlan(
  choice: PreviewChoice,
  { summary, isQuantised }: Pick<LoadedModel, 'summary' | 'isQuantised'>,
  tokens: number,
  free = freeBytes(),
): PreviewPlan {
  if (choice === 'off') return null;
  const none = (...failure: ConstructorParameters<typeof Failure>): PreviewPlan => ({
    kind: 'none',
    why: new Failure(...failure).toWire(),
  });
  if (summary.architecture === 'encoderDecoder') return none('preview.writes');
  if (!canQuantise()) return none('preview.kernels');
  const weights = quantisedWeights(summary);
  if (weights * tokens < LEAST_MULTIPLICATIONS) return none('preview.quick');
  // A layer is there approximately until all of it is there exactly.
  const needed = (isQuantised ? 0 : weights) + FLOAT_BYTES * headsOf(summary) * tokens ** 2;
  const available = availableBytes({ free, heap: null });
  if (needed > available)
    return none('preview.memory', {
      needed: Math.ceil(needed / MB),
      available: Math.floor(available / MB),
    });
  return { kind: 'int8' };
}

const stackOf = ({ architecture }: ModelSummary): Half =>
  architecture === 'decoder' ? 'decoder' : 'encoder';

const headsOf = (model: ModelSummary): number => model.heads[stackOf(model)];

/** Weights of all linear maps in the blocks of a model's only stack: a byte each. */
function quantisedWeights(model: ModelSummary): number {
  const { layers, heads, keyValueHeads, headWidth, dModel, dFeedForward } = model;
  const stack = stackOf(model);
  const attention = 2 * (heads[stack] + keyValueHeads[stack]) * headWidth * dModel;
  const feedForward = (model.gated ? 3 : 2) * dModel * dFeedForward[stack];
  return layers[stack] * (attention + feedForward);
}
