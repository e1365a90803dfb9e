import type { Writing } from '../../../src/protocol/writing';
import type { View } from '../../inspector/view';

/**
 * How the output on screen was asked for; null: nothing is written. A branch that is shown again is
 * read from its tokens: how it was written then, its branch knows.
 */
export const writingOnScreen = ({
  snapshot,
  reader,
}: Pick<View, 'snapshot' | 'reader'>): Writing | null =>
  snapshot.plan?.writing == null
    ? null
    : (reader.branches.find(({ shown }) => shown)?.writing ?? snapshot.plan.writing);
