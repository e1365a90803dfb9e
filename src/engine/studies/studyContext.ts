import type { Cancellation } from '../../failure/cancellation';
import { Failure } from '../../failure/failure';
import type { Change } from '../../protocol/change';
import type { HookName } from '../../transformer/probe';
import { LoadedModel } from '../loadedModel';
import type { Replay } from '../replay/replay';
import { replayRun } from '../replay/replayRun';
import type { Trace } from '../trace';

/** Part of a study's whole work: `[from, to)` of 1. */
export interface Share {
  readonly from: number;
  readonly to: number;
}

const WHOLE: Share = { from: 0, to: 1 };

/** What a study has: a trace, the model that made it, and the model's time. */
export class StudyContext {
  readonly model: LoadedModel;

  constructor(
    readonly trace: Trace,
    readonly signal: Cancellation,
    /** Told the fraction of the study that is done. */
    readonly progress: (fraction: number) => void,
    /** Lets messages in. */
    readonly breathe: () => Promise<void>,
  ) {
    // A trace outlives no model: whoever asks holds one that runs.
    if (!(trace.model instanceof LoadedModel)) throw new Failure('trace.gone');
    // Passes made now would stand beside numbers of a preview that was never replaced.
    if (trace.isApproximate) throw new Failure('trace.approximate');
    this.model = trace.model;
  }

  /**
   * Another pass over the trace's tokens, with changes: a kept one if it has the hooks asked for.
   * @throws Failure `memory.run`, `run.cancelled`, `change.*`
   */
  async replay(
    changes: readonly Change[],
    names: readonly HookName[],
    share: Share = WHOLE,
  ): Promise<Replay> {
    const { trace, model, signal, breathe } = this;
    const key = JSON.stringify(changes);
    const kept = trace.replays.find(key);
    if (kept && names.every((name) => kept.has(name))) return kept;
    const missing = kept ? names.filter((name) => !kept.has(name)) : names;
    const progress = (fraction: number): void =>
      this.progress(share.from + (share.to - share.from) * fraction);
    const fresh = await replayRun(trace, model, changes, missing, { signal, progress, breathe });
    const replay = kept ? kept.with(fresh) : fresh;
    // Of more than can be kept, what was asked for last.
    trace.replays.keep(key, [replay, fresh]);
    return replay;
  }
}
