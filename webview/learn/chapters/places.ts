/** Where steps lead, computed from the trace on screen. Pure. */
import type { Stack } from '../../../src/protocol/address';
import type { HeadScope } from '../../../src/protocol/change';
import type { HeadAddress } from '../../../src/protocol/headProfile';
import type { NavigationChange } from '../../../src/protocol/navigation';
import { readingStack } from '../../../src/navigation/traceState';
import { visibleLabel } from '../../../src/navigation/labels';
import type { Lesson } from './chapter';

/** The stack whose self-attention a step speaks of: the one on screen, or the one that reads the text. */
export function stackOf({ navigation, plan }: Lesson): Stack {
  const reading = readingStack(plan);
  const both = plan.model.architecture === 'encoderDecoder';
  return both && navigation.stack === 'decoder' ? 'decoder' : reading;
}

/** One single head: the chosen one, else the first of the chosen layer. */
export function oneHead({ navigation }: Lesson, stack: Stack): HeadAddress {
  const { layer, head } = navigation;
  return {
    stack,
    layer: typeof layer === 'number' ? layer : 0,
    head: typeof head === 'number' ? head : 0,
  };
}

/** To a view of one head and of what a token looks at. */
export const toHead = (
  lesson: Lesson,
  view: NavigationChange['view'] & string,
  stack: Stack = stackOf(lesson),
): NavigationChange => ({
  ...oneHead(lesson, stack),
  view,
  unit: 'token',
  direction: 'looksAt',
});

export const wholeStack = (stack: Stack): HeadScope => ({ stack, layer: 'all', head: 'all' });

/** A token of the reader's text. */
export interface Place {
  readonly index: number;
  readonly label: string;
}

/** The second place of a token that stands twice in the text; null: none does. */
export function repeated({ plan }: Lesson): (Place & { readonly first: number }) | null {
  const seen = new Map<number, number>();
  for (const [index, token] of plan.source.entries()) {
    if (token.special || !/\p{L}/u.test(token.label)) continue;
    const first = seen.get(token.id);
    if (first !== undefined) return { index, first, label: visibleLabel(token) };
    seen.set(token.id, index);
  }
  return null;
}

/** Two ordinary tokens of the text that differ, the farther apart the better; null: there are none. */
export function twoTokens({ plan }: Lesson): readonly [Place, Place] | null {
  const words = plan.source.flatMap((token, index) =>
    token.special || !/\p{L}/u.test(token.label) ? [] : [{ index, label: visibleLabel(token) }],
  );
  const first = words[0];
  const last = words.findLast(({ label }) => label !== first?.label);
  return first === undefined || last === undefined ? null : [first, last];
}
