import type { HeadProfile } from '../../../src/protocol/headProfile';
import type { Plan } from '../../../src/protocol/trace';
import { plan as small } from './fakeEngine';

/** Two encoder layers of two heads, one decoder layer of two. */
export const plan: Plan = small;

/** A head that does nothing in particular. */
export const profile = (
  stack: HeadProfile['stack'],
  layer: number,
  head: number,
  measures: Partial<HeadProfile> = {},
): HeadProfile => ({
  ...{ stack, layer, head },
  ...{ entropy: 2, previous: 0.1, next: 0.1, self: 0.1, first: 0.1, special: 0.1 },
  ...{ distance: 3, duplicate: null },
  ...measures,
});

const acrossTexts = { previous: null, next: null, self: null, distance: null, duplicate: null };

/** What the heads of `plan` do. */
export const profiles: readonly HeadProfile[] = [
  profile('encoder', 0, 0, { previous: 0.2, entropy: 1.5 }),
  profile('encoder', 0, 1, { previous: 0.83, entropy: 1.24 }),
  profile('encoder', 1, 0, { previous: 0.2, entropy: 0.5, self: 0.6 }),
  profile('encoder', 1, 1, { previous: 0, entropy: 3 }),
  profile('decoder', 0, 0, { previous: 0.5, next: null }),
  profile('decoder', 0, 1, { previous: 0.4, next: null }),
  profile('cross', 0, 0, acrossTexts),
  profile('cross', 0, 1, acrossTexts),
];
