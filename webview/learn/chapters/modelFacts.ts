/** What a chapter or term may say of a model, read off its summary. Pure. */
import { halfReading } from '../../../src/protocol/stacks';
import type { ModelSummary } from '../../../src/protocol/trace';

/** Some do not divide by √d_k: their matrices were trained to give smaller products (Raffel et al. 2020; Black et al. 2021). */
export const scalesScores = ({ scoreScale }: ModelSummary): boolean => scoreScale !== 1;

export const hasDecoder = ({ architecture }: ModelSummary): boolean => architecture !== 'encoder';
export const hasCross = ({ architecture }: ModelSummary): boolean =>
  architecture === 'encoderDecoder';
/** It ends in one number for each token of its vocabulary. */
export const choosesTokens = ({ task }: ModelSummary): boolean =>
  task === 'nextToken' || task === 'maskedToken';

/** Width, heads, layers of the stack that reads the reader's text. */
export function readingShape(model: ModelSummary): {
  readonly layers: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly inner: number;
} {
  const stack = halfReading(model.architecture, 'source');
  return {
    layers: model.layers[stack],
    heads: model.heads[stack],
    keyValueHeads: model.keyValueHeads[stack],
    inner: model.dFeedForward[stack],
  };
}
