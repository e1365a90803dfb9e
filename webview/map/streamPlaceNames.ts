/** Names of the places along the residual stream. Pure. */
import type { Translate } from '../../src/language/translate';
import type { Answer } from '../../src/protocol/queries';
import type { ModelSummary } from '../../src/protocol/trace';
import { subLayerName } from './boxWords';

type Place = Answer<'stream'>['places'][number];

export function placeName(
  { layer, after }: Place,
  { normPlacement }: ModelSummary,
  t: Translate,
): string {
  if (layer === null || after === 'embedding') return t('Embedding');
  // Both sub-layers are added at once.
  if (normPlacement === 'parallel') return t('Layer {layer}', { layer });
  return t('Layer {layer}: {part}', { layer, part: subLayerName(after, t) });
}
