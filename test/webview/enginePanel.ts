/**
 * The panel's page in Chromium with a real engine behind it: what it shows of a model are the
 * model's own numbers.
 */
import * as v from 'valibot';
import type { Browser } from 'playwright-core';
import type { Branch } from '../../src/protocol/branch';
import { changed, settle } from '../../src/navigation/navigationRules';
import type { TraceEvent, ToEngine } from '../../src/protocol/engineMessages';
import { traceEventSchema } from '../../src/protocol/engineMessages';
import { initialNavigation, type Navigation } from '../../src/protocol/navigation';
import { fromPanelSchema, type FromPanel, type ToPanel } from '../../src/protocol/panelMessages';
import type { ReaderState } from '../../src/protocol/readerState';
import { applyEvent, emptySnapshot } from '../../src/protocol/traceMirror';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { EngineHarness } from '../support/engineHarness';
import { packed, unpacked } from './carriedMessage';
import { bundledHost, openServedPage, type OpenPage } from './servedPage';
import type { ThemeName } from './themes';

export interface EnginePanelOptions {
  readonly engine: EngineHarness;
  /** What `finishedTrace` made. */
  readonly snapshot: TraceSnapshot;
  readonly navigation?: Partial<Navigation>;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
  readonly bundle?: Readonly<Record<string, string>>;
  /** Outputs of the text that the host keeps; none unless told otherwise. */
  readonly branches?: readonly Branch[];
  /** Questions reach the engine when this is over. */
  readonly busy?: () => Promise<void>;
}

export interface EnginePanel extends OpenPage {
  /** Everything the page sent. */
  readonly received: readonly FromPanel[];
  /** Where the reader stands, as the host knows it. */
  navigation(): Navigation;
  /** Moves the reader from outside the page. */
  move(change: Partial<Navigation>): Promise<void>;
}

/** Runs a model on a text to its end. */
export async function finishedTrace(
  engine: EngineHarness,
  trace: string,
  text: string,
  more: Partial<Extract<ToEngine, { type: 'run' }>> = {},
): Promise<TraceSnapshot> {
  engine.run(trace, text, more);
  await engine.finished(trace);
  const isEvent = (message: unknown): message is TraceEvent => v.is(traceEventSchema, message);
  return engine.log.filter(isEvent).reduce(applyEvent, emptySnapshot(trace, 'story.txt, line 3'));
}

export async function openEnginePanel(
  browser: Browser,
  options: EnginePanelOptions,
): Promise<EnginePanel> {
  const { engine, snapshot, theme = 'dark', width = 480, height = 900, locale = 'en' } = options;
  const host = await bundledHost('test/webview/enginePage.ts');
  let state: ReaderState = {
    navigation: settle({ ...initialNavigation, ...options.navigation }, snapshot),
    link: 'linked',
    pinned: null,
    branches: [...(options.branches ?? [])],
    canGoBack: false,
    canGoForward: false,
    colourScale: 'relative',
  };
  const received: FromPanel[] = [];
  let opened: OpenPage | null = null;
  let seen = 0;
  const send = async (message: ToPanel): Promise<void> => {
    await opened?.page.evaluate((text) => window.fromEngineHost(text), packed(message));
  };
  const move = (change: Partial<Navigation>): Promise<void> => {
    const navigation = settle(changed(state.navigation, change, snapshot), snapshot);
    state = { ...state, navigation };
    return send({ type: 'state', seen, state });
  };
  const requests = new Map<number, number>();
  const answer = async (message: Extract<FromPanel, { type: 'query' }>): Promise<void> => {
    const { request } = message;
    await options.busy?.();
    const asked = engine.query(message.trace, message.query);
    requests.set(request, asked.request);
    const reply = await asked.reply;
    await send({ ...reply, request });
  };
  const receive = async (text: string): Promise<void> => {
    const message = v.parse(fromPanelSchema, unpacked(text));
    received.push(message);
    if (message.type === 'ready') {
      const bundle = { ...options.bundle };
      return send({ type: 'welcome', bundle, locale, snapshot, state });
    }
    if (message.type === 'navigate') {
      seen = message.sequence;
      return move(message.change);
    }
    if (message.type === 'query') return answer(message);
    if (message.type === 'withdraw') {
      const request = requests.get(message.request);
      if (request !== undefined) engine.post({ type: 'withdraw', request });
    }
  };
  opened = await openServedPage(
    browser,
    { name: 'inspector', host, theme, locale },
    { viewport: { width, height } },
    async (page) => void (await page.exposeFunction('toEngineHost', receive)),
  );
  // What the page said before the test could send it anything.
  if (received.some(({ type }) => type === 'ready'))
    await send({ type: 'welcome', bundle: { ...options.bundle }, locale, snapshot, state });
  return { ...opened, received, navigation: () => state.navigation, move };
}
