import { Failure, type WireFailure } from '../../failure/failure';
import {
  choosing,
  colouredSide,
  rowAddress,
  settle,
  type ChosenToken,
} from '../../navigation/navigationRules';
import { tokensOf } from '../../navigation/traceState';
import { whyNoRow } from '../../navigation/whyNoRow';
import type { Answer } from '../../protocol/queries';
import type { ColourScaleChoice } from '../../protocol/readerState';
import { numbersOf } from '../../protocol/wireTensor';
import type { EngineClient } from '../engine/engineClient';
import type { Inspection } from '../inspection/inspection';
import type { Rows } from '../inspection/rows';
import { focusFacts, rowFacts, writtenFact, type HoverFacts } from './hoverFacts';

/** Heads named; the side panel sorts all of them. */
const FOCUS_HEADS = 3;

/** Where the answers come from: the trace in memory, never a new run. */
export interface Sources {
  readonly rows: Pick<Rows, 'ask'>;
  readonly engine: Pick<EngineClient, 'ask'>;
}

/**
 * All there is to tell about a token. The questions go out together; one that is refused leaves
 * what the others answer.
 */
export async function gatherFacts(
  sources: Sources,
  { snapshot, navigation: standing }: Pick<Inspection, 'snapshot' | 'navigation'>,
  { side, index }: ChosenToken,
  { stale, colourScale }: { readonly stale: boolean; readonly colourScale: ColourScaleChoice },
): Promise<HoverFacts | null> {
  const tokens = tokensOf(snapshot, side);
  const token = tokens[index];
  if (token === undefined) return null;
  const navigation = settle(choosing(standing, { side, index }, false), snapshot);
  const { direction, stack, hideSpecials } = navigation;
  const address = rowAddress(navigation, snapshot, null);
  const { trace } = snapshot;
  const [row, focus, positions] = await Promise.allSettled([
    address && sources.rows.ask(snapshot, address),
    sources.engine.ask(trace, {
      name: 'focus',
      question: { side, token: index, hideSpecials, count: FOCUS_HEADS },
    }),
    sources.engine.ask(trace, {
      name: 'positions',
      question: { side, from: index, to: index + 1 },
    }),
  ]);
  const answered = valueOf(row);
  const facts = address && answered && rowFacts(snapshot, address, answered, colourScale);
  const listed =
    colouredSide(stack, direction) === 'target' ? facts?.links[0]?.position : undefined;
  return {
    trace,
    side,
    index,
    last: tokens.length - 1,
    token,
    stale,
    navigation,
    next: side === 'target' && direction === 'looksAt' ? (tokens[index + 1] ?? null) : null,
    row: facts,
    focus: focusFacts(snapshot, valueOf(focus) ?? []),
    encoding: encodingIn(valueOf(positions)),
    written: writtenFact(snapshot, side === 'target' ? index : listed),
    missing: address === null ? whyNoRow(navigation, snapshot) : refusal([row, focus, positions]),
  };
}

const valueOf = <T>(result: PromiseSettledResult<T>): T | null =>
  result.status === 'fulfilled' ? result.value : null;

/** Why the first question that was refused was refused. */
function refusal(results: readonly PromiseSettledResult<unknown>[]): WireFailure | null {
  for (const result of results)
    if (result.status === 'rejected') return Failure.from(result.reason).toWire();
  return null;
}

const encodingIn = (positions: Answer<'positions'> | null): Float32Array | null =>
  positions === null ? null : numbersOf(positions.table);
