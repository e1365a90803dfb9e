import type { Side, Stack } from '../protocol/address';
import type { Change, HeadScope } from '../protocol/change';
import { stacksOf } from '../protocol/stacks';
import type { Plan } from '../protocol/trace';
import type { TraceSnapshot } from '../protocol/traceSnapshot';
import { headCount, isRunning, layerCount, querySide, readCount } from './traceState';

/**
 * Whether the model and the text of a trace have what a change speaks of: layers, heads, tokens. A
 * change may be kept from another text, or come with a link.
 */
export function isPossible(change: Change, snapshot: TraceSnapshot): boolean {
  const { plan } = snapshot;
  if (plan === null) return true;
  switch (change.kind) {
    case 'scoreFunction':
      return hasHeads(plan, change.scope);
    case 'unmasked':
      return plan.model.architecture !== 'encoder';
    case 'positionsOff':
    case 'positionsShifted':
    case 'embeddingUnscaled':
      return hasSide(plan, change.side);
    case 'positionsSwapped':
      return (
        hasSide(plan, change.side) &&
        hasTokens(snapshot, change.side, [change.first, change.second])
      );
    case 'otherQuery':
      return (
        hasHeads(plan, change.scope) &&
        hasTokens(snapshot, querySide(snapshot, change.scope.stack), [change.token, change.from])
      );
    case 'muted':
      return change.heads.every((head) => hasHeads(plan, head));
    case 'soloed':
      return hasHeads(plan, change.head);
    case 'residualCut':
      return (
        hasStack(plan, change.stack) &&
        change.layer < layerCount(plan, change.stack) &&
        (change.subLayer !== 'cross' || (change.stack === 'decoder' && hasStack(plan, 'cross')))
      );
  }
}

const hasStack = ({ model }: Plan, stack: Stack): boolean =>
  stacksOf(model.architecture).includes(stack);

const hasSide = ({ model }: Plan, side: Side): boolean =>
  side === 'source' || model.architecture === 'encoderDecoder';

const hasHeads = (plan: Plan, { stack, layer, head }: HeadScope): boolean =>
  hasStack(plan, stack) &&
  (layer === 'all' || layer < layerCount(plan, stack)) &&
  (head === 'all' || head < headCount(plan, stack));

/** That the stack reads these tokens. Those that are not written yet may still come. */
const hasTokens = (snapshot: TraceSnapshot, side: Side, tokens: readonly number[]): boolean =>
  isRunning(snapshot) || tokens.every((token) => token < readAgain(snapshot, side));

/** Tokens of a side that another pass reads: an output of which nothing was written begins all the same. */
const readAgain = (snapshot: TraceSnapshot, side: Side): number =>
  side === 'source' ? readCount(snapshot, side) : Math.max(1, readCount(snapshot, side));
