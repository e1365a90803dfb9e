import type { Browser, Page } from 'playwright-core';
import type { Fixture } from './fixture';
import { openPanel, startBrowser, type Panel, type PanelOptions } from './harness';

/** Opens a panel, on the given fixture unless the options say otherwise. */
export type OpenPanel = (options?: Partial<PanelOptions>) => Promise<Panel>;

/** One browser for the tests of a `describe`; its pages are closed after each test. */
export function usePanels(fixture: Fixture): OpenPanel {
  let browser: Browser;
  const open: Page[] = [];
  before(async () => {
    browser = await startBrowser();
  });
  afterEach(() => Promise.all(open.splice(0).map((page) => page.close())));
  after(() => browser?.close());
  return async (options = {}) => {
    const opened = await openPanel(browser, { fixture, ...options });
    open.push(opened.page);
    return opened;
  };
}
