/** What the hover of an output token tells: how it was chosen, and what the model looked at. */
import { Failure, type WireFailure } from '../../failure/failure';
import { queryOfStep, toStep } from '../../navigation/film';
import { rowAddress, settle } from '../../navigation/navigationRules';
import { givenCount, tokensOf, writingSide } from '../../navigation/traceState';
import { whyNoRow } from '../../navigation/whyNoRow';
import type { Side } from '../../protocol/address';
import type { Navigation } from '../../protocol/navigation';
import type { ColourScaleChoice } from '../../protocol/readerState';
import type { Token, TraceId, WrittenToken } from '../../protocol/trace';
import type { Sources } from '../hover/gatherFacts';
import { rowFacts, type RowFacts } from '../hover/hoverFacts';
import type { Inspection } from '../inspection/inspection';

export interface OutputFacts {
  readonly trace: TraceId;
  readonly side: Side;
  /** Counted from 0, and how many there are so far. */
  readonly step: number;
  readonly steps: number;
  readonly written: WrittenToken;
  /** The token that was read to write it, and its place on the writing side. */
  readonly query: Token;
  readonly index: number;
  /** As if the reader stood at the step. */
  readonly navigation: Navigation;
  readonly row: RowFacts | null;
  /** Why there is no row. */
  readonly missing: WireFailure | null;
  /** The text was edited since. */
  readonly stale: boolean;
}

/** Null: nothing is written there. */
export async function outputFacts(
  { rows }: Pick<Sources, 'rows'>,
  { snapshot, navigation: standing, link }: Pick<Inspection, 'snapshot' | 'navigation' | 'link'>,
  /** Place on the writing side. */
  token: number,
  colourScale: ColourScaleChoice,
): Promise<OutputFacts | null> {
  const { plan, trace } = snapshot;
  const step = token - givenCount(snapshot);
  const written = snapshot.written[step];
  if (plan === null || written === undefined) return null;
  const side = writingSide(plan);
  const index = queryOfStep(snapshot, step);
  const query = tokensOf(snapshot, side)[index];
  if (query === undefined) return null;
  const navigation = settle({ ...standing, ...toStep(snapshot, standing, step) }, snapshot);
  const address = rowAddress(navigation, snapshot, null);
  const facts = {
    ...{ trace, side, step, written, query, index, navigation },
    steps: snapshot.written.length,
    stale: link === 'stale',
  };
  if (address === null) return { ...facts, row: null, missing: whyNoRow(navigation, snapshot) };
  try {
    const row = rowFacts(snapshot, address, await rows.ask(snapshot, address), colourScale);
    return { ...facts, row, missing: null };
  } catch (thrown) {
    return { ...facts, row: null, missing: Failure.from(thrown).toWire() };
  }
}
