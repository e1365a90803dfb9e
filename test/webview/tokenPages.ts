/** Opens the *Token* view as it ships, under the policy it has in VS Code. Build first. */
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import path from 'node:path';
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
import { themeClasses, themeSheet, type ThemeName } from './themes';

const ORIGIN = 'http://token.test';
const POLICY = `default-src 'none'; script-src 'nonce-n'; style-src ${ORIGIN}; img-src data: blob:; font-src ${ORIGIN}`;

const html = (theme: ThemeName, locale: string): string => `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><title>Headlight</title>
<link rel="stylesheet" href="/theme.css"><link rel="stylesheet" href="/token.css"></head>
<body class="${themeClasses[theme]}" data-vscode-theme-kind="${themeClasses[theme]}"><div id="app"></div>
<script nonce="n" src="/host.js"></script><script nonce="n" src="/token.js"></script></body></html>`;

let bundledHost: Promise<string> | null = null;
const fakeHost = (): Promise<string> =>
  (bundledHost ??= build({
    entryPoints: ['test/webview/fakeTokenHost.ts'],
    bundle: true,
    write: false,
    format: 'iife',
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? ''));

const dist = (name: string): string => readFileSync(path.join('dist', 'webview', name), 'utf8');

export interface TokenPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
  readonly bundle?: Readonly<Record<string, string>>;
  /** What an earlier page kept. */
  readonly state?: unknown;
}

export interface OpenTokenPage {
  readonly page: Page;
  /** Everything the browser complained about: errors, and violations of the policy. */
  readonly complaints: string[];
}

async function openTokenPage(browser: Browser, options: TokenPageOptions): Promise<OpenTokenPage> {
  const { theme = 'dark', width = 300, height = 600, locale = 'en' } = options;
  const page = await browser.newPage({ viewport: { width, height } });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('dialog', (dialog) => {
    complaints.push('a dialog opened');
    void dialog.dismiss();
  });
  const files: Record<string, readonly [string, string]> = {
    '/': ['text/html', html(theme, locale)],
    '/theme.css': ['text/css', themeSheet()],
    '/token.css': ['text/css', dist('token.css')],
    '/token.js': ['text/javascript', dist('token.js')],
    '/host.js': [
      'text/javascript',
      `${await fakeHost()}\nwindow.tokenHost.state = ${JSON.stringify(options.state ?? null)};`,
    ],
  };
  await page.route('**/*', (route) => {
    const file = files[new URL(route.request().url()).pathname];
    if (file === undefined) return route.fulfill({ status: 404 });
    const [contentType, body] = file;
    return route.fulfill({ contentType, body, headers: { 'content-security-policy': POLICY } });
  });
  await page.goto(`${ORIGIN}/`);
  await page.waitForFunction(() => window.tokenHost.received.some(({ type }) => type === 'ready'));
  await page.evaluate(
    ([bundle, tag]) => window.tokenHost.send({ type: 'welcome', bundle, locale: tag }),
    [{ ...options.bundle }, locale] as const,
  );
  return { page, complaints };
}

/** One browser for the tests of a `describe`; its pages are closed after each test. */
export function useTokenPages(): (options?: TokenPageOptions) => Promise<OpenTokenPage> {
  let browser: Browser;
  const open: Page[] = [];
  before(async () => {
    browser = await startBrowser();
  });
  afterEach(() => Promise.all(open.splice(0).map((page) => page.close())));
  after(() => browser?.close());
  return async (options = {}) => {
    const opened = await openTokenPage(browser, options);
    open.push(opened.page);
    return opened;
  };
}

/** The finished run of a fixture, as the host remembers it. */
export function completed(fixture: Fixture): TraceSnapshot {
  return {
    ...emptySnapshot('trace-1', 'story.txt, line 3'),
    plan: fixture.plan,
    layers: fixture.attention.encoder.map((_, layer) => ({ stack: 'encoder' as const, layer })),
    written: [...fixture.written],
    outcome: 'complete',
    output: fixture.output,
    milliseconds: 1240,
  };
}

const START: RowAddress = {
  stack: 'encoder',
  layer: 2,
  head: 5,
  hideSpecials: false,
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
