/** The map's page with a real engine, and what tests look for on it. */
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Navigation } from '../../src/protocol/navigation';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { EngineHarness } from '../support/engineHarness';
import { finishedTrace, openEnginePanel, type EnginePanel } from './enginePanel';
import { startBrowser } from './harness';

const TEXT = 'The small cat sleeps on the mat.';

export const box = (page: Page, key: string): Locator => page.locator(`[data-box="${key}"]`);
export const card = (page: Page): Locator => page.locator('.map-card');

/** Boxes on the chosen token's path. */
export const lit = (page: Page): Promise<string[]> =>
  page
    .locator('.map-box.lit')
    .evaluateAll((boxes) => boxes.map((found) => found.getAttribute('data-box') ?? ''));

export const source = (index: number) => ({ side: 'source' as const, index, locked: true });
export const target = (index: number) => ({ side: 'target' as const, index, locked: true });

/** An engine, a browser and the built-in translator's trace for the tests of a `describe`. */
export class MapPages {
  readonly engine = new EngineHarness();
  private readonly pages: Page[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly trace: TraceSnapshot[],
  ) {}

  static async start(): Promise<MapPages> {
    const made = new MapPages(await startBrowser(), []);
    made.trace.push(await finishedTrace(made.engine, 'translator', TEXT));
    return made;
  }

  get translator(): TraceSnapshot {
    return this.trace[0]!;
  }

  /** A small trained model on a text. */
  small(name: string, text: string): Promise<TraceSnapshot> {
    const model = path.resolve(`test/fixtures/models/${name}`);
    return finishedTrace(this.engine, name, text, { model, language: null });
  }

  async show(
    snapshot: TraceSnapshot,
    navigation: Partial<Navigation> = {},
    more: Partial<Parameters<typeof openEnginePanel>[1]> = {},
  ): Promise<EnginePanel> {
    const open = await openEnginePanel(this.browser, {
      engine: this.engine,
      snapshot,
      navigation: { view: 'map', layer: 1, ...navigation },
      ...more,
    });
    this.pages.push(open.page);
    await open.page.locator('.map-box').first().waitFor();
    return open;
  }

  async closePages(): Promise<void> {
    await Promise.all(this.pages.splice(0).map((page) => page.context().close()));
  }

  async stop(): Promise<void> {
    this.engine.close();
    await this.browser.close();
  }
}
