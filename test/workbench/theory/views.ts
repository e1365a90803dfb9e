// The views that say why, as a person uses and reads them.
import assert from 'node:assert/strict';
import type { Frame, Locator, Page } from 'playwright-core';
import { clickWord } from '../editorDom';
import { takeFirst, typeInPick } from '../quickPick';
import type { Session } from '../session';
import { agree } from '../stand';
import { HEAD } from '../story/comparison';
import { TIRED } from '../story/sentences';

/** More stops than any view has before what a person looks for. */
const MOST_TABS = 200;

/** Opens a tab of the panel. */
export const openTab = (panel: Frame, name: string): Promise<void> =>
  panel.getByRole('tab', { name, exact: true }).click();

export const openedTab = async (panel: Frame): Promise<string> =>
  (await panel.getByRole('tab', { selected: true }).textContent()) ?? '';

/** A button of the panel by its whole name. */
export const button = (panel: Frame, name: string): Locator =>
  panel.getByRole('button', { name, exact: true });

/** Words of the cells of a table's rows, those of its foot aside. */
export const cellsOf = (table: Locator): Promise<string[][]> =>
  table
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? '')),
    );

/** Runs a command from the palette without the mouse. */
export async function commandByKeys(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await typeInPick(page, title, title);
  await takeFirst(page);
}

/** “Go to Head…” by keyboard. */
export async function goToHead(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+Alt+g');
  await typeInPick(page, name.replace('·', '').toLowerCase(), name);
  await takeFirst(page);
}

/** At “it” of the first sentence, in one head. */
export async function beginAtHead(session: Session): Promise<void> {
  const { page } = session;
  await goToHead(page, HEAD.head);
  // A click where the cursor is already moves nothing.
  await clickWord(page, TIRED.line, 'was');
  await clickWord(page, TIRED.line, 'it');
  await agree(session, TIRED, HEAD);
}

/** What has the focus in the panel, as it is called. */
const focused = (panel: Frame): Promise<string> =>
  panel.evaluate(() => {
    const { activeElement } = document;
    return (activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '').trim();
  });

/** Presses Tab in the panel until something of that name has the focus. */
export async function tabTo(page: Page, panel: Frame, name: string): Promise<void> {
  const passed: string[] = [];
  while ((await focused(panel)) !== name) {
    assert.ok(passed.length < MOST_TABS, `no “${name}” in ${passed.join(' | ')}`);
    passed.push(await focused(panel));
    await page.keyboard.press('Tab');
  }
}

/** Counts what a person presses. */
export class Clicks {
  count = 0;

  async on(what: Locator, options: Parameters<Locator['click']>[0] = {}): Promise<void> {
    this.count++;
    await what.click(options);
  }
}
