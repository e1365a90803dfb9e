/**
 * The inspector: keeps what the host sent and what the reader chose, asks for what is missing, and
 * redraws at most once a frame. It computes no attention: numbers come from answers alone.
 */
import { translator, type Translate } from '../../src/language/translate';
import type { TraceEvent } from '../../src/protocol/engineMessages';
import { applyEvent } from '../../src/protocol/traceMirror';
import {
  initialNavigation,
  type Navigation,
  type ToPanel,
  type TraceSnapshot,
} from '../../src/protocol/panelMessages';
import type { Side } from '../../src/protocol/queries';
import { createEmptyState } from './emptyState';
import { EncodingStrips } from './encodingStrips';
import { HostLink, type WebviewApi } from './hostLink';
import { Latest } from './latest';
import {
  atNewestLayer,
  choosing,
  isComputed,
  isUntouched,
  leavesMatrix,
  matrixAddress,
  rowAddress,
  settle,
  type ChosenToken,
} from './navigationRules';
import type { Notice } from './notices';
import { Page } from './page';
import { PictureQueue } from './pictureQueue';
import { PositionTable } from './positionTable';
import { readTheme, watchTheme, type Theme } from './theme';
import { tokensOf } from './traceState';
import type { Commands } from './view';

/** Navigation is told to the host when it has rested: arrow keys held down change it 30 times a second. */
const NAVIGATION_REST_MS = 150;
/** What grows with the output is renewed this often: nobody reads 50 matrices a second. */
const GROWTH_REST_MS = 200;

export class App {
  private readonly link: HostLink;
  private readonly commands: Commands;
  private readonly row: Latest<'row'>;
  private readonly matrix: Latest<'matrix'>;
  private readonly positions: Record<Side, PositionTable>;
  private readonly strips: Record<Side, EncodingStrips>;
  private page: Page | null = null;
  private t: Translate = translator({});
  private locale = 'en';
  private theme: Theme;
  private snapshot: TraceSnapshot | null = null;
  private navigation: Navigation = initialNavigation;
  /** Until the reader chooses a matrix, the view goes along with the newest encoder layer. */
  private following = true;
  private preview: ChosenToken | null = null;
  /** The host's last words; they stay until the host takes them back. */
  private notice: Notice = null;
  /** Before the host's welcome nothing is shown: the reader's language is not known yet. */
  private welcomed = false;
  private readonly pictures = new PictureQueue();
  private frame: number | null = null;
  /** Set while tokens that came are not asked about yet. */
  private growing: ReturnType<typeof setTimeout> | null = null;
  private telling: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly api: WebviewApi,
  ) {
    this.link = new HostLink(api, (message) => this.receive(message));
    this.theme = readTheme(document.body);
    const changed = (): void => this.schedule();
    const ask: Commands['ask'] = (name, question, signal) => {
      if (this.snapshot === null) throw new Error('Asked without a trace.');
      return this.link.ask(this.snapshot.trace, name, question, signal);
    };
    this.row = new Latest<'row'>((question, signal) => ask('row', question, signal), changed);
    this.matrix = new Latest<'matrix'>(
      (question, signal) => ask('matrix', question, signal),
      changed,
    );
    const table = (side: Side): PositionTable =>
      new PositionTable(
        (from, to, signal) => ask('positions', { side, from, to }, signal),
        changed,
      );
    this.positions = { source: table('source'), target: table('target') };
    this.strips = {
      source: new EncodingStrips(changed),
      target: new EncodingStrips(changed),
    };
    this.commands = {
      ask,
      navigate: (change) => this.navigate({ ...this.navigation, ...change }),
      choose: (token, locked) => {
        this.preview = null;
        this.navigate(choosing(this.navigation, token, locked));
      },
      preview: (token) => {
        this.preview = token;
        this.schedule();
      },
      rerun: (language) => this.link.post({ type: 'rerun', language }),
      cancel: () => this.withTrace((trace) => this.link.post({ type: 'cancel', trace })),
      copy: (copy) => this.withTrace((trace) => this.link.post({ type: 'copy', trace, copy })),
      reveal: ([start, end]) =>
        this.withTrace((trace) => this.link.post({ type: 'reveal', trace, span: [start, end] })),
      openCard: () => this.link.post({ type: 'openCard' }),
    };
  }

  start(): void {
    watchTheme(document, () => {
      this.theme = readTheme(document.body);
      this.schedule();
    });
    // A hidden page may be destroyed before the pause is over.
    window.addEventListener('pagehide', () => this.tellNavigation());
    this.link.start(window);
  }

  private withTrace(act: (trace: string) => void): void {
    if (this.snapshot !== null) act(this.snapshot.trace);
  }

  private receive(message: ToPanel): void {
    switch (message.type) {
      case 'welcome':
        this.t = translator(message.bundle);
        this.locale = message.locale;
        this.welcomed = true;
        this.page = null;
        return this.open(message.snapshot, message.navigation);
      case 'trace':
        return this.open(message.snapshot, message.navigation);
      case 'event':
        return this.follow(message.event);
      case 'notice':
        return this.tell(message.notice);
      case 'navigate':
        this.navigation = message.navigation;
        this.following = false;
        return this.schedule();
      case 'answer':
      case 'refused':
        // The link has settled these.
        return;
    }
  }

  /** A full snapshot replaces whatever was shown. */
  private open(snapshot: TraceSnapshot | null, navigation: Navigation): void {
    this.snapshot = snapshot;
    this.navigation = navigation;
    this.following = isUntouched(navigation);
    this.preview = null;
    this.pictures.reset();
    this.stopGrowing();
    this.row.reset();
    this.matrix.reset();
    this.positions.source.reset();
    this.positions.target.reset();
    if (snapshot === null) {
      this.page = null;
      this.root.replaceChildren(createEmptyState(this.t, this.notice));
      return;
    }
    this.remember();
    if (this.page === null) {
      this.page = new Page(this.t, this.commands);
      this.page.tell(this.notice);
      this.root.replaceChildren(this.page.root);
    }
    this.schedule();
  }

  private follow(event: TraceEvent): void {
    // Late words about a trace that is not shown any more.
    if (this.snapshot === null || event.trace !== this.snapshot.trace) return;
    this.snapshot = applyEvent(this.snapshot, event);
    if (event.type === 'picture') this.pictures.take(event.layer, event.picture);
    if (event.type === 'token') this.growing ??= setTimeout(() => this.grow(), GROWTH_REST_MS);
    if (event.type === 'finished') this.grow(true);
    this.schedule();
  }

  /** While output is written this waits for `grow`: every token renews the pictures of most layers. */
  private payPictures(): void {
    const credit = this.pictures.pay();
    if (credit > 0)
      this.withTrace((trace) => this.link.post({ type: 'credit', trace, pictures: credit }));
  }

  /** Asks again for what has grown with the output. */
  private grow(whole = false): void {
    this.stopGrowing();
    this.payPictures();
    const { stack, direction, view } = this.navigation;
    if (stack !== 'encoder') {
      // Behind another tab the matrix need not keep up; what is taken away in the end is whole.
      if (whole || view === 'matrix') this.matrix.refresh();
      if (direction === 'lookedAt') this.row.refresh();
    }
    if (this.snapshot !== null) this.fetchPositions(this.snapshot);
  }

  private stopGrowing(): void {
    if (this.growing !== null) clearTimeout(this.growing);
    this.growing = null;
  }

  private fetchPositions(snapshot: TraceSnapshot): void {
    if (snapshot.plan === null) return;
    const { dModel } = snapshot.plan.model;
    for (const side of ['source', 'target'] as const)
      this.positions[side].ensure(tokensOf(snapshot, side).length, dModel);
  }

  private tell(notice: Notice): void {
    this.notice = notice;
    if (this.page !== null) this.page.tell(notice);
    else if (this.welcomed) this.root.replaceChildren(createEmptyState(this.t, notice));
  }

  private navigate(navigation: Navigation): void {
    if (leavesMatrix(this.navigation, navigation)) this.following = false;
    this.navigation = navigation;
    this.remember();
    if (this.telling !== null) clearTimeout(this.telling);
    this.telling = setTimeout(() => this.tellNavigation(), NAVIGATION_REST_MS);
    this.schedule();
  }

  private tellNavigation(): void {
    if (this.telling === null) return;
    clearTimeout(this.telling);
    this.telling = null;
    this.link.post({ type: 'navigate', navigation: this.navigation });
  }

  /** VS Code hands this to the host when it revives the panel: it is newer than what the host was told. */
  private remember(): void {
    this.api.setState({ navigation: this.navigation });
  }

  private schedule(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  private draw(): void {
    const { snapshot, page } = this;
    if (snapshot === null || page === null) return;
    if (this.following) this.navigation = atNewestLayer(this.navigation, snapshot);
    this.navigation = settle(this.navigation, snapshot);
    const { navigation, preview } = this;
    this.matrix.want(isComputed(navigation, snapshot) ? matrixAddress(navigation) : null);
    this.row.want(rowAddress(navigation, snapshot, preview));
    if (this.growing === null) this.fetchPositions(snapshot);
    const { t, locale, theme, pictures, row, matrix, positions, strips } = this;
    for (const side of ['source', 'target'] as const)
      strips[side].update(positions[side], theme.signed);
    if (this.growing === null) this.payPictures();
    pictures.show();
    page.update({
      t,
      locale,
      theme,
      snapshot,
      navigation,
      preview,
      pictures: pictures.shown,
      row: row.known,
      matrix: matrix.known,
      positions,
      strips: { source: strips.source.known, target: strips.target.known },
    });
    if (pictures.isWaiting || (pictures.isOwing && this.growing === null)) this.schedule();
  }
}
