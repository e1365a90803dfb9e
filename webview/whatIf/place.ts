/** Which head and which query the what-if view is about. Pure. */
import { keySide, querySide, readCount } from '../../src/navigation/traceState';
import type { Side, Stack } from '../../src/protocol/address';
import { chosenToken } from '../inspector/tokenEntries';
import type { Sight } from '../inspector/view';

export interface Place {
  readonly stack: Stack;
  readonly layer: number;
  readonly head: number;
  readonly query: number;
  readonly querySide: Side;
  readonly keySide: Side;
  /** The other views show a mean or maximum; a change is looked at in one head. */
  readonly stoodIn: boolean;
}

/** Null: the stack has read nothing. */
export function placeOf({ snapshot, navigation }: Sight): Place | null {
  const { stack, layer, head } = navigation;
  const asking = querySide(snapshot, stack);
  const read = readCount(snapshot, asking);
  if (read === 0) return null;
  const token = chosenToken({ snapshot, navigation });
  // Of a column's token the row is not in sight: any will do, a middle one says most.
  const wanted = token?.side === asking ? token.index : Math.floor(read / 2);
  return {
    stack,
    layer: layer === 'mean' ? 0 : layer,
    head: typeof head === 'number' ? head : 0,
    query: Math.min(wanted, read - 1),
    querySide: asking,
    keySide: keySide(snapshot, stack),
    stoodIn: layer === 'mean' || typeof head !== 'number',
  };
}

/**
 * Where the output is looked at: the chosen token of a text, or the step that reads the chosen output
 * token, whose row it is. Null: where it changes most.
 */
export function outputPosition({ snapshot, navigation }: Sight): number | null {
  const token = chosenToken({ snapshot, navigation });
  const { plan } = snapshot;
  if (plan === null || token === null) return null;
  const writes = plan.model.architecture === 'encoderDecoder';
  if (writes !== (token.side === 'target')) return null;
  // The last token that was written is never read.
  const last = readCount(snapshot, token.side) - 1;
  return last < 0 ? null : Math.min(token.index, last);
}
