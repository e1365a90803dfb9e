import * as v from 'valibot';
import { Failure } from '../../failure/failure';
import { groupsOn, querySide } from '../../navigation/traceState';
import type { Side } from '../../protocol/address';
import type { Navigation } from '../../protocol/navigation';
import { groupOf } from '../../protocol/words';
import { hoverCommands, type HoverArguments, type HoverCommand } from '../hover/hoverCommands';
import type { Inspection } from '../inspection/inspection';
import type { Inspections } from '../inspection/inspections';
import type { Reader } from '../inspection/reader';
import type { Commands } from './registerCommands';

/** What the links in a hover do. Arguments come from outside and are parsed before use. */
export function hoverActions(
  inspections: Inspections,
  reader: Reader,
  showPanel: (preserveFocus: boolean) => void,
  showView: (view: Navigation['view']) => void,
): Commands {
  const show = (trace: string): Inspection => {
    const inspection = inspections.of(trace);
    if (inspection === null) throw new Failure('trace.gone');
    inspections.show(inspection.key);
    return inspection;
  };
  return {
    'headlight.revealToken': (...args) => {
      const [trace, side, token] = parse('headlight.revealToken', args);
      const index = entryOf(show(trace), side, token);
      reader.choose({ side, index }, true);
      showPanel(false);
    },
    'headlight.showHead': (...args) => {
      const [trace, stack, layer, head, side, position] = parse('headlight.showHead', args);
      const token = { side, index: entryOf(show(trace), side, position), locked: true };
      reader.navigate({ stack, layer, head, direction: 'looksAt', token });
      showPanel(true);
    },
    'headlight.explainWeight': (...args) => {
      // From the palette: of the token on view.
      if (args.length === 0) return showView('steps');
      const [trace, query, key] = parse('headlight.explainWeight', args);
      const { snapshot, navigation } = show(trace);
      const token = { side: querySide(snapshot, navigation.stack), index: query, locked: true };
      reader.navigate({ unit: 'token', direction: 'looksAt', token, key, view: 'steps' });
      showPanel(true);
    },
  };
}

/** A hover names tokens; by now the reader may look at words. */
const entryOf = ({ snapshot, navigation }: Inspection, side: Side, token: number): number =>
  Math.max(0, groupOf(groupsOn(snapshot, side, navigation.unit), token));

/** @throws Failure `internal.unexpected` */
function parse<C extends HoverCommand>(command: C, args: readonly unknown[]): HoverArguments<C> {
  const parsed = v.safeParse(hoverCommands[command], args);
  if (!parsed.success)
    throw new Failure('internal.unexpected', { reason: parsed.issues[0].message });
  return parsed.output;
}
