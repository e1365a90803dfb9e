/** Which views show more of a box, and where they must stand for it. Pure. */
import type { Translate } from '../../src/language/translate';
import type { NavigationChange } from '../../src/protocol/navigation';
import { offersPrediction } from '../prediction/offersPrediction';
import type { MapBox } from './boxes';
import type { MapSight } from './mapSight';

export interface BoxView {
  readonly name: string;
  readonly change: NavigationChange;
}

export function boxViews(box: MapBox, sight: MapSight, t: Translate): readonly BoxView[] {
  const { model } = sight;
  const { half, subLayer } = box;
  const view = (name: string, change: NavigationChange): BoxView => ({ name, change });
  const place: NavigationChange = {
    stack: subLayer === 'cross' ? 'cross' : half,
    layer: sight.layer[half],
  };
  const steps = view(t('Steps'), { ...place, view: 'steps' });
  const heads = view(t('Heads'), { ...place, view: 'heads' });
  switch (box.kind) {
    case 'positions':
    case 'embeddingSum':
      return [view(t('Positions'), { view: 'positions' })];
    case 'attention':
    case 'cross':
      return [
        steps,
        view(t('Matrix'), { ...place, view: 'matrix' }),
        heads,
        view(t('What if'), { ...place, view: 'whatIf' }),
      ];
    case 'add':
    case 'addNorm':
    case 'norm':
      return subLayer === 'feedForward' ? [] : [steps, heads];
    case 'linear':
    case 'probabilities':
    case 'choice':
      return offersPrediction(model)
        ? [view(t('Prediction'), { view: 'prediction' })]
        : [view(t('Row'), { view: 'row' })];
    default:
      return [];
  }
}
