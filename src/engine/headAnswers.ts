/** Answers about heads: what each does on the text, and which look most sharply from a token. */
import type { AttendedText } from '../analysis/attendedText';
import { headFocus } from '../analysis/headFocus';
import { HeadProfiler } from '../analysis/headProfiler';
import type { Stack } from '../protocol/address';
import type { Answer, Question, Side } from '../protocol/queries';
import type { Trace } from './trace';
import {
  checkRead,
  checkToken,
  hiddenIn,
  keySide,
  querySide,
  specialsOf,
  tokensOf,
} from './traceTokens';

const STACKS: readonly Stack[] = ['encoder', 'decoder', 'cross'];

/** Every head of every layer computed so far, in the order of stack, layer, head. */
export function headProfiles(trace: Trace, { hideSpecials }: Question<'heads'>): Answer<'heads'> {
  return STACKS.flatMap((stack) => {
    const queries = textOf(trace, querySide(stack));
    const keys = textOf(trace, keySide(stack));
    const profiler = new HeadProfiler({ stack, queries, keys, hideSpecials });
    return trace
      .computed(stack)
      .flatMap(([layer, record]) =>
        record
          .headMeasures(profiler)
          .map((measures, head) => ({ stack, layer, head, ...measures })),
      );
  });
}

/**
 * The heads that look most sharply from a token.
 * @throws Failure `trace.noToken`, `trace.notRead`
 */
export function headFocuses(
  trace: Trace,
  { side, token, hideSpecials, count }: Question<'focus'>,
): Answer<'focus'> {
  const tokens = tokensOf(trace, side);
  checkToken(token, tokens.length);
  if (hideSpecials && tokens[token]!.special) return [];
  return STACKS.filter((stack) => querySide(stack) === side)
    .flatMap((stack) => focusesIn(trace, stack, token, hideSpecials))
    .sort((a, b) => a.entropy - b.entropy || a.layer - b.layer || a.head - b.head)
    .slice(0, count);
}

/** Of every head of a stack. A row with a single key has no choice: that it is sharp says nothing. */
function focusesIn(
  trace: Trace,
  stack: Stack,
  token: number,
  hideSpecials: boolean,
): Answer<'focus'> {
  const computed = trace.computed(stack);
  const [first] = computed;
  if (!first) return [];
  checkRead(trace, querySide(stack), token, first[1].attention.queries);
  // The decoder's mask leaves what comes later out.
  const seen = stack === 'decoder' ? token + 1 : trace.source.length;
  const keys = specialsOf(trace, keySide(stack)).slice(0, seen);
  const choices = keys.filter((special) => !(hideSpecials && special)).length;
  if (choices < 2) return [];
  const hide = hiddenIn(trace, stack, hideSpecials);
  return computed.flatMap(([layer, { attention }]) => {
    // Within a step the deeper layers are a query behind.
    if (token >= attention.queries) return [];
    return Array.from({ length: attention.heads }, (_, head) => {
      const focus = headFocus(attention, head, token, hide);
      return focus ? [{ stack, layer, head, ...focus }] : [];
    }).flat();
  });
}

function textOf(trace: Trace, side: Side): AttendedText {
  const tokens = tokensOf(trace, side);
  return { ids: tokens.map(({ id }) => id), special: tokens.map(({ special }) => special) };
}
