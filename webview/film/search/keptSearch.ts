/**
 * The search that a card shows: that of the trace on screen, else the last one of the same text, so
 * that whoever looks at another of its outputs still sees what they were chosen among.
 */
import { isRunning } from '../../../src/navigation/traceState';
import type { TraceId } from '../../../src/protocol/trace';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';

export interface SearchSeen {
  readonly trace: TraceId;
  readonly search: NonNullable<TraceSnapshot['search']>;
  /** No step follows. */
  readonly over: boolean;
}

/** What a search is about. */
const aboutOf = ({ plan }: TraceSnapshot): string =>
  JSON.stringify(plan === null ? null : [plan.model.name, plan.language, plan.text, plan.pair]);

export class KeptSearch {
  private kept: SearchSeen | null = null;
  private about = '';

  /** Null: the text was never searched for. */
  see(snapshot: TraceSnapshot): SearchSeen | null {
    const { trace, search, plan } = snapshot;
    if (plan === null) return null;
    const about = aboutOf(snapshot);
    if (search !== null && search.steps.length > 0) {
      const over = search.hypotheses.length > 0 || !isRunning(snapshot);
      this.kept = { trace, search, over };
    } else if (
      about !== this.about ||
      (plan.writing?.search.kind === 'beam' && plan.writing.further)
    )
      this.kept = null;
    this.about = about;
    return this.kept;
  }
}
