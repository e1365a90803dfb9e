import { sightOf } from '../../navigation/causality';
import { labelAt } from '../../navigation/labels';
import { colouredSide, chosenSide } from '../../navigation/navigationRules';
import { listedOf, writingSide, writtenFor } from '../../navigation/traceState';
import type { Side } from '../../protocol/address';
import type { ColourScaleChoice } from '../../protocol/readerState';
import type { TokenTable } from '../../protocol/tokenViewMessages';
import type { TraceSnapshot } from '../../protocol/traceSnapshot';
import type { ChosenRow } from '../inspection/rows';

/** All that the *Token* view shows of a row; null if the trace does not know the row's token. */
export function tokenTable(
  snapshot: TraceSnapshot,
  { address, row }: ChosenRow,
  colourScale: ColourScaleChoice,
): TokenTable | null {
  const { stack, direction, token, unit } = address;
  const own = chosenSide(snapshot, stack, direction);
  const listed = listedOf(snapshot, own, unit);
  const chosen = listed[token];
  if (chosen === undefined) return null;
  const side = colouredSide(snapshot, stack, direction);
  // A token may have been written since the row was asked for: the row's length counts.
  const [count = 0] = row.weights.shape;
  return {
    trace: snapshot.trace,
    address,
    chosen,
    label: labelAt(listed, token),
    side,
    others: listedOf(snapshot, side, unit).slice(0, count),
    sight: sightOf(snapshot, address),
    row,
    candidates: own === sideWritten(snapshot) ? candidatesAt(snapshot, address) : null,
    colourScale,
  };
}

/** The side that output tokens stand on; null while that is not known. */
const sideWritten = ({ plan }: TraceSnapshot): Side | null => plan && writingSide(plan);

/** Of a word of several tokens none: each of them had candidates of its own. */
const candidatesAt = (
  snapshot: TraceSnapshot,
  { unit, token }: ChosenRow['address'],
): TokenTable['candidates'] => writtenFor(snapshot, token, unit)?.candidates ?? null;

/** Whether the view would look no different: while output is written, most rows stay as they are. */
export function isSameTable(a: TokenTable, b: TokenTable): boolean {
  return (
    a.trace === b.trace &&
    JSON.stringify(a.address) === JSON.stringify(b.address) &&
    a.others.length === b.others.length &&
    a.candidates === b.candidates &&
    a.colourScale === b.colourScale &&
    a.row.hidden === b.row.hidden &&
    a.row.approximate === b.row.approximate &&
    isSameData(a.row.weights.data, b.row.weights.data) &&
    isSameData(a.row.norms.data, b.row.norms.data)
  );
}

/** Byte by byte: hidden tokens are NaN, which no number equals. */
function isSameData(a: ArrayBuffer, b: ArrayBuffer): boolean {
  if (a === b) return true;
  const [x, y] = [new Uint8Array(a), new Uint8Array(b)];
  return x.length === y.length && x.every((byte, i) => byte === y[i]);
}
