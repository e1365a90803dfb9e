/** Whose heads are shown, and at which query; or why none are. Pure. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { Failure } from '../../src/failure/failure';
import { labelAt } from '../../src/navigation/labels';
import {
  headCount,
  isRunning,
  querySide,
  readCount,
  tokensOf,
} from '../../src/navigation/traceState';
import type { Half, Side, Stack } from '../../src/protocol/address';
import { halfOf } from '../../src/protocol/stacks';
import { chosenToken } from '../inspector/tokenEntries';
import type { Sight } from '../inspector/view';

export interface HeadsSight {
  readonly stack: Stack;
  readonly half: Half;
  readonly side: Side;
  /** Null: the mean over layers is chosen. */
  readonly layer: number | null;
  /** Null: the mean or maximum over heads is chosen. */
  readonly head: number | null;
  readonly heads: number;
  readonly token: number;
  readonly label: string;
}

/** What is shown, or words for why nothing is. */
export function headsSight(sight: Sight, t: Translate): HeadsSight | string {
  const { snapshot, navigation } = sight;
  const { plan } = snapshot;
  const { stack, layer, head } = navigation;
  if (plan === null || isRunning(snapshot)) return t('These numbers come when the run is over.');
  const side = querySide(snapshot, stack);
  const chosen = chosenToken(sight);
  if (chosen === null || chosen.side !== side)
    return stack === 'cross'
      ? t('In cross-attention an output token asks: choose one of the output.')
      : t('Choose a token.');
  if (chosen.index >= readCount(snapshot, side))
    return describeFailure(new Failure('trace.notRead').toWire(), t);
  return {
    stack,
    half: halfOf(stack),
    side,
    layer: layer === 'mean' ? null : layer,
    head: typeof head === 'number' ? head : null,
    heads: headCount(plan, stack),
    token: chosen.index,
    label: labelAt(tokensOf(snapshot, side), chosen.index),
  };
}
