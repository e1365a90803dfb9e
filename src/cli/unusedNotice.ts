import { Failure, type WireFailure } from '../failure/failure';
import type { ModelSummary } from '../protocol/trace';

/** What a checkpoint holds that its model does not use: a sign that config.json is another's. Null: nothing. */
export function unusedNotice({ unusedTensors }: ModelSummary): WireFailure | null {
  const { names, count } = unusedTensors;
  if (count === 0) return null;
  const shown = count > names.length ? [...names, '…'] : names;
  return new Failure('notice.unusedTensors', { count, names: shown.join(', ') }).toWire();
}
