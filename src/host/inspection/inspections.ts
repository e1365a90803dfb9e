import type { TraceEvent } from '../../protocol/engineMessages';
import type { PreviewChoice } from '../../protocol/preview';
import type { TraceId } from '../../protocol/trace';
import { applyEvent, emptySnapshot } from '../../protocol/traceMirror';
import { DisposableStore, type Disposable } from '../disposables';
import type { EngineClient, EngineGone } from '../engine/engineClient';
import { Signal } from '../signal';
import { failedEvent } from './failedEvent';
import { isGone, isRunning, sameNavigation, standing, type Inspection } from './inspection';
import { beginningAfter, linkAfter, type Beginning } from './beginning';
import { EngineNotices } from './engineNotices';
import { inDocument, surplus } from './holding';
import { changedSubject, type Subject } from './subject';

/** What may be changed of an inspection without running it anew. */
export type InspectionChange = Partial<Pick<Inspection, 'navigation' | 'following' | 'link'>>;

/**
 * All that is inspected in this window. One inspection is current: every view shows it. Others stay
 * as long as something holds them (an open document that shows their text, the pin), so that a
 * cursor that comes back to an earlier sentence finds its numbers. One run at a time: a newer one
 * takes the place of one that has not finished. Knows neither panel nor editor: they listen.
 */
export class Inspections implements Disposable {
  /** Another inspection is current, or the current one runs under a new trace. */
  readonly shown = new Signal<Inspection>();
  /** A trace went on; the inspection has the event already. */
  readonly events = new Signal<{ readonly inspection: Inspection; readonly event: TraceEvent }>();
  /** The reader moved in an inspection, or its document did. */
  readonly changed = new Signal<Inspection>();
  /** Nothing held it any more: it is gone. */
  readonly dropped = new Signal<Inspection>();
  readonly notices: EngineNotices;
  /** The subject last inspected, also after all that showed it was closed. */
  last: Subject | null = null;
  private readonly store = new DisposableStore();
  /** The one used longest ago first. */
  private readonly held = new Map<number, Inspection>();
  private currentKey: number | null = null;
  private readonly pinned = new Set<number>();
  /** Pinned ones that a crash or another run took from the engine: they are run anew by themselves. */
  private readonly interrupted = new Set<number>();
  private panelOpen = false;
  /** A run is about to be asked for. */
  private starts = false;
  private nextKey = 1;

  constructor(
    private readonly engine: EngineClient,
    private readonly nextTrace: () => TraceId,
    private readonly preview: () => PreviewChoice,
  ) {
    this.notices = this.store.add(new EngineNotices(engine));
    this.store.add(engine.events.on((event) => this.apply(event)));
    this.store.add(engine.gone.on((gone) => this.engineGone(gone)));
  }

  get current(): Inspection | null {
    return this.currentKey === null ? null : (this.held.get(this.currentKey) ?? null);
  }

  get running(): boolean {
    return this.current !== null && isRunning(this.current);
  }

  all(): readonly Inspection[] {
    return [...this.held.values()];
  }

  get(key: number): Inspection | null {
    return this.held.get(key) ?? null;
  }

  of(trace: TraceId): Inspection | null {
    return this.all().find(({ snapshot }) => snapshot.trace === trace) ?? null;
  }

  /** The reader asks for a run. */
  inspect(subject: Subject, from: Beginning = beginningAfter(this.current, subject)): Inspection {
    return this.begin(this.nextKey++, subject, from, linkAfter(null, subject));
  }

  /** The same place once more, with something else about it. `output`: ids that its output is known to begin with. */
  rerun(key: number, change: Partial<Subject> = {}, output?: readonly number[]): void {
    const before = this.held.get(key);
    if (before === undefined) return;
    const subject = changedSubject(before.subject, change);
    const from = beginningAfter(before, subject, output);
    if (!this.pinned.has(key)) {
      this.begin(key, subject, from, linkAfter(before, subject));
      return;
    }
    // What is pinned stays as it was; its place in the document goes to the new run.
    this.update(key, { link: before.subject.place === null ? 'none' : 'lost' });
    this.inspect(subject, from);
  }

  /** Makes an inspection the current one. What left the engine's memory meanwhile is run anew. */
  show(key: number): void {
    const inspection = this.held.get(key);
    if (inspection === undefined || key === this.currentKey) return;
    this.currentKey = key;
    this.put(inspection);
    if (isGone(inspection)) this.rerun(key);
    else this.shown.emit(inspection);
    this.sweep();
  }

  update(key: number, change: InspectionChange): void {
    const before = this.held.get(key);
    if (before === undefined) return;
    const after = { ...before, ...change };
    if (
      after.link === before.link &&
      after.following === before.following &&
      sameNavigation(after.navigation, before.navigation)
    )
      return;
    this.held.set(key, after);
    this.changed.emit(after);
    if (after.link !== before.link) this.sweep();
  }

  cancel(): void {
    if (this.current !== null && isRunning(this.current))
      this.engine.tell({ type: 'cancel', trace: this.current.snapshot.trace });
  }

  /** Lets go of an inspection, whatever holds it. */
  drop(key: number): void {
    const inspection = this.held.get(key);
    if (inspection === undefined) return;
    this.held.delete(key);
    this.release(key);
    this.free(inspection.snapshot.trace);
    const wasCurrent = key === this.currentKey;
    if (wasCurrent) {
      this.currentKey = null;
      this.notices.clear();
    }
    this.dropped.emit(inspection);
    if (wasCurrent) this.showAnother();
  }

  /** A pinned inspection stays, wherever the reader goes. */
  pin(key: number): void {
    this.pinned.add(key);
  }

  unpin(key: number): void {
    this.release(key);
    this.sweep();
  }

  /** An open panel holds what it shows. */
  setPanelOpen(open: boolean): void {
    this.panelOpen = open;
    this.sweep();
  }

  dispose(): void {
    this.store.dispose();
  }

  private begin(key: number, ...run: [Subject, Beginning, Inspection['link']]): Inspection {
    this.engine.forgive();
    const inspection = this.start(key, ...run);
    this.notices.begin();
    return inspection;
  }

  private start(
    key: number,
    subject: Subject,
    { navigation, following }: Beginning,
    link: Inspection['link'],
  ): Inspection {
    const before = this.held.get(key);
    const snapshot = emptySnapshot(this.nextTrace(), subject.origin);
    const inspection = { key, subject, navigation, following, snapshot, link };
    this.last = subject;
    this.currentKey = key;
    this.interrupted.delete(key);
    this.put(inspection);
    this.starts = true;
    // First the old, so that the engine has stopped and freed it when it comes to the new.
    if (before !== undefined) this.free(before.snapshot.trace);
    for (const other of this.all()) if (other.key !== key && isRunning(other)) this.giveWay(other);
    this.sweep();
    this.starts = false;
    this.shown.emit(inspection);
    this.send(inspection);
    return inspection;
  }

  /** One run at a time: what was not finished goes, unless the reader pinned it. */
  private giveWay({ key, snapshot: { trace } }: Inspection): void {
    if (!this.pinned.has(key)) {
      this.drop(key);
      return;
    }
    this.free(trace);
    this.interrupted.add(key);
    this.apply({ type: 'evicted', trace });
  }

  /** A text that another document still shows in colour is what the views show then. */
  private showAnother(): void {
    const other = this.all().findLast((one) => inDocument(one) && !isGone(one));
    if (other !== undefined && this.currentKey === null) this.show(other.key);
  }

  /** Has the engine free a trace, all of it unless a run follows that may begin with the same tokens. */
  private free(trace: TraceId): void {
    this.engine.tell({ type: 'release', trace, ...(this.starts && { again: true }) });
  }

  private release(key: number): void {
    this.pinned.delete(key);
    this.interrupted.delete(key);
  }

  private send({ subject, snapshot }: Inspection): void {
    this.engine.run({
      type: 'run',
      trace: snapshot.trace,
      model: subject.model.folder,
      text: subject.text,
      pair: subject.pair?.text ?? null,
      language: subject.language,
      writing: subject.writing,
      trainedTokens: subject.model.trainedTokens,
      preview: this.preview(),
    });
  }

  private put(inspection: Inspection): void {
    this.held.delete(inspection.key);
    this.held.set(inspection.key, inspection);
  }

  private apply(event: TraceEvent): void {
    const before = this.of(event.trace);
    // A straggler of a released trace concerns nobody.
    if (before === null) return;
    // Nor do the last words of one that was pinned and had to give way.
    if (event.type === 'finished' && !isRunning(before)) return;
    const heard = { ...before, snapshot: applyEvent(before.snapshot, event) };
    const navigation = event.type === 'picture' ? heard.navigation : standing(heard);
    const after = { ...heard, navigation };
    this.held.set(after.key, after);
    this.events.emit({ inspection: after, event });
    if (!sameNavigation(before.navigation, navigation)) this.changed.emit(after);
    if (event.type === 'finished' && !this.running) this.revivePinned();
  }

  private sweep(): void {
    const { currentKey, pinned, panelOpen } = this;
    for (const key of surplus(this.all(), { currentKey, pinned, panelOpen })) this.drop(key);
  }

  private engineGone({ failure, again }: EngineGone): void {
    const { current } = this;
    for (const { key } of this.all()) if (this.pinned.has(key)) this.interrupted.add(key);
    for (const other of this.all())
      if (other !== current) this.apply({ type: 'evicted', trace: other.snapshot.trace });
    if (current === null) return;
    const { outcome } = current.snapshot;
    if (again && (outcome === null || outcome === 'complete')) {
      this.start(current.key, current.subject, current, current.link);
      // After the trace, so that the reader finds the words beside the run they speak of.
      this.notices.tell({ severity: 'error', failure });
      return;
    }
    if (!again) this.notices.tell({ severity: 'error', failure });
    this.apply(
      outcome === null
        ? failedEvent(current.snapshot, failure)
        : { type: 'evicted', trace: current.snapshot.trace },
    );
  }

  /**
   * What a crash or another run took from the pinned view is computed again once the current one is
   * there. What the byte budget took is not: the two would push each other out for ever.
   */
  private revivePinned(): void {
    const pinned = this.all().find(
      (one) => this.interrupted.has(one.key) && isGone(one) && one.key !== this.currentKey,
    );
    if (pinned === undefined) return;
    this.interrupted.delete(pinned.key);
    const snapshot = emptySnapshot(this.nextTrace(), pinned.subject.origin);
    const revived = { ...pinned, snapshot };
    this.held.set(pinned.key, revived);
    this.changed.emit(revived);
    this.send(revived);
  }
}
