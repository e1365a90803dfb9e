/**
 * Stands in for the extension host inside the test page: replays a fixture event by event, answers
 * questions from it, and keeps every message the page sent. Tests drive it through `window.fakeHost`.
 */
import type { Stack } from '../../src/protocol/address';
import type { TraceEvent } from '../../src/protocol/engineMessages';
import { atNewestLayer, changed, isUntouched, settle } from '../../src/navigation/navigationRules';
import type { FromPanel, ToPanel } from '../../src/protocol/panelMessages';
import {
  initialNavigation,
  type Navigation,
  type NavigationChange,
} from '../../src/protocol/navigation';
import { readingStack } from '../../src/navigation/traceState';
import { stacksOf } from '../../src/protocol/stacks';
import type { ReaderState } from '../../src/protocol/readerState';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { applyEvent, emptySnapshot } from '../../src/protocol/traceMirror';
import type { Query } from '../../src/protocol/queries';
import type { WireFailure } from '../../src/failure/failure';
import { FakeAnswers } from './fakeAnswers';
import { seededFixture, type Fixture, type SeededOptions } from './fixture';
import { wholeSnapshot } from './wholeSnapshot';

export class FakeHost {
  readonly received: FromPanel[] = [];
  state: unknown = undefined;
  credit = 0;
  /** While true, questions wait in `held` until the test lets them go. */
  holding = false;
  readonly held: (() => void)[] = [];
  /** What this host holds of the reader. */
  reader: ReaderState = {
    navigation: initialNavigation,
    link: 'linked',
    pinned: null,
    branches: [],
    canGoBack: false,
    canGoForward: false,
    colourScale: 'relative',
  };
  /** While true, the host is slow: it takes moves and does not say so. */
  silent = false;
  private seen = 0;
  /** The view goes along with the newest layer until something is chosen. */
  private following = false;
  private shown: TraceSnapshot | null = null;
  /** Traces that are only pinned, with all that they hold. */
  private readonly others = new Map<string, FakeAnswers>();
  private fixture: Fixture | null = null;
  private events: TraceEvent[] = [];
  private pictures: TraceEvent[] = [];
  private trace = 'trace-1';
  private steps = 0;

  /** What `acquireVsCodeApi` returns. */
  readonly api = {
    postMessage: (message: FromPanel): void => {
      this.received.push(message);
      if (message.type === 'credit' && message.trace === this.trace) {
        this.credit += message.pictures;
        this.sendPictures();
      }
      if (message.type === 'query') {
        const answer = (): void => this.answer(message.request, message.trace, message.query);
        if (this.holding) this.held.push(answer);
        else answer();
      }
      if (message.type === 'cancel') this.finish('cancelled', null);
      if (message.type === 'navigate' && message.trace === this.trace) {
        this.seen = message.sequence;
        this.following = false;
        this.move(message.change);
      }
      if (message.type === 'pin' && message.what === 'pin' && this.shown !== null)
        this.tell({ pinned: { snapshot: this.shown, navigation: this.reader.navigation } });
      if (message.type === 'pin' && message.what === 'unpin') this.tell({ pinned: null });
    },
    getState: (): unknown => this.state,
    setState: (state: unknown): unknown => (this.state = state),
  };

  send(message: ToPanel): void {
    window.postMessage(message, '*');
  }

  /** Changes what the host holds, as other views of the window do, and tells the page. */
  tell(change: Partial<ReaderState>): void {
    this.reader = { ...this.reader, ...change };
    if (!this.silent) this.send({ type: 'state', seen: this.seen, state: this.reader });
  }

  /** Moves the reader, wherever that was asked for. */
  move(change: NavigationChange): void {
    const { navigation } = this.reader;
    const next =
      this.shown === null
        ? { ...navigation, ...change }
        : settle(changed(navigation, change, this.shown), this.shown);
    this.tell({ navigation: next });
  }

  /** Another finished run, pinned. */
  pin(source: Fixture | SeededOptions, trace: string, navigation: Partial<Navigation>): void {
    const fixture = 'plan' in source ? source : seededFixture(source);
    this.others.set(trace, new FakeAnswers(fixture, () => fixture.written.length));
    this.tell({
      pinned: {
        snapshot: wholeSnapshot(fixture, emptySnapshot(trace, 'story.txt, line 7')),
        navigation: { ...initialNavigation, ...navigation },
      },
    });
  }

  /**
   * A run that is about to begin: nothing is planned, `events` wait to be sent. Large runs are made
   * here from a seed: millions of numbers are slow to pass into a page.
   */
  load(source: Fixture | SeededOptions, trace: string): TraceSnapshot {
    const fixture = 'plan' in source ? source : seededFixture(source);
    this.fixture = fixture;
    this.trace = trace;
    this.credit = 0;
    this.steps = 0;
    const stack = readingStack(fixture.plan);
    this.events = [
      { type: 'loading', trace, fraction: 0.5 },
      { type: 'planned', trace, plan: fixture.plan },
    ];
    for (let layer = 0; layer < fixture.attention[stack].length; layer++)
      this.events.push({
        type: 'layer',
        trace,
        layer: { stack, layer },
        milliseconds: 40,
      });
    const { prediction } = fixture;
    if (prediction !== undefined) this.events.push({ type: 'predicted', trace, prediction });
    for (const written of fixture.written)
      this.events.push({ type: 'token', trace, written, output: fixture.output });
    this.pictures = [];
    return this.snapshot();
  }

  snapshot(): TraceSnapshot {
    return emptySnapshot(this.trace, 'story.txt, line 3');
  }

  /** The snapshot of the whole run, as a reloaded page gets it. */
  completed(): TraceSnapshot {
    const fixture = this.must();
    this.events = [];
    this.steps = fixture.written.length;
    for (const stack of stacksOf(fixture.plan.model.architecture)) this.queuePictures(stack);
    return wholeSnapshot(fixture, this.snapshot());
  }

  /** Sends the next event; false when there was none left and the run was reported complete. */
  step(): boolean {
    const event = this.events.shift();
    if (event === undefined) {
      this.finish('complete', null);
      return false;
    }
    this.news(event);
    if (event.type === 'layer') this.queuePicture(event.layer.stack, event.layer.layer);
    if (event.type === 'token') {
      this.steps++;
      for (const stack of ['decoder', 'cross'] as const) this.queuePictures(stack);
    }
    this.sendPictures();
    return true;
  }

  runAll(): void {
    while (this.step());
  }

  finish(outcome: 'complete' | 'cancelled' | 'failed', failure: WireFailure | null): void {
    this.events = [];
    this.news({
      type: 'finished',
      trace: this.trace,
      outcome,
      failure,
      output: this.must().output,
      milliseconds: 1240,
      memory: { tensors: 0, weights: 0, kept: 0, traceBytes: 0, traces: 1 },
    });
  }

  /** An event of the run; where nothing was chosen, the view goes along with it. */
  private news(event: TraceEvent): void {
    this.send({ type: 'event', event });
    if (this.shown !== null) this.shown = applyEvent(this.shown, event);
    if (this.following && this.shown !== null)
      this.move(atNewestLayer(this.reader.navigation, this.shown));
  }

  welcome(
    bundle: Record<string, string>,
    locale: string,
    navigation: Navigation,
    snapshot: TraceSnapshot | null,
  ): void {
    this.show(navigation, snapshot);
    this.send({ type: 'welcome', bundle, locale, snapshot, state: this.reader });
  }

  /** A newer trace takes the panel. */
  replace(navigation: Navigation, snapshot: TraceSnapshot): void {
    this.show(navigation, snapshot);
    this.send({ type: 'trace', snapshot, state: this.reader });
  }

  private show(navigation: Navigation, snapshot: TraceSnapshot | null): void {
    this.shown = snapshot;
    this.following = isUntouched(navigation);
    const newest =
      this.following && snapshot !== null ? atNewestLayer(navigation, snapshot) : navigation;
    const settled = snapshot === null ? newest : settle(newest, snapshot);
    this.reader = { ...this.reader, navigation: settled };
  }

  private answers(): FakeAnswers {
    return new FakeAnswers(this.must(), () => this.steps);
  }

  private must(): Fixture {
    if (this.fixture === null) throw new Error('load a fixture first');
    return this.fixture;
  }

  private queuePictures(stack: Stack): void {
    this.must().attention[stack].forEach((_, layer) => this.queuePicture(stack, layer));
  }

  /** Only the newest picture of a layer waits: always a full snapshot. */
  private queuePicture(stack: Stack, layer: number): void {
    this.pictures = this.pictures.filter(
      (event) =>
        event.type !== 'picture' || event.layer.stack !== stack || event.layer.layer !== layer,
    );
    this.pictures.push({
      type: 'picture',
      trace: this.trace,
      layer: { stack, layer },
      picture: this.answers().overview(stack, layer),
    });
  }

  private sendPictures(): void {
    while (this.credit > 0 && this.pictures.length > 0) {
      const event = this.pictures.shift();
      this.credit--;
      if (event !== undefined) this.send({ type: 'event', event });
    }
  }

  private answer(request: number, trace: string, query: Query): void {
    const pinned = this.others.get(trace);
    if (pinned !== undefined) {
      this.send({ type: 'answer', request, value: pinned.value(query) });
      return;
    }
    const question = query.name === 'row' || query.name === 'matrix' ? query.question : null;
    if (
      question !== null &&
      question.stack !== readingStack(this.must().plan) &&
      this.steps === 0
    ) {
      this.send({
        type: 'refused',
        request,
        failure: { code: 'trace.notCaptured', args: { layer: 0, stack: question.stack } },
      });
      return;
    }
    this.send({ type: 'answer', request, value: this.answers().value(query) });
  }
}

declare global {
  interface Window {
    fakeHost: FakeHost;
    acquireVsCodeApi: () => FakeHost['api'];
  }
}

window.fakeHost = new FakeHost();
window.acquireVsCodeApi = () => window.fakeHost.api;
