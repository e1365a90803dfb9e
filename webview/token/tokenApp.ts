/**
 * The *Token* view: shows the last table that the host sent, at most once a frame, and tells the
 * host which token the reader chose. It computes nothing.
 */
import * as v from 'valibot';
import { translator } from '../../src/language/translate';
import type { ToTokenView } from '../../src/protocol/tokenViewMessages';
import type { WebviewApi } from '../inspector/hostLink';
import { readTheme, watchTheme, type Theme } from '../parts/theme';
import type { TableEntry, TableOrder } from './tableEntries';
import { TokenLink } from './tokenLink';
import { TokenPage } from './tokenPage';

/** What the page keeps with `setState`: VS Code destroys it while it is hidden. */
const keptSchema = v.object({
  order: v.object({
    column: v.picklist(['position', 'token', 'weight', 'norm']),
    descending: v.boolean(),
  }),
  scroll: v.number(),
});
type Kept = v.InferOutput<typeof keptSchema>;

/** In the order of the text, as the colours stand in the editor. */
const FIRST_ORDER: TableOrder = { column: 'position', descending: false };

type Shown = Extract<ToTokenView, { type: 'table' }>;

export class TokenApp {
  private readonly link: TokenLink;
  private theme: Theme;
  private kept: Kept;
  private page: TokenPage | null = null;
  private shown: Shown | null = null;
  private frame: number | null = null;
  /** Set until the first table is there to scroll. */
  private scrollTo: number | null;

  constructor(
    private readonly root: HTMLElement,
    private readonly api: WebviewApi,
  ) {
    this.link = new TokenLink(api, (message) => this.receive(message));
    this.theme = readTheme(document.body);
    const kept = v.safeParse(keptSchema, api.getState());
    this.kept = kept.success ? kept.output : { order: FIRST_ORDER, scroll: 0 };
    this.scrollTo = this.kept.scroll;
  }

  start(): void {
    watchTheme(document, () => {
      this.theme = readTheme(document.body);
      this.schedule();
    });
    document.addEventListener('scrollend', () => {
      if (this.scrollTo === null) this.keep({ scroll: window.scrollY });
    });
    this.link.start(window);
  }

  private receive(message: ToTokenView): void {
    if (message.type === 'table') {
      this.shown = message;
      this.schedule();
      return;
    }
    this.page = new TokenPage(
      translator(message.bundle),
      message.locale,
      this.kept.order,
      (entry) => this.choose(entry),
      (order) => this.keep({ order }),
    );
    this.shown = null;
    this.root.replaceChildren(this.page.root);
    this.page.root.hidden = true;
  }

  private choose({ position }: TableEntry): void {
    const table = this.shown?.table ?? null;
    if (table === null) return;
    const { trace, side } = table;
    this.link.post({ type: 'choose', trace, side, index: position });
  }

  private keep(change: Partial<Kept>): void {
    this.kept = { ...this.kept, ...change };
    this.api.setState(this.kept);
  }

  /** A hidden page gets no frames, and so does no work. */
  private schedule(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  private draw(): void {
    const { page, shown } = this;
    if (page === null || shown === null) return;
    page.root.hidden = false;
    page.update(shown.table, shown.failure, this.theme);
    if (shown.table === null || this.scrollTo === null) return;
    window.scrollTo({ top: this.scrollTo });
    this.scrollTo = null;
  }
}
