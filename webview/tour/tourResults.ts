/** What was found out about pairs of sentences: kept for as long as the page lives. */
import type { TourPair } from '../../src/protocol/studies/tour';
import type { TraceId } from '../../src/protocol/trace';
import { Latest } from '../inspector/latest';
import type { Commands, View } from '../inspector/view';

/** One pair under one model. */
export interface PairResults {
  readonly flips: Latest<'tour'>;
  readonly muting: Latest<'tourMuting'>;
}

type Study = 'tour' | 'tourMuting';

export class TourResults {
  private readonly known = new Map<string, PairResults>();
  /** Whose model answers; a study goes with its trace. */
  private readonly asked = new WeakMap<object, TraceId>();
  private trace: TraceId | null = null;

  constructor(
    private readonly commands: Pick<Commands, 'ask'>,
    private readonly changed: () => void,
  ) {}

  of({ snapshot }: View, pair: TourPair): PairResults {
    this.trace = snapshot.trace;
    const { plan } = snapshot;
    const { name, className, parameters } = plan!.model;
    const key = JSON.stringify([name, className, parameters, plan!.language, pair]);
    const kept = this.known.get(key) ?? {
      flips: this.latest('tour'),
      muting: this.latest('tourMuting'),
    };
    this.known.set(key, kept);
    this.askAgain(kept.flips);
    this.askAgain(kept.muting);
    return kept;
  }

  private latest<N extends Study>(name: N): Latest<N> {
    const latest: Latest<N> = new Latest<N>((question, signal, progress) => {
      this.asked.set(latest, this.trace!);
      return this.commands.ask(name, question, signal, progress);
    }, this.changed);
    return latest;
  }

  /** The sentences are the study's own: where its trace left, another of the model serves as well. */
  private askAgain(latest: Latest<'tour'> | Latest<'tourMuting'>): void {
    const isGone = latest.known.failure?.code === 'trace.gone';
    if (isGone && this.asked.get(latest) !== this.trace) latest.retry();
  }
}
