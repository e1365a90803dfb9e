/** What the boxes of the map are called, and the shapes that stand in them. Pure. */
import type { Translate } from '../../src/language/translate';
import type { Half } from '../../src/protocol/address';
import type { Positions } from '../../src/protocol/trace';
import type { MapBox, SubLayer } from './boxes';
import type { MapSight } from './mapSight';
import { choiceWords } from './choiceWords';

export const halfName = (half: Half, t: Translate): string =>
  half === 'encoder' ? t('Encoder') : t('Decoder');

export function subLayerName(name: SubLayer, t: Translate): string {
  switch (name) {
    case 'attention':
      return t('Self-attention');
    case 'cross':
      return t('Cross-attention');
    case 'feedForward':
      return t('Feed-forward');
  }
}

function positionsName({ kind }: Positions, t: Translate): string {
  switch (kind) {
    case 'sinusoidal':
      return t('Sinusoids');
    case 'learned':
      return t('Learned positions');
    case 'rotary':
      return t('Rotary positions');
    case 'alibi':
      return t('ALiBi positions');
    case 'relativeBias':
      return t('Relative bias');
  }
}

/** The title of a box. */
export function boxTitle({ kind, half }: MapBox, sight: MapSight, t: Translate): string {
  const { model, structure } = sight;
  switch (kind) {
    case 'tokens':
      return t('Token embedding');
    case 'projection':
      return t('Projection');
    case 'types':
      return t('Text A / B');
    case 'positions':
      return positionsName(model.positionKind, t);
    case 'embeddingSum':
      return t('Sum');
    case 'embeddingNorm':
    case 'norm':
      return normName(sight, half, t);
    case 'attention':
      if (half === 'encoder') return t('Self-attention');
      // Beside the other sub-layer there is less room.
      return model.normPlacement === 'parallel'
        ? t('Masked attention')
        : t('Masked self-attention');
    case 'cross':
    case 'feedForward':
      return subLayerName(kind, t);
    case 'add':
      return t('Add (residual)');
    case 'addNorm':
      return t('Add & norm');
    case 'finalNorm':
      return t('Final norm');
    case 'outProjection':
      return t('Projection');
    case 'transform':
      return structure.head?.outputs === null ? t('Pooler') : t('Dense layer');
    case 'linear':
      return t('Linear');
    case 'probabilities':
      return structure.head?.probabilities === 'sigmoid' ? 'Sigmoid' : 'Softmax';
    case 'choice':
      return choiceWords(sight, t).title;
  }
}

const normName = ({ structure }: MapSight, half: Half, t: Translate): string =>
  structure[half]?.norm === 'rms' ? t('RMS norm') : t('Layer norm');

/** The second line of a box: shapes as the model has them; empty: there is none. */
export function boxDetail({ kind, half }: MapBox, sight: MapSight, t: Translate): string {
  const { model, structure, whole } = sight;
  const stack = structure[half];
  if (stack === null) return '';
  const { embedding } = stack;
  switch (kind) {
    case 'tokens': {
      const table = `${whole(embedding.vocabulary)} × ${whole(embedding.width)}`;
      return embedding.scale === 1 ? table : `${table}, × √${whole(scaleSquare(embedding.scale))}`;
    }
    case 'projection':
      return `${whole(embedding.width)} → ${whole(model.dModel)}`;
    case 'outProjection':
      return `${whole(model.dModel)} → ${whole(stack.outProjection ?? 0)}`;
    case 'attention':
    case 'cross': {
      const [heads, shared] = [model.heads[half], model.keyValueHeads[half]];
      const width = whole(model.headWidth);
      return heads === shared
        ? t('{heads} heads × {width}', { heads, width })
        : t('{heads} heads × {width}, {shared} of keys', { heads, width, shared });
    }
    case 'feedForward': {
      const [inner, outer] = [whole(model.dFeedForward[half]), whole(model.dModel)];
      return `${outer} → ${inner} → ${outer}`;
    }
    case 'transform': {
      const read = whole(stack.outProjection ?? model.dModel);
      return `${read} → ${whole(structure.head?.transform?.width ?? 0)}`;
    }
    case 'linear':
      return linearShape(sight, t);
    case 'choice':
      return choiceWords(sight, t).detail;
    default:
      return '';
  }
}

/** √d_model squared is whole; float32 may leave it a hair beside. */
const scaleSquare = (scale: number): number => Math.round(scale * scale);

function linearShape({ structure, model, whole }: MapSight, t: Translate): string {
  const { head, decoder, encoder } = structure;
  const last = decoder ?? encoder;
  const from = head?.transform?.width ?? last?.outProjection ?? model.dModel;
  const shape = `${whole(from)} → ${whole(head?.outputs ?? 0)}`;
  return head?.tied === true ? `${shape}, ${t('tied')}` : shape;
}

/** The stream's shape in a stack: tokens by d_model. */
export const streamShape = (sight: MapSight, half: Half): string =>
  `[${sight.whole(sight.tokens[half])}, ${sight.whole(sight.model.dModel)}]`;
