import * as v from 'valibot';
import { Failure } from '../../failure/failure';
import {
  fromPanelSchema,
  type Copy,
  type FromPanel,
  type TextSight,
  type ToPanel,
} from '../../protocol/panelMessages';
import type { Query } from '../../protocol/queries';
import type { ReaderState } from '../../protocol/readerState';
import type { TraceId } from '../../protocol/trace';
import { DisposableStore, type Disposable } from '../disposables';
import type { EngineClient } from '../engine/engineClient';
import { BranchMoves } from '../inspection/branchMoves';
import { sameNavigation, type Inspection } from '../inspection/inspection';
import type { Inspections } from '../inspection/inspections';
import type { Notice } from '../inspection/notice';
import type { Reader } from '../inspection/reader';

/** What a page needs to know of its surroundings before it can draw a word. */
export interface Greeting {
  readonly bundle: Readonly<Record<string, string>>;
  readonly locale: string;
}

/**
 * Tokens after which the page hears of a growing branch again: with it go all branches and what is
 * pinned, every token of them. The token itself it hears of at once.
 */
const TOKENS_AT_ONCE = 8;

/** What the panel may ask for beyond its trace. A closed list: no page names a command of VS Code. */
export interface PanelActions {
  copy(inspection: Inspection, copy: Copy): Promise<Notice | null>;
  /** `part`: of which text the characters are. */
  reveal(
    inspection: Inspection,
    span: readonly [number, number],
    part: 0 | 1 | 'output',
  ): Promise<void>;
  openCard(): Promise<void>;
  selfTest(): Promise<void>;
  rerun(language: string | null): void;
  copyLink(): Promise<Notice | null>;
  inspect(sight: TextSight, pinned: TextSight | null): Promise<void>;
  /** The output as a document beside the text. */
  openOutput(inspection: Inspection): Promise<void>;
}

/**
 * Between one page, the reader's state and the engine. The page comes and goes (hidden, moved, reloaded); each
 * `ready` gets the full state, and only what happens afterwards is sent as news. A page that is
 * away gets nothing and its credit is void, while the trace fills all the same.
 */
export class PanelRelay implements Disposable {
  private readonly store = new DisposableStore();
  private readonly branches: BranchMoves;
  /** Counts pages, so that an answer to an earlier page's question is not taken for a later one's. */
  private page = 0;
  private present = false;
  /** What the present page asked and may still give up, by its request. */
  private readonly asked = new Map<number, AbortController>();
  /** The page's own last move that was taken in. */
  private seen = 0;
  private told: {
    readonly trace: TraceId;
    readonly seen: number;
    readonly state: ReaderState;
  } | null = null;

  constructor(
    private readonly post: (message: ToPanel) => void,
    private readonly inspections: Inspections,
    private readonly reader: Reader,
    private readonly engine: EngineClient,
    private readonly actions: PanelActions,
    private readonly greeting: Greeting,
  ) {
    this.store.add(inspections.shown.on((inspection) => this.show(inspection)));
    this.branches = new BranchMoves(inspections, reader);
    this.store.add(reader.changed.on(() => this.tellState()));
    this.store.add(
      inspections.dropped.on(() => {
        // The reader stopped inspecting: the page begins anew, with nothing to show.
        if (this.present && inspections.current === null) this.welcome();
      }),
    );
    this.store.add(
      inspections.events.on(({ inspection, event }) => {
        if (inspection.key === inspections.current?.key) this.send({ type: 'event', event });
        // A run changes the branches, too.
        if (event.type === 'picture') return;
        const isBetween = inspection.snapshot.written.length % TOKENS_AT_ONCE !== 1;
        if (event.type !== 'token' || !isBetween) this.tellState();
      }),
    );
    this.store.add(inspections.notices.told.on((notice) => this.send({ type: 'notice', notice })));
  }

  /** The page is gone for now; VS Code destroys hidden pages. */
  away(): void {
    this.present = false;
    this.withdrawAll();
    // Voids what credit the page had granted: pictures nobody can paint need not travel.
    this.repaint();
  }

  /** Anything at all that a page sent. Resolves when it is dealt with. */
  async receive(raw: unknown): Promise<void> {
    const parsed = v.safeParse(fromPanelSchema, raw);
    try {
      if (!parsed.success)
        throw new Failure('internal.unexpected', { reason: parsed.issues[0].message });
      await this.handle(parsed.output);
    } catch (thrown) {
      const failure = Failure.from(thrown).toWire();
      this.send({ type: 'notice', notice: { severity: 'error', failure } });
    }
  }

  dispose(): void {
    this.present = false;
    this.withdrawAll();
    this.store.dispose();
  }

  private async handle(message: FromPanel): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.welcome();
      case 'credit':
        if (this.present && this.isCurrent(message.trace)) this.engine.tell(message);
        return;
      case 'query':
        return this.answer(message.request, message.trace, message.query);
      case 'withdraw':
        this.asked.get(message.request)?.abort();
        return;
      case 'navigate':
        this.seen = message.sequence;
        // A move in a trace that has just left the screen concerns nobody any more.
        if (this.isCurrent(message.trace)) this.reader.navigate(message.change);
        return this.tellState();
      case 'go':
        return this.reader.go(message.where);
      case 'pin':
        return this.pin(message.what, message.trace);
      case 'copyLink':
        return this.tellNotice(await this.actions.copyLink());
      case 'rerun':
        return this.actions.rerun(message.language);
      case 'write':
        return this.branches.write(message.trace, message.writing);
      case 'branch':
        return this.branches[message.what](message.branch);
      case 'openOutput':
        return this.actions.openOutput(this.inspection(message.trace));
      case 'cancel':
        if (this.isCurrent(message.trace)) this.inspections.cancel();
        return;
      case 'inspect':
        return this.actions.inspect(message.sight, message.pinned);
      case 'copy':
        return this.tellNotice(
          await this.actions.copy(this.inspection(message.trace), message.copy),
        );
      case 'reveal':
        return this.actions.reveal(this.inspection(message.trace), message.span, message.part ?? 0);
      case 'openCard':
        return this.actions.openCard();
      case 'selfTest':
        return this.actions.selfTest();
    }
  }

  private welcome(): void {
    this.page += 1;
    this.withdrawAll();
    this.present = true;
    this.seen = 0;
    const { current, notices } = this.inspections;
    const { state } = this.reader;
    this.send({
      type: 'welcome',
      ...this.greeting,
      bundle: { ...this.greeting.bundle },
      snapshot: current?.snapshot ?? null,
      state,
    });
    this.told = current && { trace: current.snapshot.trace, seen: this.seen, state };
    if (notices.current !== null) this.send({ type: 'notice', notice: notices.current });
    this.repaint();
  }

  private show({ snapshot }: Inspection): void {
    const { state } = this.reader;
    this.send({ type: 'trace', snapshot, state });
    this.told = { trace: snapshot.trace, seen: this.seen, state };
    // Of an inspection that comes back the engine has pictures already; they cost credit as ever.
    this.repaint();
  }

  /** The state goes out when it is another one; of a trace that is yet to be shown it comes with that. */
  private tellState(): void {
    const { current } = this.inspections;
    const { told, seen } = this;
    if (current === null || current.snapshot.trace !== told?.trace) return;
    const { state } = this.reader;
    if (told.seen === seen && sameState(told.state, state)) return;
    this.told = { ...told, seen, state };
    this.send({ type: 'state', seen, state });
  }

  private tellNotice(notice: Notice | null): void {
    if (notice !== null) this.send({ type: 'notice', notice });
  }

  /** A reader may be quick: what was on screen when he pinned is pinned, whatever is read by now. */
  private pin(what: 'pin' | 'unpin' | 'swap', trace: TraceId): void {
    if (what === 'pin') this.reader.pinHere(this.inspections.of(trace));
    else if (what === 'unpin') this.reader.unpin();
    else this.reader.swap();
  }

  private async answer(request: number, trace: TraceId, query: Query): Promise<void> {
    const asking = this.page;
    const send = (message: ToPanel): void => {
      if (asking === this.page) this.send(message);
    };
    const controller = new AbortController();
    this.asked.set(request, controller);
    try {
      this.checkInSight(trace);
      const value = await this.engine.ask(trace, query, {
        progress: (fraction) => send({ type: 'progress', request, fraction }),
        signal: controller.signal,
      });
      send({ type: 'answer', request, value });
    } catch (thrown) {
      send({ type: 'refused', request, failure: Failure.from(thrown).toWire() });
    } finally {
      if (this.asked.get(request) === controller) this.asked.delete(request);
    }
  }

  /** A page that is gone waits for nothing. */
  private withdrawAll(): void {
    for (const controller of this.asked.values()) controller.abort();
    this.asked.clear();
  }

  private repaint(): void {
    const trace = this.inspections.current?.snapshot.trace;
    if (trace !== undefined) this.engine.tell({ type: 'repaint', trace });
  }

  private isCurrent(trace: TraceId): boolean {
    return this.inspections.current?.snapshot.trace === trace;
  }

  /** The inspection a page speaks of; a newer one may have taken its place meanwhile. */
  private inspection(trace: TraceId): Inspection {
    const { current } = this.inspections;
    if (current === null || current.snapshot.trace !== trace) throw new Failure('trace.gone');
    return current;
  }

  /** The page sees the current trace and the pinned one. */
  private checkInSight(trace: TraceId): void {
    if (!this.isCurrent(trace) && this.reader.state.pinned?.snapshot.trace !== trace)
      throw new Failure('trace.gone');
  }

  private send(message: ToPanel): void {
    if (this.present) this.post(message);
  }
}

const sameState = (a: ReaderState, b: ReaderState): boolean =>
  sameNavigation(a.navigation, b.navigation) &&
  a.link === b.link &&
  a.pinned?.snapshot === b.pinned?.snapshot &&
  a.pinned?.navigation === b.pinned?.navigation &&
  a.branches === b.branches &&
  a.canGoBack === b.canGoBack &&
  a.canGoForward === b.canGoForward &&
  a.colourScale === b.colourScale;
