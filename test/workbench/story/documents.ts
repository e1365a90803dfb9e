import assert from 'node:assert/strict';
import { clickWord, editorWith, pictureOf } from '../editorDom';
import { eventually } from '../eventually';
import { assertDimmed } from '../paint';
import { completed, readPanel } from '../panelDom';
import { openByName, takeFirst, typeInPick } from '../quickPick';
import type { Session } from '../session';
import { statusItem } from '../sidePanel';
import { agree, assertColours, assertHover, lineOf, type Place } from '../stand';
import { readTokenTable } from '../tokenTable';
import { HEAD } from './comparison';
import { TIRED } from './sentences';

const BEFORE = 'Look: ';
/** In a file of its own. */
export const CAT = lineOf('The cat drank the milk because it was thirsty.');
export const CAT_FILE = 'cat.txt';

const shifted: Place = {
  ...TIRED,
  line: `${BEFORE}${TIRED.line}`,
  start: BEFORE.length,
};

/** Documents live: colours belong to words, not to places. */
export function documents(session: Session): void {
  const undo = async (line: string): Promise<void> => {
    await eventually(async () => {
      await session.page.keyboard.press('Control+z');
      await pictureOf(editorWith(session.page, line), line, []);
    });
  };

  describe('documents', () => {
    it('what is typed before the text moves its colours along', async () => {
      const { page } = session;
      await clickWord(page, TIRED.line, 'The');
      await page.keyboard.press('Home');
      await page.keyboard.type(BEFORE);
      await clickWord(page, shifted.line, 'it');
      await agree(session, shifted, HEAD);
      await undo(TIRED.line);
      await clickWord(page, TIRED.line, 'it');
      await agree(session, TIRED, HEAD);
    });

    it('what is typed inside makes it stale: dimmed, with one quiet offer; undo makes it fresh', async () => {
      const { page } = session;
      await typeInside(session);
      const stale = { ...TIRED, line: TIRED.line.replace('street', 'strxeet') };
      await eventually(async () => {
        assertDimmed(await pictureOf(editorWith(page, stale.line), stale.line, []), 'dark');
      });
      const offered = await statusItem(page).getAttribute('aria-label');
      assert.match(offered ?? '', /The text was edited since/);
      assert.match((await readPanel(await session.panel())).state, /has changed/);
      await undo(TIRED.line);
      await clickWord(page, TIRED.line, 'it');
      await agree(session, TIRED, HEAD);
    });

    it('a click on the offer reads the text as it is now', async () => {
      const { page } = session;
      await typeInside(session);
      await eventually(async () =>
        assert.match((await statusItem(page).getAttribute('aria-label')) ?? '', /edited since/),
      );
      await statusItem(page).click();
      const now = lineOf(TIRED.line.replace('street', 'strxeet'));
      const panel = await session.panel();
      await panel.locator('.chip', { hasText: 'x' }).first().waitFor();
      await completed(panel);
      await clickWord(page, now.line, 'it');
      await agree(session, now, HEAD);
      await undo(TIRED.line);
      await eventually(async () =>
        assert.match((await statusItem(page).getAttribute('aria-label')) ?? '', /edited since/),
      );
      await statusItem(page).click();
      await clickWord(page, TIRED.line, 'it');
      await agree(session, TIRED, HEAD);
    });

    it('two files side by side keep their colours; the cursor says which is current', async () => {
      const { page } = session;
      await page.keyboard.press('Control+k');
      await page.keyboard.press('Control+\\');
      await openByName(session, CAT_FILE);
      await clickWord(page, CAT.line, 'it');
      await page.keyboard.press('Control+Alt+h');
      await agree(session, CAT, HEAD);
      const painted = async ({ line }: Place): Promise<number> =>
        (await pictureOf(editorWith(page, line), line, [])).painted.length;
      await eventually(async () =>
        assert.ok((await painted(TIRED)) > 0 && (await painted(CAT)) > 0),
      );
      await clickWord(page, TIRED.line, 'animal');
      await agree(session, TIRED, { ...HEAD, token: 'animal' });
      await clickWord(page, CAT.line, 'milk');
      await agree(session, CAT, { ...HEAD, token: 'milk' });
      // Its tab, and the other file's, which VS Code had copied into the new group.
      const editors = page.locator('.editor-instance .monaco-editor[role="code"]');
      await page.keyboard.press('Control+w');
      await page.locator('.tab', { hasText: CAT_FILE }).waitFor({ state: 'detached' });
      await page.keyboard.press('Control+w');
      await eventually(async () => assert.equal(await editors.count(), 1));
      await clickWord(page, TIRED.line, 'it');
      await agree(session, TIRED, HEAD);
    });

    it('after a reload of the window everything is as it was', async () => {
      const { page } = session;
      const loaded = page.waitForEvent('load');
      await page.keyboard.press('F1');
      await typeInPick(page, 'Developer: Reload Window', 'Reload Window');
      await takeFirst(page);
      await loaded;
      await page.locator('.pane-header', { hasText: 'Heads' }).waitFor();
      await completed(await session.panel());
      await agree(session, TIRED, HEAD);
    });

    it('with the panel closed, colours and hovers still follow the cursor', async () => {
      const { page } = session;
      const tokens = await readPanel(await session.panel());
      const tab = page.locator('.tab', { hasText: 'Attention:' });
      await tab.hover();
      await tab.locator('.tab-actions a').click();
      await tab.waitFor({ state: 'detached' });
      for (const token of ['street', 'it']) {
        await clickWord(page, TIRED.line, token);
        const stand = { ...HEAD, token };
        await eventually(async () => {
          assert.equal((await readTokenTable(session)).token, token);
          await assertColours(session, TIRED, stand, { tokens });
        });
        await assertHover(session, TIRED, stand);
      }
    });
  });
}

async function typeInside({ page }: Session): Promise<void> {
  await clickWord(page, TIRED.line, 'street');
  await page.keyboard.press('x');
}
