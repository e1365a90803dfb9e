/** What the reader stands before: a head and a query whose steps can be shown, or why not. Pure. */
import type { WireFailure } from '../../src/failure/failure';
import { rowAddress } from '../../src/navigation/navigationRules';
import { isRunning, readCount, keySide } from '../../src/navigation/traceState';
import { whyNoRow } from '../../src/navigation/whyNoRow';
import type { Question } from '../../src/protocol/queries';
import type { View } from '../inspector/view';

export type Asking =
  | { readonly kind: 'steps'; readonly question: Question<'steps'> }
  /** A mean or maximum: of which heads? */
  | { readonly kind: 'heads'; readonly question: Question<'headWeights'> }
  | { readonly kind: 'words' }
  | { readonly kind: 'lookedAt' }
  | { readonly kind: 'running' }
  | { readonly kind: 'failure'; readonly failure: WireFailure };

export function askingOf({ snapshot, navigation }: View): Asking {
  const { stack, layer, head, unit, direction, token } = navigation;
  if (unit === 'word') return { kind: 'words' };
  if (direction === 'lookedAt') return { kind: 'lookedAt' };
  if (isRunning(snapshot)) return { kind: 'running' };
  // Special tokens have steps like all others, whether views show them or not.
  const shown = { ...navigation, hideSpecials: false };
  if (rowAddress(shown, snapshot, null) === null || token === null)
    return { kind: 'failure', failure: whyNoRow(shown, snapshot) };
  const query = token.index;
  const count = readCount(snapshot, keySide(snapshot, stack));
  // Chosen in a longer text, or in another stack.
  const key = navigation.key !== null && navigation.key < count ? navigation.key : null;
  if (typeof layer === 'number' && typeof head === 'number')
    return { kind: 'steps', question: { stack, layer, head, query, key } };
  const question = { stack, layer: layer === 'mean' ? null : layer, query, key };
  return { kind: 'heads', question };
}
