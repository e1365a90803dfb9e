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
  type NavigationChange,
} from '../../src/protocol/navigation';
import type { FromPanel, ToPanel } from '../../src/protocol/panelMessages';
import type { ReaderState } from '../../src/protocol/readerState';
import type { TraceId } from '../../src/protocol/trace';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { choiceOf } from './choice';
import { createEmptyState } from './emptyState';
import { Encodings } from '../positions/encodings';
import { hostCommands } from './hostCommands';
import { HostLink, type WebviewApi } from './hostLink';
import { Latest } from './latest';
import {
  changed,
  isComputed,
  matrixAddress,
  rowAddress,
  settle,
  type ChosenToken,
} from '../../src/navigation/navigationRules';
import { querySide, showsLayer, writingSide } from '../../src/navigation/traceState';
import { followKeys } from './historyKeys';
import { Moves } from './moves';
import type { Notice } from './notices';
import { Page } from './page';
import { PictureQueue } from './pictureQueue';
import { readTheme, watchTheme, type Theme } from '../parts/theme';
import type { Commands } from './view';

/** What grows with the output is renewed this often: nobody reads 50 matrices a second. */
const GROWTH_REST_MS = 200;

export class App {
  private readonly link: HostLink;
  private readonly commands: Commands;
  private readonly row: Latest<'row'>;
  private readonly matrix: Latest<'matrix'>;
  private readonly encodings: Encodings;
  private page: Page | null = null;
  private t: Translate = translator({});
  private locale = 'en';
  private theme: Theme;
  private snapshot: TraceSnapshot | null = null;
  /** What the host last told of the reader; `navigation` runs ahead of it by the moves made here. */
  private reader: ReaderState | null = null;
  private navigation: Navigation = initialNavigation;
  private readonly moves = new Moves();
  private preview: ChosenToken | null = null;
  /** The host's last words; they stay until the host takes them back. */
  private notice: Notice = null;
  /** Before the host's welcome nothing is shown: the reader's language is not known yet. */
  private welcomed = false;
  private readonly pictures = new PictureQueue();
  private frame: number | null = null;
  /** Set while tokens that came are not asked about yet. */
  private growing: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly api: WebviewApi,
  ) {
    this.link = new HostLink(api, (message) => this.receive(message));
    this.theme = readTheme(document.body);
    const redraw = (): void => this.schedule();
    const askAbout: Commands['askAbout'] = (trace, name, question, signal, progress) =>
      this.link.ask(trace, name, question, signal, progress);
    const ask: Commands['ask'] = (name, question, signal, progress) => {
      if (this.snapshot === null) throw new Error('Asked without a trace.');
      return askAbout(this.snapshot.trace, name, question, signal, progress);
    };
    this.row = new Latest<'row'>((question, signal) => ask('row', question, signal), redraw);
    this.matrix = new Latest<'matrix'>((asked, signal) => ask('matrix', asked, signal), redraw);
    this.encodings = new Encodings(ask, redraw);
    this.commands = {
      ask,
      askAbout,
      navigate: (change) => this.navigate(change),
      choose: (token, locked) => {
        this.preview = null;
        if (this.snapshot !== null)
          this.navigate(choiceOf(this.navigation, this.snapshot, token, locked));
      },
      preview: (token) => {
        this.preview = token;
        this.schedule();
      },
      ...hostCommands((words) => this.tellHost(words)),
    };
  }

  start(): void {
    watchTheme(document, () => {
      this.theme = readTheme(document.body);
      this.schedule();
    });
    // A hidden page draws no more frames, and may be destroyed.
    window.addEventListener('pagehide', () => this.tellMoves());
    followKeys(document, (where) => this.commands.go(where));
    this.link.start(window);
  }

  /** Says something to the host about the trace on screen, after the moves made before it. */
  private tellHost(words: (trace: TraceId) => FromPanel): void {
    if (this.snapshot === null) return;
    this.tellMoves();
    this.link.post(words(this.snapshot.trace));
  }

  private receive(message: ToPanel): void {
    switch (message.type) {
      case 'welcome':
        this.t = translator(message.bundle);
        this.locale = message.locale;
        this.welcomed = true;
        this.page = null;
        return this.open(message.snapshot, message.state);
      case 'trace':
        return this.open(message.snapshot, message.state);
      case 'event':
        return this.grow(message.event);
      case 'notice':
        return this.tell(message.notice);
      case 'state':
        return this.follow(message.state, message.seen);
      case 'answer':
      case 'progress':
      case 'refused':
        // The link has settled these.
        return;
    }
  }

  /** A full snapshot replaces whatever was shown. */
  private open(snapshot: TraceSnapshot | null, reader: ReaderState): void {
    this.snapshot = snapshot;
    this.reader = reader;
    this.navigation = reader.navigation;
    this.moves.forget();
    this.preview = null;
    this.pictures.reset();
    this.stopGrowing();
    this.row.reset();
    this.matrix.reset();
    this.encodings.reset();
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

  /** The reader moved elsewhere, or the host has seen a move made here. */
  private follow(reader: ReaderState, seen: number): void {
    const before = this.navigation.token;
    this.reader = reader;
    this.navigation = this.moves.merge(this.navigation, reader.navigation, seen);
    const { token } = this.navigation;
    // The pointer may rest on a chip while the cursor moves in the editor: the newer of them counts.
    if (token?.side !== before?.side || token?.index !== before?.index) this.preview = null;
    this.remember();
    this.schedule();
  }

  private grow(event: TraceEvent): void {
    // Late words about a trace that is not shown any more.
    if (this.snapshot === null || event.trace !== this.snapshot.trace) return;
    this.snapshot = applyEvent(this.snapshot, event);
    if (event.type === 'picture') this.pictures.take(event.layer, event.picture);
    if (event.type === 'token') this.growing ??= setTimeout(() => this.askGrown(), GROWTH_REST_MS);
    if (event.type === 'layer' && event.previewError && showsLayer(this.navigation, event.layer))
      for (const approximate of [this.row, this.matrix]) approximate.refresh();
    if (event.type === 'finished') this.askGrown(true);
    this.schedule();
  }

  /** While output is written this waits for `askGrown`: every token renews the pictures of most layers. */
  private payPictures(): void {
    const credit = this.pictures.pay();
    if (credit > 0) this.tellHost((trace) => ({ type: 'credit', trace, pictures: credit }));
  }

  /** Asks again for what has grown with the output. */
  private askGrown(whole = false): void {
    this.stopGrowing();
    this.payPictures();
    const { navigation, snapshot } = this;
    const plan = snapshot?.plan;
    if (snapshot === null || plan == null) return;
    const { stack, direction, view } = navigation;
    if (snapshot.written.length > 0 && querySide(snapshot, stack) === writingSide(plan)) {
      // Behind another tab the matrix need not keep up; what is taken away in the end is whole.
      if (whole || view === 'matrix') this.matrix.refresh();
      if (direction === 'lookedAt') this.row.refresh();
    }
    this.encodings.fetch(snapshot);
  }

  private stopGrowing(): void {
    if (this.growing !== null) clearTimeout(this.growing);
    this.growing = null;
  }

  private tell(notice: Notice): void {
    this.notice = notice;
    if (this.page !== null) this.page.tell(notice);
    else if (this.welcomed) this.root.replaceChildren(createEmptyState(this.t, notice));
  }

  /** Seen at once; the host hears of it with the next frame. */
  private navigate(change: NavigationChange): void {
    if (this.snapshot === null) return;
    const next = changed(this.navigation, change, this.snapshot);
    // The token goes with the unit: the host need not know which of the two was changed first.
    const turned = next.unit !== this.navigation.unit;
    this.moves.make(turned ? { ...change, token: next.token } : change);
    if (turned) this.preview = null;
    this.navigation = next;
    this.remember();
    this.schedule();
  }

  private tellMoves(): void {
    const move = this.moves.take();
    if (move === null || this.snapshot === null) return;
    this.link.post({ type: 'navigate', trace: this.snapshot.trace, ...move });
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
    const { snapshot, page, reader } = this;
    if (snapshot === null || page === null || reader === null) return;
    this.tellMoves();
    this.navigation = settle(this.navigation, snapshot);
    const { navigation, preview } = this;
    // Weights of tokens say nothing about words: better none than those of others.
    for (const latest of [this.row, this.matrix])
      if (latest.known.question?.unit !== navigation.unit) latest.reset();
    this.matrix.want(isComputed(navigation, snapshot) ? matrixAddress(navigation) : null);
    this.row.want(rowAddress(navigation, snapshot, preview));
    if (this.growing === null) this.encodings.fetch(snapshot);
    const { t, locale, theme, pictures, row, matrix, encodings } = this;
    encodings.draw(theme.signed);
    if (this.growing === null) this.payPictures();
    pictures.show();
    page.update({
      t,
      locale,
      theme,
      reader,
      snapshot,
      navigation,
      preview,
      pictures: pictures.shown,
      row: row.known,
      matrix: matrix.known,
      positions: encodings.tables,
      strips: encodings.drawn,
    });
    if (pictures.isWaiting || (pictures.isOwing && this.growing === null)) this.schedule();
  }
}
