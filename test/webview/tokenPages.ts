/** Opens the *Token* view with a fake host behind it. */
import type { Browser, Page } from 'playwright-core';
import * as v from 'valibot';
import { tokenTable } from '../../src/host/views/tokenTable';
import type { WireFailure } from '../../src/failure/failure';
import { queries } from '../../src/protocol/queries';
import type { RowAddress } from '../../src/protocol/address';
import { emptySnapshot } from '../../src/protocol/traceMirror';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { numbersOf } from '../../src/protocol/wireTensor';
import { FakeAnswers } from './fakeAnswers';
import type { PlainTable } from './fakeTokenHost';
import type { Fixture } from './fixture';
import { startBrowser } from './harness';
import { bundledHost, openServedPage, usePages, type OpenPage } from './servedPage';
import type { ThemeName } from './themes';
import { wholeSnapshot } from './wholeSnapshot';

export interface TokenPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
  readonly bundle?: Readonly<Record<string, string>>;
  /** What an earlier page kept. */
  readonly state?: unknown;
}

export type OpenTokenPage = OpenPage;

async function openTokenPage(browser: Browser, options: TokenPageOptions): Promise<OpenTokenPage> {
  const { theme = 'dark', width = 300, height = 600, locale = 'en' } = options;
  const bundled = await bundledHost('test/webview/fakeTokenHost.ts');
  const host = `${bundled}\nwindow.tokenHost.state = ${JSON.stringify(options.state ?? null)};`;
  const opened = await openServedPage(
    browser,
    { name: 'token', host, theme, locale },
    { viewport: { width, height } },
  );
  const { page } = opened;
  await page.waitForFunction(() => window.tokenHost.received.some(({ type }) => type === 'ready'));
  await page.evaluate(
    ([bundle, tag]) => window.tokenHost.send({ type: 'welcome', bundle, locale: tag }),
    [{ ...options.bundle }, locale] as const,
  );
  return opened;
}

/** One browser for the tests of a `describe`; its pages are closed after each test. */
export function useTokenPages(): (options?: TokenPageOptions) => Promise<OpenTokenPage> {
  const open = usePages(startBrowser, openTokenPage);
  return (options = {}) => open(options);
}

/** The finished run of a fixture, as the host remembers it. */
export const completed = (fixture: Fixture): TraceSnapshot =>
  wholeSnapshot(fixture, emptySnapshot('trace-1', 'story.txt, line 3'));

const START: RowAddress = {
  stack: 'encoder',
  layer: 2,
  head: 5,
  hideSpecials: false,
  unit: 'token',
  direction: 'looksAt',
  token: 10,
};

/** The table of a row, made by the host's own function. */
export function tableOf(fixture: Fixture, change: Partial<RowAddress> = {}): PlainTable {
  const address = { ...START, ...change };
  const answers = new FakeAnswers(fixture, () => fixture.written.length);
  const answer = answers.value({ name: 'row', question: address });
  const row = v.parse(queries.row.answer, answer);
  const table = tokenTable(completed(fixture), { address, row }, 'relative');
  if (table === null) throw new Error('There is no such token.');
  const { row: _, ...rest } = table;
  const weights = [...numbersOf(row.weights)];
  const norms = [...numbersOf(row.norms)];
  return { ...rest, weights, norms, hidden: row.hidden };
}

/** Until the page has drawn what it was last told. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );

export async function show(page: Page, table: PlainTable): Promise<void> {
  await page.evaluate((plain) => window.tokenHost.show(plain), table);
  await drawn(page);
}

export async function explain(page: Page, failure: WireFailure | null): Promise<void> {
  await page.evaluate((words) => window.tokenHost.explain(words), failure);
  await drawn(page);
}
