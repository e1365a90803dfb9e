import { Failure, type WireFailure } from '../../failure/failure';
import { layerCount, layersDone, readingStack } from '../../navigation/traceState';
import type { HeadProfile } from '../../protocol/headProfile';
import type { TraceId } from '../../protocol/trace';
import { DisposableStore, type Disposable } from '../disposables';
import type { EngineClient } from '../engine/engineClient';
import { isGone, isRunning, type Inspection } from '../inspection/inspection';
import type { Inspections } from '../inspection/inspections';
import { Signal } from '../signal';

/** A question about heads: of which trace, how it is read, and how far the trace had come. */
interface Asked {
  readonly trace: TraceId;
  readonly hideSpecials: boolean;
  readonly over: boolean;
}

interface Known extends Asked {
  readonly heads: readonly HeadProfile[];
}

const NONE: readonly HeadProfile[] = [];

/**
 * What every head of the current trace does. Asked for while somebody needs it, since of a long text
 * it keeps the engine busy for a quarter of a second: when the text is read, again when
 * the run is over, and when special tokens are hidden or shown. One question is under way at most;
 * what meanwhile became another one is asked afterwards.
 */
export class HeadProfiles implements Disposable {
  /** There are other profiles than before, or none any more. */
  readonly changed = new Signal<void>();
  private readonly store = new DisposableStore();
  private known: Known | null = null;
  private asking = false;
  /** How many need to know. */
  private needs = 0;
  /** What the engine refused is not asked again, or it would be for ever. */
  private refused: { readonly asked: Asked; readonly failure: WireFailure } | null = null;

  constructor(
    private readonly engine: Pick<EngineClient, 'ask'>,
    private readonly inspections: Pick<
      Inspections,
      'current' | 'shown' | 'events' | 'changed' | 'dropped'
    >,
  ) {
    this.store.add(inspections.shown.on((inspection) => this.begin(inspection)));
    this.store.add(inspections.dropped.on(() => this.forget()));
    this.store.add(inspections.changed.on(() => this.refresh()));
    this.store.add(
      inspections.events.on(({ event }) => {
        if (event.type === 'layer' || event.type === 'finished') this.refresh();
      }),
    );
  }

  /** Of the current trace, as it is read now; empty while they are not known. */
  get heads(): readonly HeadProfile[] {
    const { current } = this.inspections;
    const { known } = this;
    if (current === null || known === null) return NONE;
    const { trace } = current.snapshot;
    const { hideSpecials } = current.navigation;
    return known.trace === trace && known.hideSpecials === hideSpecials ? known.heads : NONE;
  }

  /** Why there are none, if the engine refused. */
  get failure(): WireFailure | null {
    const wanted = wantedFor(this.inspections.current);
    return this.refused !== null && isSame(wanted, this.refused.asked)
      ? this.refused.failure
      : null;
  }

  /** Somebody shows profiles from now on, until the need is disposed of. */
  need(): Disposable {
    this.needs += 1;
    this.refresh();
    let over = false;
    return {
      dispose: () => {
        if (!over) this.needs -= 1;
        over = true;
      },
    };
  }

  dispose(): void {
    this.store.dispose();
    this.known = null;
  }

  private begin(inspection: Inspection): void {
    this.refresh();
    // Of a trace that is there the answer comes at once: an empty list in between would flicker.
    if (!this.asking || isRunning(inspection)) this.changed.emit();
  }

  private forget(): void {
    if (this.inspections.current !== null) return;
    this.known = null;
    this.changed.emit();
  }

  private refresh(): void {
    const wanted = wantedFor(this.inspections.current);
    if (this.needs === 0 || this.asking || wanted === null) return;
    if (isSame(wanted, this.known) || isSame(wanted, this.refused?.asked ?? null)) return;
    this.asking = true;
    void this.ask(wanted).finally(() => {
      this.asking = false;
      this.refresh();
    });
  }

  private async ask(asked: Asked): Promise<void> {
    const { trace, hideSpecials } = asked;
    try {
      const heads = await this.engine.ask(trace, { name: 'heads', question: { hideSpecials } });
      this.known = { ...asked, heads };
      this.refused = null;
    } catch (thrown) {
      this.refused = { asked, failure: Failure.from(thrown).toWire() };
    }
    // An answer about another trace than the current one is nobody's news.
    const now = wantedFor(this.inspections.current);
    if (now?.trace === trace && now.hideSpecials === hideSpecials) this.changed.emit();
  }
}

/** What can be asked now: nothing before the whole text is read, unless it never will. */
function wantedFor(inspection: Inspection | null): Asked | null {
  if (inspection === null || isGone(inspection)) return null;
  const { snapshot, navigation } = inspection;
  const { plan, trace, outcome } = snapshot;
  if (plan === null) return null;
  const done = layersDone(snapshot);
  if (outcome === null ? done < layerCount(plan, readingStack(plan)) : done === 0) return null;
  return { trace, hideSpecials: navigation.hideSpecials, over: outcome !== null };
}

const isSame = (a: Asked | null, b: Asked | null): boolean =>
  a !== null &&
  b !== null &&
  a.trace === b.trace &&
  a.hideSpecials === b.hideSpecials &&
  a.over === b.over;
