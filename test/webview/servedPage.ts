/**
 * Serves a built page to a browser under the policy it has in VS Code: no inline style, no script
 * without the nonce, no connection at all. Build first: pages are loaded from dist as they ship.
 */
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { themeClasses, themeSheet, type ThemeName } from './themes';

const ORIGIN = 'http://page.test';
const POLICY = `default-src 'none'; script-src 'nonce-n' ${ORIGIN}; style-src ${ORIGIN}; img-src ${ORIGIN} data: blob:; font-src ${ORIGIN}`;

/** What there is to serve. */
export interface ServedPage {
  readonly name: 'inspector' | 'token';
  /** The script that stands for VS Code and the host, run before the page's own. */
  readonly host: string;
  readonly theme: ThemeName;
  readonly locale: string;
}

export interface OpenPage {
  readonly page: Page;
  /** Everything the browser complained about: errors, dialogs, violations of the policy. */
  readonly complaints: string[];
}

const dist = (name: string): string => readFileSync(path.join('dist', 'webview', name), 'utf8');

/** A part of a page's script that it loads when it needs it. */
function chunkAt(address: string): readonly [string, string] | undefined {
  const [, name] = /^\/chunks\/([\w-]+\.js)$/.exec(address) ?? [];
  return name === undefined ? undefined : ['text/javascript', dist(`chunks/${name}`)];
}

const bundles = new Map<string, Promise<string>>();

/** A fake host as one script; bundled once a run. */
export function bundledHost(file: string): Promise<string> {
  const known = bundles.get(file);
  if (known !== undefined) return known;
  const bundle = build({ entryPoints: [file], bundle: true, write: false, format: 'iife' }).then(
    ({ outputFiles }) => outputFiles[0]?.text ?? '',
  );
  bundles.set(file, bundle);
  return bundle;
}

const html = ({ name, theme, locale }: ServedPage): string => `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><title>Headlight</title>
<link rel="stylesheet" href="/theme.css"><link rel="stylesheet" href="/${name}.css"></head>
<body class="${themeClasses[theme]}" data-vscode-theme-kind="${themeClasses[theme]}"><div id="app"></div>
<script nonce="n" src="/host.js"></script><script type="module" nonce="n" src="/${name}.js"></script></body></html>`;

/** Opens the page; it has not said `ready` yet. */
export async function openServedPage(
  browser: Browser,
  served: ServedPage,
  context: BrowserContextOptions,
  prepare: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<OpenPage> {
  const page = await browser.newPage(context);
  await prepare(page);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('dialog', (dialog) => {
    complaints.push('a dialog opened');
    void dialog.dismiss();
  });
  const { name, host } = served;
  const files: Record<string, readonly [string, string]> = {
    '/': ['text/html', html(served)],
    '/theme.css': ['text/css', themeSheet()],
    [`/${name}.css`]: ['text/css', dist(`${name}.css`)],
    [`/${name}.js`]: ['text/javascript', dist(`${name}.js`)],
    '/host.js': ['text/javascript', host],
  };
  await page.route('**/*', (route) => {
    const address = new URL(route.request().url()).pathname;
    const file = files[address] ?? chunkAt(address);
    if (file === undefined) return route.fulfill({ status: 404 });
    const [contentType, body] = file;
    return route.fulfill({ contentType, body, headers: { 'content-security-policy': POLICY } });
  });
  await page.goto(`${ORIGIN}/`);
  return { page, complaints };
}

/** One browser for the tests of a `describe`; its pages are closed after each test. */
export function usePages<Options, Opened extends OpenPage>(
  startBrowser: () => Promise<Browser>,
  openPage: (browser: Browser, options: Options) => Promise<Opened>,
): (options: Options) => Promise<Opened> {
  let browser: Browser;
  const open: Page[] = [];
  before(async () => {
    browser = await startBrowser();
  });
  afterEach(() => Promise.all(open.splice(0).map((page) => page.close())));
  after(() => browser?.close());
  return async (options) => {
    const opened = await openPage(browser, options);
    open.push(opened.page);
    return opened;
  };
}
