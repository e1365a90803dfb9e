import * as v from 'valibot';
import { Failure } from '../../failure/failure';
import { hoverCommands, type HoverArguments, type HoverCommand } from '../hover/hoverCommands';
import type { Inspections } from '../inspection/inspections';
import type { Reader } from '../inspection/reader';
import type { Commands } from './registerCommands';

/** What the links in a hover do. Arguments come from outside and are parsed before use. */
export function hoverActions(
  inspections: Inspections,
  reader: Reader,
  showPanel: (preserveFocus: boolean) => void,
): Commands {
  const show = (trace: string): void => {
    const inspection = inspections.of(trace);
    if (inspection === null) throw new Failure('trace.gone');
    inspections.show(inspection.key);
  };
  return {
    'headlight.revealToken': (...args) => {
      const [trace, side, index] = parse('headlight.revealToken', args);
      show(trace);
      reader.choose({ side, index }, true);
      showPanel(false);
    },
    'headlight.showHead': (...args) => {
      const [trace, stack, layer, head, side, index] = parse('headlight.showHead', args);
      show(trace);
      const token = { side, index, locked: true };
      reader.navigate({ stack, layer, head, direction: 'looksAt', token });
      showPanel(true);
    },
  };
}

/** @throws Failure `internal.unexpected` */
function parse<C extends HoverCommand>(command: C, args: readonly unknown[]): HoverArguments<C> {
  const parsed = v.safeParse(hoverCommands[command], args);
  if (!parsed.success)
    throw new Failure('internal.unexpected', { reason: parsed.issues[0].message });
  return parsed.output;
}
