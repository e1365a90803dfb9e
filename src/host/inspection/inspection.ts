import { atNewestLayer, settle } from '../../navigation/navigationRules';
import type { Navigation } from '../../protocol/navigation';
import type { DocumentLink } from '../../protocol/readerState';
import type { TraceSnapshot } from '../../protocol/traceSnapshot';
import type { Subject } from './subject';

/** A subject, its run as far as it has come, and where the reader stands in it. */
export interface Inspection {
  /** Stays the same when the same place is run anew; the trace does not. */
  readonly key: number;
  readonly subject: Subject;
  readonly snapshot: TraceSnapshot;
  readonly navigation: Navigation;
  /** Until the reader chooses a matrix, the view goes along with the newest encoder layer. */
  readonly following: boolean;
  readonly link: DocumentLink;
}

/** Where the reader stands once the trace's newest events are taken in: within its bounds, at its newest layer. */
export function standing({ navigation, following, snapshot }: Inspection): Navigation {
  return settle(following ? atNewestLayer(navigation, snapshot) : navigation, snapshot);
}

export const isRunning = ({ snapshot }: Inspection): boolean => snapshot.outcome === null;

/** Its numbers left the engine's memory (budget, crash); the same text can be run anew. */
export const isGone = ({ snapshot }: Inspection): boolean =>
  snapshot.failure?.code === 'trace.gone';

/** Whether two navigations are the same, so that nobody is told of a move that is none. */
export const sameNavigation = (a: Navigation, b: Navigation): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
