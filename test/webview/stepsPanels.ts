/** Panels of the Steps view with a real engine behind them, and what tests read from them. */
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Navigation } from '../../src/protocol/navigation';
import type { Answer, Question } from '../../src/protocol/queries';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { EngineHarness } from '../support/engineHarness';
import {
  finishedTrace,
  openEnginePanel,
  type EnginePanel,
  type EnginePanelOptions,
} from './enginePanel';
import { startBrowser } from './harness';

const SENTENCE = "The animal didn't cross the street because it was too tired.";
export const STORY = 'the cat sat by the river and';

/** A place in the Steps view. */
export const at = (
  stack: Navigation['stack'],
  layer: number,
  head: Navigation['head'],
  index: number,
): Partial<Navigation> => ({
  view: 'steps',
  stack,
  layer,
  head,
  token: { side: stack === 'cross' ? 'target' : 'source', index, locked: true },
});

export const four = (value: number): string => value.toFixed(4);

/** Cells of the rows of a table, once there are any. */
async function rowsOf(page: Page, table: string): Promise<string[][]> {
  const rows = page.locator(`${table} tbody tr`);
  await rows.first().waitFor();
  return rows.evaluateAll((all) =>
    all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
  );
}

/** The table of keys. */
export const keyRows = (page: Page): Promise<string[][]> => rowsOf(page, '.key-room');
/** What an opened number is made of. */
export const madeRows = (page: Page): Promise<string[][]> => rowsOf(page, '.made-of');
export const question = (page: Page): Promise<string | null> =>
  page.locator('.step-head .step-question').textContent();
/** Until the steps are there, the vectors of all keys among them. */
export const settled = (page: Page): Promise<void> =>
  page.locator('.mixture .strip').first().waitFor();

export interface StepsPanels {
  /** The engine, once tests run. */
  engine(): EngineHarness;
  /** The browser, once tests run. */
  browser(): Browser;
  /** Opens a panel on the built-in model or one of the fixtures by its name. */
  open(
    name: string,
    navigation: Partial<Navigation>,
    more?: Partial<EnginePanelOptions>,
  ): Promise<EnginePanel>;
  steps(trace: string, asked: Question<'steps'>): Promise<Answer<'steps'>>;
  /** Runs one of the fixtures on a text of the test's own. */
  traced(trace: string, model: string, text: string): Promise<TraceSnapshot>;
  /** A panel on that. */
  openOn(snapshot: TraceSnapshot, navigation: Partial<Navigation>): Promise<EnginePanel>;
}

/** One engine and one browser for the tests of a `describe`; pages are closed after each test. */
export function useStepsPanels(): StepsPanels {
  let engine: EngineHarness;
  let browser: Browser;
  const traces = new Map<string, Promise<TraceSnapshot>>();
  const panels: EnginePanel[] = [];
  before(async () => {
    engine = new EngineHarness();
    browser = await startBrowser();
  });
  afterEach(() => Promise.all(panels.splice(0).map(({ page }) => page.close())));
  after(async () => {
    await browser.close();
    engine.close();
  });
  const traced = (trace: string, name: string, text: string): Promise<TraceSnapshot> => {
    const model = path.resolve('test/fixtures/models', name);
    const more = name === 'translate-en' ? {} : { model, language: null, trainedTokens: null };
    return finishedTrace(engine, trace, text, more);
  };
  const known = (name: string): Promise<TraceSnapshot> => {
    const text = { 'translate-en': SENTENCE, 'copy-relative': 'reverse: sun dog tree' }[name];
    const made = traces.get(name) ?? traced(name, name, text ?? STORY);
    traces.set(name, made);
    return made;
  };
  const openOn = async (
    snapshot: TraceSnapshot,
    navigation: Partial<Navigation>,
    more: Partial<EnginePanelOptions> = {},
  ): Promise<EnginePanel> => {
    const panel = await openEnginePanel(browser, { engine, snapshot, navigation, ...more });
    panels.push(panel);
    return panel;
  };
  return {
    engine: () => engine,
    browser: () => browser,
    open: async (name, navigation, more) => openOn(await known(name), navigation, more),
    steps: (trace, asked) => engine.ask(trace, { name: 'steps', question: asked }),
    traced,
    openOn,
  };
}
