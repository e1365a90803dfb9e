import { Failure } from '../../failure/failure';
import type { Navigation } from '../../protocol/navigation';
import type { Inspections } from '../inspection/inspections';
import type { Reader } from '../inspection/reader';

/** Shows one view of the panel, of the text that was inspected last. @throws Failure `trace.none` */
export function showView(
  view: Navigation['view'],
  { current }: Pick<Inspections, 'current'>,
  reader: Pick<Reader, 'navigate'>,
  showPanel: (preserveFocus: boolean) => void,
): void {
  if (current === null) throw new Failure('trace.none');
  reader.navigate({ view });
  showPanel(false);
}
