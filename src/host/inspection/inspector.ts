import type { WireFailure } from '../../failure/failure';
import type { TraceEvent } from '../../protocol/engineMessages';
import {
  initialNavigation,
  type Navigation,
  type TraceSnapshot,
} from '../../protocol/panelMessages';
import type { TraceId } from '../../protocol/trace';
import { DisposableStore, type Disposable } from '../disposables';
import type { EngineClient, EngineGone } from '../engine/engineClient';
import { applyEvent, emptySnapshot } from '../../protocol/traceMirror';
import { Signal } from '../signal';
import type { Notice } from './notice';
import type { Subject } from './subject';

/** A subject, its run as far as it has come, and where the reader stands in it. */
export interface Inspection {
  readonly subject: Subject;
  readonly snapshot: TraceSnapshot;
  readonly navigation: Navigation;
}

/** Nothing is in the engine's memory any more, so nothing is counted there. */
const NO_MEMORY = { tensors: 0, weights: 0, traceBytes: 0, traces: 0 };

/**
 * What is being inspected in this window: one subject at a time. A newer one releases the older;
 * after a crash of the engine the same one is run anew under a new trace id, so that nothing of the
 * dead engine can be mistaken for news. Knows neither panel nor editor: they listen.
 */
export class Inspector implements Disposable {
  /** A new trace takes the place of the one before. */
  readonly traces = new Signal<Inspection>();
  /** The current trace went on; its snapshot has the event already. */
  readonly events = new Signal<TraceEvent>();
  readonly notices = new Signal<Notice | null>();
  readonly navigated = new Signal<Inspection>();
  readonly released = new Signal<void>();
  private inspection: Inspection | null = null;
  private lastSubject: Subject | null = null;
  private standingNotice: Notice | null = null;
  /** What the engine said of itself when it came up: true as long as it lives. */
  private engineNotice: Notice | null = null;
  private readonly store = new DisposableStore();

  constructor(
    private readonly engine: EngineClient,
    private readonly nextTrace: () => TraceId,
  ) {
    this.store.add(engine.events.on((event) => this.apply(event)));
    this.store.add(engine.gone.on((gone) => this.engineGone(gone)));
    this.store.add(
      engine.ups.on(({ notice }) => {
        this.engineNotice = notice && { severity: 'info', failure: notice };
        if (notice !== null) this.notify(this.engineNotice);
      }),
    );
  }

  get current(): Inspection | null {
    return this.inspection;
  }

  /** The subject last inspected, also after its panel was closed. */
  get last(): Subject | null {
    return this.lastSubject;
  }

  /** What a page that opens now has to be told. */
  get notice(): Notice | null {
    return this.standingNotice;
  }

  get running(): boolean {
    return this.inspection !== null && this.inspection.snapshot.outcome === null;
  }

  /** The reader asks for a run. */
  inspect(subject: Subject, navigation: Navigation = this.navigationFor(subject)): void {
    this.engine.forgive();
    this.start(subject, navigation);
    this.notify(this.engineNotice);
  }

  /** The last subject once more, in another language if one is given. */
  again(language: string | null = null): void {
    const subject = this.lastSubject;
    if (subject !== null) this.inspect({ ...subject, language: language ?? subject.language });
  }

  cancel(): void {
    if (this.inspection !== null && this.running)
      this.engine.tell({ type: 'cancel', trace: this.inspection.snapshot.trace });
  }

  /** Nobody looks any more: the engine may stop and forget. */
  release(): void {
    if (this.inspection === null) return;
    this.engine.tell({ type: 'release', trace: this.inspection.snapshot.trace });
    this.inspection = null;
    this.notify(null);
    this.released.emit();
  }

  navigate(navigation: Navigation): void {
    if (this.inspection === null) return;
    this.inspection = { ...this.inspection, navigation };
    this.navigated.emit(this.inspection);
  }

  dispose(): void {
    this.store.dispose();
  }

  private start(subject: Subject, navigation: Navigation): void {
    const before = this.inspection;
    const trace = this.nextTrace();
    this.lastSubject = subject;
    const inspection = { subject, navigation, snapshot: emptySnapshot(trace, subject.origin) };
    this.inspection = inspection;
    // First the old, so that the engine has stopped and freed it when it comes to the new.
    if (before !== null) this.engine.tell({ type: 'release', trace: before.snapshot.trace });
    this.traces.emit(inspection);
    this.engine.run({
      type: 'run',
      trace,
      model: subject.model.folder,
      text: subject.text,
      language: subject.language,
      maxNewTokens: null,
      trainedTokens: subject.model.trainedTokens,
    });
  }

  /** View, layer and head stay as the reader left them; tokens belong to their text. */
  private navigationFor(subject: Subject): Navigation {
    const before = this.inspection;
    if (before === null || before.subject.model.folder !== subject.model.folder)
      return initialNavigation;
    const { token } = before.navigation;
    const kept = before.subject.text === subject.text && token?.side === 'source' ? token : null;
    return { ...before.navigation, token: kept };
  }

  private apply(event: TraceEvent): void {
    const before = this.inspection;
    // A straggler of a released trace concerns nobody.
    if (before === null || event.trace !== before.snapshot.trace) return;
    this.inspection = { ...before, snapshot: applyEvent(before.snapshot, event) };
    this.events.emit(event);
  }

  private engineGone({ failure, again }: EngineGone): void {
    this.engineNotice = null;
    const before = this.inspection;
    if (before === null) return;
    const { outcome } = before.snapshot;
    if (again && (outcome === null || outcome === 'complete')) {
      this.start(before.subject, before.navigation);
      // After the trace, so that the reader finds the words beside the run they speak of.
      this.notify({ severity: 'error', failure });
      return;
    }
    if (!again) this.notify({ severity: 'error', failure });
    this.apply(outcome === null ? this.failed(before.snapshot, failure) : this.evicted(before));
  }

  private failed(snapshot: TraceSnapshot, failure: WireFailure): TraceEvent {
    return {
      type: 'finished',
      trace: snapshot.trace,
      outcome: 'failed',
      failure,
      output: snapshot.output,
      milliseconds: 0,
      memory: NO_MEMORY,
    };
  }

  private evicted({ snapshot }: Inspection): TraceEvent {
    return { type: 'evicted', trace: snapshot.trace };
  }

  private notify(notice: Notice | null): void {
    this.standingNotice = notice;
    this.notices.emit(notice);
  }
}
