import { Failure } from '../../failure/failure';
import { rowAddress } from '../../navigation/navigationRules';
import { whyNoRow } from '../../navigation/whyNoRow';
import type { Copy } from '../../protocol/panelMessages';
import type { TraceSnapshot } from '../../protocol/traceSnapshot';
import type { Inspections } from '../inspection/inspections';

/** The row that the reader stands on, as CSV into the clipboard. @throws Failure `trace.*` if there is none */
export async function copyRow(
  { current }: Pick<Inspections, 'current'>,
  copy: (snapshot: TraceSnapshot, what: Copy) => Promise<unknown>,
): Promise<void> {
  if (current === null) throw new Failure('trace.gone');
  const { navigation, snapshot } = current;
  const address = rowAddress(navigation, snapshot, null);
  if (address === null) {
    const { code, args } = whyNoRow(navigation, snapshot);
    throw new Failure(code, args);
  }
  await copy(snapshot, { what: 'rowCsv', address });
}
