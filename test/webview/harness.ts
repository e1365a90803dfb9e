/**
 * Opens the panel's page in headless Chromium, with the fake host behind it.
 */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { initialNavigation, type Navigation } from '../../src/protocol/navigation';
import type { ReaderState } from '../../src/protocol/readerState';
import type { Fixture, SeededOptions } from './fixture';
import { bundledHost, openServedPage, type OpenPage } from './servedPage';
import type { ThemeName } from './themes';

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

export type Panel = OpenPage;

export async function openPanel(browser: Browser, options: PanelOptions): Promise<Panel> {
  const {
    fixture,
    theme = 'dark',
    width = 480,
    height = 900,
    locale = 'en',
    complete = false,
  } = options;
  const host = await bundledHost('test/webview/fakeHost.ts');
  const opened = await openServedPage(
    browser,
    { name: 'inspector', host, theme, locale },
    {
      viewport: { width, height },
      reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference',
    },
  );
  const { page } = opened;
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
  return opened;
}

/** Replays the whole run and waits until the page says so. */
export async function finishRun(page: Page): Promise<void> {
  await page.evaluate(() => window.fakeHost.runAll());
  await page.waitForFunction(
    () => document.querySelector('.bar')?.getAttribute('aria-valuenow') === '100',
  );
}
