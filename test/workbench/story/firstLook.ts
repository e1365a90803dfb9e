import assert from 'node:assert/strict';
import { openFile } from '../../../scripts/vscode/workbench.mjs';
import { clickWord } from '../editorDom';
import { completed } from '../panelDom';
import type { Session } from '../session';
import { openSidePanel, pane } from '../sidePanel';
import { agree } from '../stand';
import { TIRED } from './sentences';

/** From nothing to the first inspection, by the one button that the side panel has. */
export function firstLook(session: Session): void {
  describe('at first', () => {
    it('the side panel welcomes with one button', async () => {
      const { page } = session;
      await openFile(page, 'english.txt');
      await clickWord(page, TIRED.line, 'it');
      await openSidePanel(page);
      const buttons = pane(page, 'Heads').locator('.welcome-view-content .monaco-button');
      await buttons.first().waitFor();
      assert.deepEqual(await buttons.allInnerTexts(), ['Inspect Selection']);
      const token = await session.tokenView();
      await token.getByText('Nothing inspected yet').waitFor();
    });

    it('it inspects the sentence at the cursor, and its token is the query everywhere', async () => {
      const { page } = session;
      await pane(page, 'Heads').locator('.welcome-view-content .monaco-button').click();
      await completed(await session.panel());
      await agree(session, TIRED, {
        head: 'E2·mean',
        token: 'it',
        direction: 'looks at',
        specials: true,
      });
    });
  });
}
