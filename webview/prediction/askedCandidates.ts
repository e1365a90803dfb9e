/** The candidates at tokens of the trace on screen: each asked for once, when it is first shown. */
import { Failure, type WireFailure } from '../../src/failure/failure';
import type { Answer } from '../../src/protocol/queries';
import type { TraceId } from '../../src/protocol/trace';
import type { Commands } from '../inspector/view';

export interface Asked {
  readonly answer: Answer<'candidates'> | null;
  readonly failure: WireFailure | null;
}

const asking: Asked = { answer: null, failure: null };

/** Moving along a text touches many tokens; an answer holds but a handful of candidates. */
const MOST_KEPT = 256;

export class AskedCandidates {
  private readonly known = new Map<number, Asked>();
  private life = new AbortController();
  private trace: TraceId | null = null;

  constructor(
    private readonly ask: Commands['ask'],
    private readonly changed: () => void,
  ) {}

  /** Forgets what was asked about another trace. */
  follow(trace: TraceId): void {
    if (trace === this.trace) return;
    this.trace = trace;
    this.life.abort();
    this.life = new AbortController();
    this.known.clear();
  }

  at(token: number): Asked {
    const known = this.known.get(token);
    if (known === undefined) void this.fetch(token);
    return known ?? asking;
  }

  private async fetch(token: number): Promise<void> {
    const oldest = this.known.keys().next();
    if (this.known.size >= MOST_KEPT && oldest.done === false) this.known.delete(oldest.value);
    this.known.set(token, asking);
    const { signal } = this.life;
    try {
      const answer = await this.ask('candidates', { token }, signal);
      if (!signal.aborted) this.known.set(token, { answer, failure: null });
    } catch (error) {
      if (!signal.aborted)
        this.known.set(token, { answer: null, failure: Failure.from(error).toWire() });
      else if (!(error instanceof Failure)) throw error;
    }
    if (!signal.aborted) this.changed();
  }
}
