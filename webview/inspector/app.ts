/**
 * The inspector: keeps what the host sent and what the reader chose, asks for what is missing, and
 * redraws at most once a frame. It computes no attention: numbers come from answers alone.
 */
import { translator, type Translate } from '../../src/language/translate';
import type { TraceEvent } from '../../src/protocol/engineMessages';
import {
  initialNavigation,
  type Navigation,
  type ToPanel,
  type TraceSnapshot,
} from '../../src/protocol/panelMessages';
import type { Side } from '../../src/protocol/queries';
import type { Picture } from '../../src/protocol/wireTensor';
import { createEmptyState } from './emptyState';
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
import { PositionTable } from './positionTable';
import { readTheme, watchTheme, type Theme } from './theme';
import { applyEvent, pictureKey, tokensOf } from './traceState';
import type { Commands } from './view';

/** Pictures the engine may have on their way: enough to keep it busy over a 3-ms round trip, few enough to drop. */
const FIRST_CREDIT = 8;
/** Navigation is told to the host when it has rested: arrow keys held down change it 30 times a second. */
const NAVIGATION_REST_MS = 150;

export class App {
  private readonly link: HostLink;
  private readonly commands: Commands;
  private readonly row: Latest<'row'>;
  private readonly matrix: Latest<'matrix'>;
  private readonly positions: Record<Side, PositionTable>;
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
  private readonly pictures = new Map<string, Picture>();
  /** Pictures taken but not painted yet: each paint hands back their credit. */
  private unpaid = 0;
  private frame: number | null = null;
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
    this.pictures.clear();
    this.unpaid = 0;
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
    this.link.post({ type: 'credit', trace: snapshot.trace, pictures: FIRST_CREDIT });
    this.schedule();
  }

  private follow(event: TraceEvent): void {
    // Late words about a trace that is not shown any more.
    if (this.snapshot === null || event.trace !== this.snapshot.trace) return;
    this.snapshot = applyEvent(this.snapshot, event);
    if (event.type === 'picture') {
      this.pictures.set(pictureKey(event.layer), event.picture);
      this.unpaid++;
    }
    if (event.type === 'token' && this.navigation.stack !== 'encoder') {
      this.matrix.refresh();
      if (this.navigation.direction === 'lookedAt') this.row.refresh();
    }
    this.schedule();
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
    if (snapshot.plan !== null) {
      const { dModel } = snapshot.plan.model;
      this.positions.source.ensure(tokensOf(snapshot, 'source').length, dModel);
      this.positions.target.ensure(tokensOf(snapshot, 'target').length, dModel);
    }
    const { t, locale, theme, pictures, row, matrix, positions } = this;
    page.update({
      t,
      locale,
      theme,
      snapshot,
      navigation,
      preview,
      pictures,
      row: row.known,
      matrix: matrix.known,
      positions,
    });
    if (this.unpaid > 0)
      this.link.post({ type: 'credit', trace: snapshot.trace, pictures: this.unpaid });
    this.unpaid = 0;
  }
}
