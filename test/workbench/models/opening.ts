import assert from 'node:assert/strict';
import { chooseInExplorerMenu, explorerRow } from '../../../scripts/vscode/explorerMenu.mjs';
import { workbenchReady } from '../../../scripts/vscode/workbench.mjs';
import { eventually } from '../eventually';
import type { Session } from '../session';
import { pane, statusItem } from '../sidePanel';
import type { Kind } from './kinds';

/** From the explorer to a model that is chosen. */
export function opening(session: Session, kind: Kind): void {
  const { model, from } = kind;

  it(`is opened by the explorer’s menu on ${from === 'folder' ? 'its folder' : from}`, async () => {
    const { page } = session;
    await page.keyboard.press('Control+Shift+e');
    await workbenchReady(page);
    // What an earlier model unfolded has files of the same names.
    await page.keyboard.press('Control+ArrowLeft');
    if (from !== 'folder') {
      await explorerRow(page, model).click();
      await explorerRow(page, from).waitFor();
    }
    const chosen = from === 'folder' ? model : from;
    await chooseInExplorerMenu(page, chosen, 'Headlight: Open Model…');
    await rowOf(session, model).and(page.locator('[aria-label*=", chosen, loaded · "]')).waitFor();
  });

  it('is shown with its facts, and named in the status bar', async () => {
    const { page } = session;
    await eventually(async () => {
      const rows = pane(page, 'Models').locator('.monaco-list-row');
      const labels = await rows.evaluateAll((all) =>
        all.map((row) => row.getAttribute('aria-label') ?? ''),
      );
      assert.deepEqual(
        labels.filter((label) => label.includes(', chosen, ')).map((label) => label.split(',')[0]),
        [model],
      );
      assert.ok((await statusItem(page).textContent())?.includes(model));
    });
    // What is opened unfolds: before, its facts are not among the rows that the keys walk through.
    await rowOf(session, model).and(page.locator('[aria-expanded="true"]')).waitFor();
    // The view shows a few at once: the others come into it with the keyboard.
    // A click would choose the model once more and draw the list anew under the keys.
    await pane(page, 'Models').locator('.monaco-list').focus();
    await page.keyboard.press('Home');
    const seen = new Set<string>();
    for (let down = 0; down < MOST_ROWS && kind.facts.some((fact) => !seen.has(fact)); down++) {
      await page.keyboard.press('ArrowDown');
      const focused = pane(page, 'Models').locator('.monaco-list-row.focused');
      seen.add((await focused.getAttribute('aria-label')) ?? '');
    }
    assert.deepEqual(
      kind.facts.filter((fact) => !seen.has(fact)),
      [],
      [...seen].join('; '),
    );
  });
}

/** Models that were opened before stay unfolded: five of them with some twenty facts each. */
const MOST_ROWS = 150;

const rowOf = ({ page }: Session, model: string) =>
  pane(page, 'Models').locator(`.monaco-list-row[aria-label^="${model}, "]`);
