/** The commands that links in a hover may run, and what they are told. */
import * as v from 'valibot';
import { indexSchema, sideSchema, stackSchema } from '../../protocol/address';
import { traceIdSchema } from '../../protocol/trace';

/**
 * Command → its arguments. Whoever runs a command gives them, a keybinding or another extension as
 * well: they are parsed, never believed.
 */
export const hoverCommands = {
  /** Shows the panel at this token. */
  'headlight.revealToken': v.tuple([traceIdSchema, sideSchema, indexSchema]),
  /** Shows what this head (stack, layer, head) looks at from this token (side, index). */
  'headlight.showHead': v.tuple([
    traceIdSchema,
    stackSchema,
    indexSchema,
    indexSchema,
    sideSchema,
    indexSchema,
  ]),
  /** Takes the weight of a link apart: from this token (query) to that one (key), in the head on view. */
  'headlight.explainWeight': v.tuple([traceIdSchema, indexSchema, indexSchema]),
  /** Runs the text of this trace as it stands in the document now. */
  'headlight.inspectAgain': v.tuple([traceIdSchema]),
} as const;

export type HoverCommand = keyof typeof hoverCommands;
export type HoverArguments<C extends HoverCommand> = v.InferOutput<(typeof hoverCommands)[C]>;

/** For `isTrusted`: a link to any other command stays without effect. */
export const enabledCommands: readonly string[] = Object.keys(hoverCommands);

/** The address of a link that runs a command. */
export function commandAddress<C extends HoverCommand>(
  command: C,
  args: HoverArguments<C>,
): string {
  // Parentheses are the one thing that URI encoding leaves and a Markdown link ends at.
  const encoded = encodeURIComponent(JSON.stringify(args))
    .replaceAll('(', '%28')
    .replaceAll(')', '%29');
  return `command:${command}?${encoded}`;
}
