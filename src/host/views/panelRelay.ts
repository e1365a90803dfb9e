import * as v from 'valibot';
import { Failure } from '../../failure/failure';
import {
  fromPanelSchema,
  initialNavigation,
  type Copy,
  type FromPanel,
  type ToPanel,
} from '../../protocol/panelMessages';
import type { Query } from '../../protocol/queries';
import type { TraceId } from '../../protocol/trace';
import { DisposableStore, type Disposable } from '../disposables';
import type { EngineClient } from '../engine/engineClient';
import type { Inspection, Inspector } from '../inspection/inspector';
import type { Notice } from '../inspection/notice';

/** What a page needs to know of its surroundings before it can draw a word. */
export interface Greeting {
  readonly bundle: Readonly<Record<string, string>>;
  readonly locale: string;
}

/** What the panel may ask for beyond its trace. A closed list: no page names a command of VS Code. */
export interface PanelActions {
  copy(inspection: Inspection, copy: Copy): Promise<Notice | null>;
  reveal(inspection: Inspection, span: readonly [number, number]): Promise<void>;
  openCard(): Promise<void>;
  selfTest(): Promise<void>;
  rerun(language: string | null): void;
}

/**
 * Between one page and inspector and engine. The page comes and goes (hidden, moved, reloaded); each
 * `ready` gets the full state, and only what happens afterwards is sent as news. A page that is
 * away gets nothing and its credit is void, while the trace fills all the same.
 */
export class PanelRelay implements Disposable {
  private readonly store = new DisposableStore();
  /** Counts pages, so that an answer to an earlier page's question is not taken for a later one's. */
  private page = 0;
  private present = false;

  constructor(
    private readonly post: (message: ToPanel) => void,
    private readonly inspector: Inspector,
    private readonly engine: EngineClient,
    private readonly actions: PanelActions,
    private readonly greeting: Greeting,
  ) {
    this.store.add(
      inspector.traces.on(({ snapshot, navigation }) =>
        this.send({ type: 'trace', snapshot, navigation }),
      ),
    );
    this.store.add(inspector.events.on((event) => this.send({ type: 'event', event })));
    this.store.add(inspector.notices.on((notice) => this.send({ type: 'notice', notice })));
  }

  /** The page is gone for now; VS Code destroys hidden pages. */
  away(): void {
    this.present = false;
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
      case 'navigate':
        return this.inspector.navigate(message.navigation);
      case 'rerun':
        return this.actions.rerun(message.language);
      case 'cancel':
        if (this.isCurrent(message.trace)) this.inspector.cancel();
        return;
      case 'copy': {
        const notice = await this.actions.copy(this.inspection(message.trace), message.copy);
        if (notice !== null) this.send({ type: 'notice', notice });
        return;
      }
      case 'reveal':
        return this.actions.reveal(this.inspection(message.trace), message.span);
      case 'openCard':
        return this.actions.openCard();
      case 'selfTest':
        return this.actions.selfTest();
    }
  }

  private welcome(): void {
    this.page += 1;
    this.present = true;
    const inspection = this.inspector.current;
    this.send({
      type: 'welcome',
      ...this.greeting,
      bundle: { ...this.greeting.bundle },
      navigation: inspection?.navigation ?? initialNavigation,
      snapshot: inspection?.snapshot ?? null,
    });
    if (this.inspector.notice !== null)
      this.send({ type: 'notice', notice: this.inspector.notice });
    this.repaint();
  }

  private async answer(request: number, trace: TraceId, query: Query): Promise<void> {
    const asking = this.page;
    const send = (message: ToPanel): void => {
      if (asking === this.page) this.send(message);
    };
    try {
      this.inspection(trace);
      send({ type: 'answer', request, value: await this.engine.ask(trace, query) });
    } catch (thrown) {
      send({ type: 'refused', request, failure: Failure.from(thrown).toWire() });
    }
  }

  private repaint(): void {
    const trace = this.inspector.current?.snapshot.trace;
    if (trace !== undefined) this.engine.tell({ type: 'repaint', trace });
  }

  private isCurrent(trace: TraceId): boolean {
    return this.inspector.current?.snapshot.trace === trace;
  }

  /** The inspection a page speaks of; a newer one may have taken its place meanwhile. */
  private inspection(trace: TraceId): Inspection {
    const { current } = this.inspector;
    if (current === null || current.snapshot.trace !== trace) throw new Failure('trace.gone');
    return current;
  }

  private send(message: ToPanel): void {
    if (this.present) this.post(message);
  }
}
