import { groupsOn } from '../../navigation/traceState';
import type { TokenGroup } from '../../protocol/words';
import type { Inspection } from '../inspection/inspection';
import type { Span } from './trackedText';

/** The tokens of each entry of the inspected text, as the reader lists it: tokens or words. */
export const entriesIn = ({
  snapshot,
  navigation,
}: Pick<Inspection, 'snapshot' | 'navigation'>): readonly TokenGroup[] =>
  groupsOn(snapshot, 'source', navigation.unit);

/** The characters of each entry: a word's are all from its first token's to its last one's. */
export const entrySpans = (
  groups: readonly TokenGroup[],
  spans: readonly (Span | null)[],
): readonly (Span | null)[] =>
  groups.map(({ first, last }) => {
    if (first === last) return spans[first] ?? null;
    const own = spans.slice(first, last + 1).filter((span) => span !== null);
    if (own.length === 0) return null;
    return [Math.min(...own.map(([start]) => start)), Math.max(...own.map(([, end]) => end))];
  });
