import type { Fixture } from './fixture';
import { openPanel, startBrowser, type Panel, type PanelOptions } from './harness';
import { usePages } from './servedPage';

/** Opens a panel, on the given fixture unless the options say otherwise. */
export type OpenPanel = (options?: Partial<PanelOptions>) => Promise<Panel>;

/** One browser for the tests of a `describe`; its pages are closed after each test. */
export function usePanels(fixture: Fixture): OpenPanel {
  const open = usePages(startBrowser, openPanel);
  return (options = {}) => open({ fixture, ...options });
}
