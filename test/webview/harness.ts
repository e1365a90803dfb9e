/**
 * Opens the built page in headless Chromium under the policy the panel has in VS Code, with the
 * fake host behind it. Build first: the tests load dist/webview/inspector.js as it ships.
 */
import { build } from 'esbuild';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { initialNavigation, type Navigation } from '../../src/protocol/navigation';
import type { ReaderState } from '../../src/protocol/readerState';
import type { Fixture, SeededOptions } from './fixture';
import { themeClasses, themeSheet, type ThemeName } from './themes';

const ORIGIN = 'http://panel.test';
const PLACES = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

export async function startBrowser(): Promise<Browser> {
  const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));
  if (executablePath === undefined)
    throw new Error(
      'No Chromium found. Install it (apt-get install chromium) or set CHROMIUM_PATH.',
    );
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--force-color-profile=srgb',
    ],
  });
}

const dist = (name: string): string => readFileSync(path.join('dist', 'webview', name), 'utf8');

let bundledHost: Promise<string> | null = null;
const fakeHost = (): Promise<string> =>
  (bundledHost ??= build({
    entryPoints: ['test/webview/fakeHost.ts'],
    bundle: true,
    write: false,
    format: 'iife',
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? ''));

/** As strict as the host's: no inline style, no script without the nonce, no connection at all. */
const POLICY = `default-src 'none'; script-src 'nonce-n'; style-src ${ORIGIN}; img-src ${ORIGIN} data: blob:; font-src ${ORIGIN}`;

const html = (theme: ThemeName, locale: string): string => `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><title>Headlight</title>
<link rel="stylesheet" href="/theme.css"><link rel="stylesheet" href="/inspector.css"></head>
<body class="${themeClasses[theme]}" data-vscode-theme-kind="${themeClasses[theme]}"><div id="app"></div>
<script nonce="n" src="/fakeHost.js"></script><script nonce="n" src="/inspector.js"></script></body></html>`;

export interface PanelOptions {
  readonly fixture: Fixture | SeededOptions | null;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
  readonly bundle?: Readonly<Record<string, string>>;
  readonly navigation?: Partial<Navigation>;
  /** Start from the snapshot of the finished run instead of from its beginning. */
  readonly complete?: boolean;
  readonly reducedMotion?: boolean;
  /** What else the host tells of the reader. */
  readonly reader?: Partial<Omit<ReaderState, 'navigation' | 'pinned'>>;
  /** A finished run whose view is pinned, as trace `pinned`. */
  readonly pinned?: {
    readonly fixture: Fixture | SeededOptions;
    readonly navigation: Partial<Navigation>;
  };
}

export interface Panel {
  readonly page: Page;
  /** Everything the browser complained about: errors, and violations of the policy. */
  readonly complaints: string[];
}

export async function openPanel(browser: Browser, options: PanelOptions): Promise<Panel> {
  const {
    fixture,
    theme = 'dark',
    width = 480,
    height = 900,
    locale = 'en',
    complete = false,
  } = options;
  const page = await browser.newPage({
    viewport: { width, height },
    reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference',
  });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const files: Record<string, readonly [string, string]> = {
    '/': ['text/html', html(theme, locale)],
    '/theme.css': ['text/css', themeSheet()],
    '/inspector.css': ['text/css', dist('inspector.css')],
    '/inspector.js': ['text/javascript', dist('inspector.js')],
    '/fakeHost.js': ['text/javascript', await fakeHost()],
  };
  await page.route('**/*', (route) => {
    const file = files[new URL(route.request().url()).pathname];
    if (file === undefined) return route.fulfill({ status: 404 });
    const [contentType, body] = file;
    return route.fulfill({ contentType, body, headers: { 'content-security-policy': POLICY } });
  });
  await page.goto(`${ORIGIN}/`);
  await page.waitForFunction(() => window.fakeHost.received.some(({ type }) => type === 'ready'));
  const navigation = { ...initialNavigation, ...options.navigation };
  await page.evaluate(
    ([data, words, tag, start, whole, reader, pinned]) => {
      const host = window.fakeHost;
      host.reader = { ...host.reader, ...reader };
      if (pinned !== null) host.pin(pinned.fixture, 'pinned', pinned.navigation);
      if (data !== null) host.load(data, 'trace-1');
      const snapshot = data === null ? null : whole ? host.completed() : host.snapshot();
      host.welcome(words, tag, start, snapshot);
    },
    [
      fixture,
      { ...options.bundle },
      locale,
      navigation,
      complete,
      { ...options.reader },
      options.pinned ?? null,
    ] as const,
  );
  await page.waitForSelector('#app > *');
  return { page, complaints };
}

/** Replays the whole run and waits until the page says so. */
export async function finishRun(page: Page): Promise<void> {
  await page.evaluate(() => window.fakeHost.runAll());
  await page.waitForFunction(
    () => document.querySelector('.bar')?.getAttribute('aria-valuenow') === '100',
  );
}
