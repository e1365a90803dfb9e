/** The chosen token's numbers at a box, out of what the engine measured along its path. Pure. */
import type { Translate } from '../../src/language/translate';
import type { Answer } from '../../src/protocol/queries';
import type { MapBox } from './boxes';

export interface BoxNumber {
  readonly name: string;
  readonly value: number;
}

type Norms = Answer<'pathNorms'>;

export function boxNumbers(
  { kind, subLayer }: MapBox,
  norms: Norms,
  layer: number,
  t: Translate,
): readonly BoxNumber[] {
  const { embedding } = norms;
  const own = norms.layers[layer]?.find(({ name }) => name === subLayer);
  const given = (name: string, value: number | null): BoxNumber[] =>
    value === null ? [] : [{ name, value }];
  switch (kind) {
    case 'tokens':
      return given(t('‖token vector‖'), embedding.token);
    case 'positions':
      return subLayer === null ? given(t('‖position vector‖'), embedding.positions) : [];
    case 'types':
      return given(t('‖type vector‖'), embedding.types);
    case 'embeddingSum':
      return [
        ...given(t('‖token vector‖'), embedding.token),
        ...given(t('‖type vector‖'), embedding.types),
        ...given(t('‖position vector‖'), embedding.positions),
        ...given(t('‖x‖ into the first block'), embedding.leaves),
      ];
    case 'embeddingNorm':
    case 'projection':
      return given(t('‖x‖ into the first block'), embedding.leaves);
    case 'finalNorm':
    case 'outProjection':
      return [
        ...given(t('‖x‖ after the last block'), norms.layers.at(-1)?.at(-1)?.leaves ?? null),
        ...given(t('‖x‖ out of the stack'), norms.leaves),
      ];
    default:
      return own === undefined ? [] : subLayerNumbers(kind, own, t);
  }
}

function subLayerNumbers(
  kind: MapBox['kind'],
  { enters, reads, adds, cosine, sum, leaves }: Norms['layers'][number][number],
  t: Translate,
): readonly BoxNumber[] {
  const stream = { name: t('‖x‖ of the stream'), value: enters };
  const read = { name: t('‖x‖ as the sub-layer reads it'), value: reads };
  const added = { name: t('‖what it adds‖'), value: adds };
  const turned = { name: t('cosine of both'), value: cosine };
  switch (kind) {
    case 'norm':
      return [stream, read];
    case 'attention':
    case 'cross':
    case 'feedForward':
      return [read, added, turned];
    case 'add':
    case 'addNorm':
      return [
        stream,
        added,
        turned,
        ...(sum === null ? [] : [{ name: t('‖sum‖'), value: sum }]),
        ...(kind === 'add' || leaves === null
          ? []
          : [{ name: t('‖x‖ after the norm'), value: leaves }]),
      ];
    default:
      return [];
  }
}
