import type { NavigationChange } from '../../src/protocol/navigation';
import type { Sight } from '../inspector/view';

/** To the what-ifs: as they were left, else with the head in sight muted; where none is, to choose. */
export function wondering({ navigation }: Pick<Sight, 'navigation'>): NavigationChange {
  const { stack, layer, head, whatIf } = navigation;
  const one = typeof head === 'number' && layer !== 'mean';
  if (whatIf !== null || !one) return { view: 'whatIf' };
  return { view: 'whatIf', whatIf: { kind: 'muted', heads: [{ stack, layer, head }] } };
}
