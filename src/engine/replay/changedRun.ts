import { Failure } from '../../failure/failure';
import type { Half, Side } from '../../protocol/address';
import type { Change, HeadScope } from '../../protocol/change';
import { halfOf, halfReading, querySide } from '../../protocol/stacks';
import { composedProbes } from '../../transformer/interventions/composedProbes';
import { mutedHeads } from '../../transformer/interventions/mutedHeads';
import { otherQuery } from '../../transformer/interventions/otherQuery';
import { unscaledEmbedding } from '../../transformer/interventions/unscaledEmbedding';
import type { HookName, Probe } from '../../transformer/probe';
import { asTrained, type Variation, type Variations } from '../../transformer/variation';
import { checkHead, checkLayer } from '../checkHead';
import type { Trace } from '../trace';
import { checkToken } from '../traceTokens';
import { passLength } from './passLength';
import { attentionName, blockName, prefixOf } from './hookNaming';

/** A pass with changes, ready to run. */
export interface ChangedRun {
  readonly probe: Probe;
  readonly variations: Variations;
}

/**
 * What changes mean to the model of a trace.
 * @param last sees every value as the changes leave it
 * @throws Failure `trace.noStack`, `trace.noLayer`, `trace.noHead`, `trace.noToken`, `change.*`
 */
export function changedRun(trace: Trace, changes: readonly Change[], last: Probe): ChangedRun {
  const parts = changes.map((change) => partOf(trace, change));
  const merged = (half: Half): Variation => {
    const variation = { ...asTrained };
    for (const part of parts) Object.assign(variation, part[half]);
    return variation;
  };
  return {
    probe: composedProbes([...parts.flatMap(({ probe }) => probe ?? []), last]),
    variations: { encoder: merged('encoder'), decoder: merged('decoder') },
  };
}

/** What one change asks of the model. */
interface Part {
  readonly probe?: Probe;
  readonly encoder?: Partial<Variation>;
  readonly decoder?: Partial<Variation>;
}

function partOf(trace: Trace, change: Change): Part {
  switch (change.kind) {
    case 'scoreFunction': {
      const { scope, function: scores } = change;
      const heads = headsOf(trace, scope);
      const changed = { function: scores, heads };
      const names = attentionsIn(trace, scope).map((name) => [name, changed] as const);
      return { [halfOf(scope.stack)]: { scoreFunctions: new Map(names) } };
    }
    case 'unmasked':
      if (trace.architecture === 'encoder') throw new Failure('change.noMask');
      return { decoder: { unmasked: true } };
    case 'positionsOff':
      return { [readerOf(trace, change.side)]: { places: { kind: 'off' } } };
    case 'positionsShifted':
      return { [readerOf(trace, change.side)]: { places: { kind: 'shifted', by: change.by } } };
    case 'positionsSwapped': {
      const { side, first, second } = change;
      const half = readerOf(trace, side);
      for (const token of [first, second]) checkToken(token, passLength(trace)[side]);
      return { [half]: { places: { kind: 'swapped', first, second } } };
    }
    case 'embeddingUnscaled': {
      const half = readerOf(trace, change.side);
      const { scale } = trace.model.stackConfig(half)!.embedding;
      if (scale === 1) throw new Failure('change.noEmbeddingScale');
      return { probe: unscaledEmbedding(`${prefixOf(trace.architecture, half)}embed`, scale) };
    }
    case 'otherQuery': {
      const { scope, token, from } = change;
      const heads = headsOf(trace, scope);
      const read = passLength(trace)[querySide(trace.architecture, scope.stack)];
      for (const one of [token, from]) checkToken(one, read);
      return { probe: otherQuery(new Set(attentionsIn(trace, scope)), heads, token, from) };
    }
    case 'muted': {
      const points = new Map<HookName, Set<number>>();
      for (const { stack, layer, head } of change.heads) {
        headsOf(trace, { stack, layer, head });
        const [name] = attentionsIn(trace, { stack, layer, head });
        points.set(name!, (points.get(name!) ?? new Set()).add(head));
      }
      return { probe: mutedHeads(points) };
    }
    case 'soloed': {
      const { stack, head } = change.head;
      headsOf(trace, change.head);
      const [name] = attentionsIn(trace, change.head);
      const { heads } = trace.model.stackConfig(halfOf(stack))!;
      const others = Array.from({ length: heads }, (_, h) => h).filter((h) => h !== head);
      return { probe: mutedHeads(new Map([[name!, new Set(others)]])) };
    }
    case 'residualCut': {
      const { stack, layer, subLayer } = change;
      checkLayer(trace, stack, layer);
      const point = { attention: 'attn', cross: 'cross_attn', feedForward: 'mlp' }[subLayer];
      if (subLayer === 'cross') {
        trace.checkStack('cross');
        if (stack === 'encoder') throw new Failure('change.noCross');
      }
      const name = `${blockName(trace.architecture, stack, layer)}.${point}`;
      return { [stack]: { cutResiduals: new Set([name]) } };
    }
  }
}

/** The stack that reads the tokens of a side. @throws Failure `trace.noStack` */
export function readerOf({ architecture }: Trace, side: Side): Half {
  if (side === 'target' && architecture !== 'encoderDecoder')
    throw new Failure('trace.noStack', { stack: 'decoder', known: architecture });
  return halfReading(architecture, side);
}

/** Names of the attentions in a scope. */
function attentionsIn(trace: Trace, { stack, layer }: HeadScope): HookName[] {
  const { layers } = trace.model.stackConfig(halfOf(stack))!;
  const chosen = layer === 'all' ? Array.from({ length: layers }, (_, l) => l) : [layer];
  return chosen.map((one) => attentionName(trace.architecture, stack, one));
}

/** The heads of a scope; null: all. @throws Failure of an address that is not there */
function headsOf(trace: Trace, { stack, layer, head }: HeadScope): ReadonlySet<number> | null {
  const one = layer === 'all' ? 0 : layer;
  if (head === 'all') {
    checkLayer(trace, stack, one);
    return null;
  }
  checkHead(trace, { stack, layer: one, head });
  return new Set([head]);
}
