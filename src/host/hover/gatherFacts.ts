import { Failure, type WireFailure } from '../../failure/failure';
import {
  choosing,
  colouredSide,
  rowAddress,
  settle,
  type ChosenToken,
} from '../../navigation/navigationRules';
import { groupsOn, listedOf, tokensOf } from '../../navigation/traceState';
import { whyNoRow } from '../../navigation/whyNoRow';
import type { Side } from '../../protocol/address';
import type { ColourScaleChoice } from '../../protocol/readerState';
import type { Token } from '../../protocol/trace';
import type { TraceSnapshot } from '../../protocol/traceSnapshot';
import { numbersOf } from '../../protocol/wireTensor';
import type { TokenGroup } from '../../protocol/words';
import type { EngineClient } from '../engine/engineClient';
import type { Inspection } from '../inspection/inspection';
import type { Rows } from '../inspection/rows';
import {
  focusFacts,
  rowFacts,
  writtenFact,
  type ExpectedFact,
  type HoverFacts,
} from './hoverFacts';
import { saidOf } from './saidOfToken';

/** Heads named; the side panel sorts all of them. */
const FOCUS_HEADS = 3;

/** Where the answers come from: the trace in memory, never a new run. */
export interface Sources {
  readonly rows: Pick<Rows, 'ask'>;
  readonly engine: Pick<EngineClient, 'ask'>;
}

/**
 * All there is to tell about a token, or a word where the reader looks at words. The questions go out together; one that is refused leaves
 * what the others answer.
 */
export async function gatherFacts(
  sources: Sources,
  { snapshot, navigation: standing }: Pick<Inspection, 'snapshot' | 'navigation'>,
  { side, index }: ChosenToken,
  { stale, colourScale }: { readonly stale: boolean; readonly colourScale: ColourScaleChoice },
): Promise<HoverFacts | null> {
  const { unit } = standing;
  const entries = listedOf(snapshot, side, unit);
  const token = entries[index];
  const group = groupsOn(snapshot, side, unit)[index];
  if (token === undefined || group === undefined) return null;
  const chosen = choosing(standing, snapshot, { side, index }, false);
  const navigation = settle(chosen, snapshot);
  const { direction, stack, hideSpecials } = navigation;
  const address = rowAddress(navigation, snapshot, null);
  const { trace } = snapshot;
  const { engine } = sources;
  const encoded = encodedPosition(snapshot, group);
  const awaited = expectedAt(snapshot, side, group);
  const [row, focus, positions, candidates] = await Promise.allSettled([
    address && sources.rows.ask(snapshot, address),
    engine.ask(trace, {
      name: 'focus',
      question: { side, token: index, hideSpecials, unit, count: FOCUS_HEADS },
    }),
    encoded &&
      engine.ask(trace, {
        name: 'positions',
        question: { side, from: encoded.position, to: encoded.position + 1 },
      }),
    awaited && engine.ask(trace, { name: 'candidates', question: { token: awaited.token } }),
  ]);
  const answered = valueOf(row);
  const facts = address && answered && rowFacts(snapshot, address, answered, colourScale);
  const listed =
    colouredSide(snapshot, stack, direction) === 'target' ? facts?.links[0]?.position : undefined;
  const table = valueOf(positions);
  const expected = valueOf(candidates);
  return {
    trace,
    side,
    index,
    last: entries.length - 1,
    token,
    group,
    stale,
    navigation,
    next: side === 'target' && direction === 'looksAt' ? nextToken(snapshot, group) : null,
    row: facts,
    focus: focusFacts(snapshot, valueOf(focus) ?? [], unit),
    encoding: encoded && table && { kind: encoded.kind, values: numbersOf(table.table) },
    expected: awaited && expected && { kind: awaited.kind, ...expected },
    said: side === 'source' ? saidOf(snapshot, group) : [],
    written: writtenFact(snapshot, side === 'target' ? index : listed, unit),
    missing:
      address === null
        ? whyNoRow(navigation, snapshot)
        : refusal([row, focus, positions, candidates]),
  };
}

/** Where the model adds something to the embedding; a word of several tokens has no one position. */
function encodedPosition(
  { plan }: TraceSnapshot,
  { first, last }: TokenGroup,
): { readonly position: number; readonly kind: 'sinusoidal' | 'learned' } | null {
  const kind = plan?.model.positionKind.kind;
  if (first !== last || (kind !== 'sinusoidal' && kind !== 'learned')) return null;
  return { position: first, kind };
}

/** The token of the text at which the model tells what it expects: there, or after it. */
function expectedAt(
  { prediction }: TraceSnapshot,
  side: Side,
  { first, last }: TokenGroup,
): { readonly token: number; readonly kind: ExpectedFact['kind'] } | null {
  if (prediction === null || side !== 'source') return null;
  // Of a word: what comes after all of it.
  if (prediction.task === 'nextToken') return { token: last, kind: 'next' };
  const masked = prediction.task === 'maskedToken' && prediction.masks.includes(first);
  return masked ? { token: first, kind: 'mask' } : null;
}

/** What the model wrote while it read the token; while it read a word it wrote several. */
const nextToken = (snapshot: TraceSnapshot, { first, last }: TokenGroup): Token | null =>
  first === last ? (tokensOf(snapshot, 'target')[last + 1] ?? null) : null;

const valueOf = <T>(result: PromiseSettledResult<T>): T | null =>
  result.status === 'fulfilled' ? result.value : null;

/** Why the first question that was refused was refused. */
function refusal(results: readonly PromiseSettledResult<unknown>[]): WireFailure | null {
  for (const result of results)
    if (result.status === 'rejected') return Failure.from(result.reason).toWire();
  return null;
}
