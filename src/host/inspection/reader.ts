import {
  changed,
  choosing,
  leavesMatrix,
  settle,
  type ChosenToken,
} from '../../navigation/navigationRules';
import {
  initialNavigation,
  type Navigation,
  type NavigationChange,
} from '../../protocol/navigation';
import type { ColourScaleChoice, ReaderState } from '../../protocol/readerState';
import { DisposableStore, type Disposable } from '../disposables';
import { Signal } from '../signal';
import { Branches } from './branches';
import { History } from './history';
import { standing, type Inspection } from './inspection';
import type { Inspections } from './inspections';
import { sameTexts, sameWriting, type Subject } from './subject';

/** A view that was looked at: enough to come back to it, even when its trace is long gone. */
interface Step {
  readonly key: number;
  readonly subject: Subject;
  readonly navigation: Navigation;
}

/**
 * Where the reader stands: the one state that panel, editor, hover, side panel and status bar show.
 * Whoever lets the reader move tells it here and learns of it like everybody else.
 */
export class Reader implements Disposable {
  /** Anything of `state` is different now. */
  readonly changed = new Signal<void>();
  /** What was written from the texts: changes with the runs, of which everybody hears. */
  readonly branches: Branches;
  private readonly store = new DisposableStore();
  private readonly history = new History<Step>();
  private pin: Step | null = null;
  /** While walking through the history nothing is added to it. */
  private walking = false;
  /** Where the reader stood before a preview, in every inspection; null: this is no preview. */
  private before: readonly Inspection[] | null = null;

  constructor(
    private readonly inspections: Inspections,
    private readonly colourScale: () => ColourScaleChoice,
  ) {
    const moved = (): void => {
      this.record();
      this.changed.emit();
    };
    // First, so that whoever hears of a run finds its branch.
    this.branches = this.store.add(new Branches(inspections, () => this.pin?.key ?? null));
    this.store.add(inspections.shown.on(moved));
    this.store.add(
      inspections.changed.on(({ key }) => {
        if (key === inspections.current?.key) moved();
        else if (key === this.pin?.key) this.changed.emit();
      }),
    );
    this.store.add(
      inspections.events.on(({ inspection, event }) => {
        if (inspection.key === this.pin?.key && event.type !== 'picture') this.changed.emit();
      }),
    );
    this.store.add(
      inspections.dropped.on(({ key }) => {
        if (key === this.pin?.key) this.pin = null;
        this.changed.emit();
      }),
    );
  }

  get state(): ReaderState {
    const current = this.inspections.current;
    const pinned = this.pin === null ? null : this.inspections.get(this.pin.key);
    return {
      navigation: current?.navigation ?? initialNavigation,
      link: current?.link ?? 'none',
      pinned:
        this.pin === null || pinned === null
          ? null
          : { snapshot: pinned.snapshot, navigation: this.pin.navigation },
      branches: this.branches.list,
      canGoBack: this.history.canGoBack,
      canGoForward: this.history.canGoForward,
      colourScale: this.colourScale(),
    };
  }

  /** Something changed that is part of the state but told of by nobody else: a setting, the branches. */
  refresh(): void {
    this.changed.emit();
  }

  /**
   * The reader changed something. Heads of one model mean the same in every text, so what is chosen
   * here holds for the other texts that it reads; tokens belong to their own.
   */
  navigate(change: NavigationChange): void {
    const { current } = this.inspections;
    if (current === null) return;
    const wanted = changed(current.navigation, change, current.snapshot);
    const following = current.following && !leavesMatrix(current.navigation, wanted);
    const { token: _, ...shared } = change;
    for (const other of this.inspections.all())
      if (other.key !== current.key && other.subject.model.folder === current.subject.model.folder)
        this.inspections.update(other.key, {
          navigation: settle(changed(other.navigation, shared, other.snapshot), other.snapshot),
          following: following && other.following,
        });
    this.inspections.update(current.key, {
      navigation: settle(wanted, current.snapshot),
      following,
    });
  }

  /** Makes a token the query (or, looked at, the key). */
  choose(token: ChosenToken, locked: boolean): void {
    const { current } = this.inspections;
    if (current === null) return;
    const { navigation, snapshot } = current;
    const { stack, direction, token: chosen } = choosing(navigation, snapshot, token, locked);
    this.navigate({ stack, direction, token: chosen });
  }

  /** Looks somewhere for a moment, from where the reader stood before the first such look. */
  preview(change: NavigationChange): void {
    const { current } = this.inspections;
    if (current === null) return;
    this.before ??= this.inspections.all();
    const from = this.before.find(({ key }) => key === current.key);
    this.navigate({ ...from?.navigation, ...change });
  }

  /** Ends a preview: the reader stays where it led, as one step, or stands where it began. */
  settlePreview(stay: boolean): void {
    const { before } = this;
    if (before === null) return;
    if (!stay)
      for (const { key, navigation, following } of before) {
        const now = this.inspections.get(key);
        if (now === null) continue;
        const back = standing({ ...now, navigation, following });
        this.inspections.update(key, { navigation: back, following });
      }
    this.before = null;
    this.record();
    this.changed.emit();
  }

  go(where: 'back' | 'forward'): void {
    const step = this.history.go(where);
    if (step === null) return;
    this.walking = true;
    try {
      this.history.amend({ ...step, key: this.goTo(step) });
    } finally {
      this.walking = false;
    }
    this.changed.emit();
  }

  /** Keeps a view for comparison, the current one unless another is named, in place of one kept before. */
  pinHere(inspection: Inspection | null = this.inspections.current): void {
    if (inspection === null) return;
    this.keep(inspection);
    this.changed.emit();
  }

  unpin(): void {
    if (this.pin === null) return;
    this.keep(null);
    this.changed.emit();
  }

  /** Goes to the pinned view and keeps this one instead. */
  swap(): void {
    const { pin } = this;
    const { current } = this.inspections;
    if (pin === null || current === null) return;
    const { view } = current.navigation;
    // Both are held while they change places.
    this.inspections.pin(current.key);
    this.goTo({ ...pin, navigation: { ...pin.navigation, view } });
    this.keep(current);
    this.changed.emit();
  }

  dispose(): void {
    this.store.dispose();
  }

  /** Holds this view in place of the one kept before. */
  private keep(inspection: Inspection | null): void {
    const before = this.pin;
    this.pin = inspection && stepOf(inspection);
    if (inspection !== null) this.inspections.pin(inspection.key);
    if (before !== null && before.key !== inspection?.key) this.inspections.unpin(before.key);
  }

  /** Key of the inspection that shows the step now: its own, or a new run of its text. */
  private goTo({ key, subject, navigation }: Step): number {
    if (this.inspections.get(key) === null)
      return this.inspections.inspect(subject, { navigation, following: false }).key;
    this.inspections.show(key);
    const { current } = this.inspections;
    // Written anew in the same place since: a pinned one stays, and another takes its turn.
    if (
      current !== null &&
      sameTexts(current.subject, subject) &&
      !sameWriting(current.subject, subject)
    )
      this.inspections.rerun(key, { writing: subject.writing });
    this.navigate(navigation);
    return this.inspections.current?.key ?? key;
  }

  private record(): void {
    const { current } = this.inspections;
    if (current === null || this.walking || this.before !== null) return;
    const step = stepOf(current);
    const { here } = this.history;
    if (here !== null && isSameStep(here, step, current.following)) this.history.amend(step);
    else this.history.visit(step);
  }
}

const stepOf = ({ key, subject, navigation }: Inspection): Step => ({ key, subject, navigation });

/**
 * Moving along a row of tokens, and following a run, is one step; another head, a locked token,
 * another view or another what-if is one more.
 */
function isSameStep(a: Step, b: Step, following: boolean): boolean {
  if (a.key !== b.key || !sameTexts(a.subject, b.subject)) return false;
  if (!sameWriting(a.subject, b.subject)) return false;
  if (following) return true;
  const [from, to] = [a.navigation, b.navigation];
  // A film is one step, however long one winds it on and back.
  const otherLock =
    to.view !== 'film' &&
    to.token?.locked === true &&
    from.token?.locked === true &&
    (to.token.index !== from.token.index || to.token.side !== from.token.side);
  return (
    !leavesMatrix(from, to) &&
    from.direction === to.direction &&
    from.hideSpecials === to.hideSpecials &&
    from.unit === to.unit &&
    from.view === to.view &&
    from.whatIf?.kind === to.whatIf?.kind &&
    !otherLock
  );
}
