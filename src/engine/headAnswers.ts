/** Answers about heads: what each does on the text, and which look most sharply from a token. */
import type { AttendedText } from '../analysis/attendedText';
import { headFocus } from '../analysis/headFocus';
import { HeadProfiler } from '../analysis/headProfiler';
import { groupsRead } from '../analysis/tokenGroup';
import type { Side, Stack } from '../protocol/address';
import type { Answer, Question } from '../protocol/queries';
import { keySide, querySide, stacksOf } from '../protocol/stacks';
import type { Trace } from './trace';
import {
  checkRead,
  checkToken,
  entriesOn,
  lastSeen,
  specialsOf,
  tokensOf,
  viewOf,
} from './traceTokens';

/** Every head of every layer computed so far, in the order of stack, layer, head. */
export function headProfiles(trace: Trace, { hideSpecials }: Question<'heads'>): Answer<'heads'> {
  return stacksOf(trace.architecture).flatMap((stack) => {
    const queries = textOf(trace, querySide(trace.architecture, stack));
    const keys = textOf(trace, keySide(trace.architecture, stack));
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
 * The heads that look most sharply from a token, or a word.
 * @throws Failure `trace.noToken`, `trace.notRead`
 */
export function headFocuses(trace: Trace, question: Question<'focus'>): Answer<'focus'> {
  const { side, token, hideSpecials, unit, count } = question;
  const specials = specialsOf(trace, side, unit);
  checkToken(token, specials.length);
  if (hideSpecials && specials[token]!) return [];
  return stacksOf(trace.architecture)
    .filter((stack) => querySide(trace.architecture, stack) === side)
    .flatMap((stack) => focusesIn(trace, stack, question))
    .sort((a, b) => a.entropy - b.entropy || a.layer - b.layer || a.head - b.head)
    .slice(0, count);
}

/** Of every head of a stack. A row with a single key has no choice: that it is sharp says nothing. */
function focusesIn(
  trace: Trace,
  stack: Stack,
  { side, token, hideSpecials, unit }: Question<'focus'>,
): Answer<'focus'> {
  const computed = trace.computed(stack);
  const [first] = computed;
  if (!first) return [];
  const entries = entriesOn(trace, side, unit);
  const read = groupsRead(entries, first[1].attention.queries);
  checkRead(trace, side, unit, token, read.length);
  const seen = lastSeen(trace, stack, read[token]!.last);
  const asked = keySide(trace.architecture, stack);
  const specials = specialsOf(trace, asked, unit);
  const choices = entriesOn(trace, asked, unit).filter(
    (entry, place) => entry.first <= seen && !(hideSpecials && specials[place]!),
  ).length;
  if (choices < 2) return [];
  return computed.flatMap(([layer, { attention }]) => {
    // Within a step the deeper layers are a query behind.
    if (entries[token]!.first >= attention.queries) return [];
    const view = viewOf(trace, { stack, hideSpecials, unit }, attention);
    return Array.from({ length: attention.heads }, (_, head) => {
      const focus = headFocus(attention, head, token, view);
      return focus ? [{ stack, layer, head, ...focus }] : [];
    }).flat();
  });
}

function textOf(trace: Trace, side: Side): AttendedText {
  const tokens = tokensOf(trace, side);
  return { ids: tokens.map(({ id }) => id), special: tokens.map(({ special }) => special) };
}
