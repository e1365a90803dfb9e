import assert from 'node:assert/strict';
import { runCommand } from '../../../scripts/vscode/workbench.mjs';
import { stepColourId } from '../../../src/palette/themeColours';
import { EDITOR_STEPS } from '../../../src/palette/editorSteps';
import { clickWord, editorWith, pictureOf, rulerColours } from '../editorDom';
import { eventually } from '../eventually';
import { contributed } from '../paint';
import type { Session } from '../session';
import { pressInTitle } from '../sidePanel';
import { agree, type Stand } from '../stand';
import { TIRED } from './sentences';

const begin: Stand = { head: 'E2·mean', token: 'it', direction: 'looks at', specials: true };

/** The attention on the person's own document. */
export function colours(session: Session): void {
  describe('colours in the editor', () => {
    it('follow the mouse and the arrow keys', async () => {
      const { page } = session;
      for (const word of ['street', 'animal']) {
        await clickWord(page, TIRED.line, word);
        await agree(session, TIRED, { ...begin, token: word });
      }
      await page.keyboard.press('Control+ArrowRight');
      await page.keyboard.press('ArrowRight');
      await agree(session, TIRED, { ...begin, token: 'didn' });
      await clickWord(page, TIRED.line, 'it');
      await agree(session, TIRED, begin);
    });

    it('have another hue for what looks at the token', async () => {
      await pressInTitle(session.page, 'Token', 'Toggle Direction (Looks At ⇄ Looked At By)');
      await agree(session, TIRED, { ...begin, direction: 'is looked at by' });
      await pressInTitle(session.page, 'Token', 'Toggle Direction (Looks At ⇄ Looked At By)');
      await agree(session, TIRED, begin);
    });

    it('mark the strongest on the overview ruler', async () => {
      const strongest = contributed(stepColourId('looksAt', EDITOR_STEPS - 1), 'dark');
      const [r, g, b] = (strongest.slice(1).match(/../g) ?? []).map((x) => Number.parseInt(x, 16));
      const near = (colour: string): boolean =>
        colour.split(',').every((channel, i) => Math.abs(Number(channel) - [r, g, b][i]!) <= 2);
      await eventually(async () => {
        const colours = await rulerColours(editorWith(session.page, TIRED.line));
        const marks = Object.entries(colours).filter(([colour]) => near(colour));
        assert.ok(marks.length > 0, JSON.stringify(colours));
      });
    });

    it('go and come by command', async () => {
      const { page } = session;
      const editor = editorWith(page, TIRED.line);
      await runCommand(page, 'Headlight: Toggle Colours in Editor');
      await eventually(async () =>
        assert.deepEqual((await pictureOf(editor, TIRED.line, [])).painted, []),
      );
      await runCommand(page, 'Headlight: Toggle Colours in Editor');
      await agree(session, TIRED, begin);
    });
  });
}
