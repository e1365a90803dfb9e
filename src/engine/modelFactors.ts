import type { Answer } from '../protocol/queries';
import type { Trace } from './trace';

/** Factors on embeddings and scores. */
export function modelFactors({ model }: Trace): Answer<'factors'> {
  const [encoder, decoder] = [model.stackConfig('encoder'), model.stackConfig('decoder')];
  const scales = (config: typeof encoder): number[] =>
    config ? Array.from({ length: config.layers }, (_, layer) => config.scoreScale(layer)) : [];
  return {
    embedding: {
      encoder: encoder?.embedding.scale ?? null,
      decoder: decoder?.embedding.scale ?? null,
    },
    scores: { encoder: scales(encoder), decoder: scales(decoder) },
  };
}
