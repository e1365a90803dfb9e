// A real VS Code with the extension in it, on a folder of its own, for the tests of one `describe`.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import * as v from 'valibot';
import { addressOf } from '../../scripts/vscode/address.mjs';
import { startServer } from '../../scripts/vscode/server.mjs';
import { openBrowser, webviewWith, workbenchReady } from '../../scripts/vscode/workbench.mjs';

/** What `npm test` tells: the browser, and the VS Code to install the extension into. */
const told = v.parse(
  v.object({ CHROMIUM_PATH: v.string(), HEADLIGHT_SERVER: v.string() }),
  process.env,
);
const installed = v.parse(
  v.object({ version: v.string(), main: v.string(), node: v.string() }),
  JSON.parse(told.HEADLIGHT_SERVER),
);

/** Where the scripts of our webviews come from; VS Code's own pages have errors that are not ours. */
const OUR_SCRIPTS = /\/dist\/webview\//;

/** Editor, panel and side panel beside each other, none of them cramped. */
const VIEWPORT = { width: 1600, height: 1000 };

export interface SessionOptions {
  /** Of screenshots. */
  readonly name: string;
  /** Files of the folder beside the samples: name → content. */
  readonly files?: Readonly<Record<string, string>>;
  /** Folders of it that are copies: name → which folder of the repository. */
  readonly folders?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export class Session {
  readonly folder: string;
  /** What the scripts of our webviews threw, or wrote to the console as errors. */
  readonly errors: string[] = [];
  private readonly temporary = mkdtempSync(path.join(os.tmpdir(), 'headlight-workbench-'));
  private server: Awaited<ReturnType<typeof startServer>> | null = null;
  private open: Awaited<ReturnType<typeof openBrowser>> | null = null;

  constructor(private readonly options: SessionOptions) {
    this.folder = path.join(this.temporary, 'sample');
  }

  get page(): Page {
    if (this.open === null) throw new Error('VS Code is not open.');
    return this.open.page;
  }

  /** The inspector's document; another one after a reload of the window. */
  panel(): Promise<Frame> {
    return webviewWith(this.page, '#app .header');
  }

  /** The document of the side panel's *Token* view. */
  tokenView(): Promise<Frame> {
    return webviewWith(this.page, '#app .token-view, #app .token-empty');
  }

  async start(): Promise<void> {
    cpSync('sample', this.folder, { recursive: true });
    for (const [name, content] of Object.entries(this.options.files ?? {}))
      writeFileSync(path.join(this.folder, name), content);
    for (const [name, from] of Object.entries(this.options.folders ?? {}))
      cpSync(from, path.join(this.folder, name), { recursive: true });
    this.server = await startServer({
      installed,
      extensions: ['.'],
      settings: { ...this.options.settings },
    });
    this.open = await openBrowser(told.CHROMIUM_PATH, { viewport: VIEWPORT });
    this.page.on('pageerror', ({ stack = '' }) => {
      if (OUR_SCRIPTS.test(stack)) this.errors.push(stack);
    });
    this.page.on('console', (message) => {
      const ours = OUR_SCRIPTS.test(message.location().url);
      if (ours && message.type() === 'error') this.errors.push(message.text());
    });
    await this.page.goto(addressOf(this.server, { folder: this.folder }));
    await workbenchReady(this.page);
  }

  async photograph(): Promise<void> {
    if (this.open === null) return;
    const picture = path.resolve('out', 'results', `workbench-${this.options.name}.png`);
    await this.page.screenshot({ path: picture });
    console.log(`screenshot: ${picture}\n${this.server?.log().slice(-1000) ?? ''}`);
  }

  async stop(): Promise<void> {
    await this.open?.browser.close();
    await this.server?.stop();
    rmSync(this.temporary, { recursive: true, force: true });
  }
}

/** One VS Code for a `describe`, which is one story: what follows a failed step says nothing. */
export function useSession(options: SessionOptions): Session {
  const session = new Session(options);
  before(() => session.start());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await session.photograph();
  });
  after(async () => {
    await session.stop();
    assert.deepEqual(session.errors, [], 'errors of our webviews');
  });
  return session;
}
