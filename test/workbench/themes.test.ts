// Light and both high-contrast themes: the same story in short, in one VS Code whose theme is changed
// by keyboard. The dark one has a story of its own.
import assert from 'node:assert/strict';
import { openFile } from '../../scripts/vscode/workbench.mjs';
import type { ScaleTheme } from '../../src/palette/weightScale';
import { complaints } from './complaints';
import { clickWord, editorWith, pictureOf } from './editorDom';
import { eventually } from './eventually';
import { pointAt, pointAway } from './hoverDom';
import { isHighContrast } from './paint';
import { completed } from './panelDom';
import { takeFirst, typeInPick } from './quickPick';
import { useSession } from './session';
import { openSidePanel, pressInTitle } from './sidePanel';
import { agree, assertHover, type Stand } from './stand';
import { HEAD } from './story/comparison';
import { TIRED, WIDE } from './story/sentences';

/** What VS Code calls them, in its list. */
const themes: readonly { kind: ScaleTheme; name: string }[] = [
  { kind: 'light', name: 'Light Modern' },
  { kind: 'highContrastDark', name: 'Dark High Contrast' },
  { kind: 'highContrastLight', name: 'Light High Contrast' },
];

describe('the workbench in other themes', function () {
  this.bail(true);
  const session = useSession({ name: 'themes' });
  const back: Stand = { ...HEAD, direction: 'is looked at by' };

  it('inspects two sentences and pins the first', async () => {
    const { page } = session;
    await openFile(page, 'english.txt');
    await openSidePanel(page);
    await clickWord(page, TIRED.line, 'it');
    await page.keyboard.press('Control+Alt+h');
    const panel = await session.panel();
    await completed(panel);
    await page.keyboard.press('Control+Alt+g');
    await typeInPick(page, 'e2h5', /E2·H5/);
    await takeFirst(page);
    await agree(session, TIRED, HEAD);
    await panel.getByRole('button', { name: 'Pin this view to compare it with others' }).click();
    await clickWord(page, WIDE.line, 'it');
    await page.keyboard.press('Control+Alt+h');
    await panel.getByRole('option', { name: /^wide/ }).waitFor();
    await completed(panel);
    await panel.getByRole('tab', { name: 'Compare' }).click();
    await panel.locator('canvas.difference-map').waitFor();
  });

  for (const { kind, name } of themes)
    describe(name, () => {
      it('has its colours, one hue a direction', async () => {
        const { page } = session;
        await clickWord(page, WIDE.line, 'was');
        await page.keyboard.press('Control+k');
        await page.keyboard.press('Control+t');
        await typeInPick(page, name, name);
        await takeFirst(page);
        await clickWord(page, WIDE.line, 'it');
        await agree(session, WIDE, HEAD, { theme: kind });
        await pressInTitle(page, 'Token', 'Toggle Direction (Looks At ⇄ Looked At By)');
        await agree(session, WIDE, back, { theme: kind });
        await pressInTitle(page, 'Token', 'Toggle Direction (Looks At ⇄ Looked At By)');
        await agree(session, WIDE, HEAD, { theme: kind });
      });

      it(isHighContrast(kind) ? 'draws borders, no fills' : 'draws fills', async () => {
        const { painted } = await pictureOf(editorWith(session.page, WIDE.line), WIDE.line, []);
        const clear = painted.filter(({ fill }) => fill.endsWith(', 0)'));
        assert.equal(clear.length, isHighContrast(kind) ? painted.length : 0);
        if (!isHighContrast(kind)) return;
        const styles = new Set(painted.map(({ border }) => `${border?.width} ${border?.style}`));
        assert.ok(
          styles.size > 2,
          `lines tell weights apart without colour: ${[...styles].join()}`,
        );
      });

      it('has the hover, with the same numbers', async () => {
        await assertHover(session, WIDE, HEAD);
        const bar = (await pointAt(session.page, WIDE.line, 'it')).locator('table img').first();
        await eventually(async () =>
          assert.ok(await bar.evaluate((image: HTMLImageElement) => image.naturalWidth > 0)),
        );
        await pointAway(session.page);
      });

      it('can be read by everybody, in panel, comparison and side panel', async () => {
        const panel = await session.panel();
        await panel.locator('canvas.difference-map').waitFor();
        assert.deepEqual(await complaints(panel), []);
        assert.deepEqual(await complaints(await session.tokenView()), []);
      });
    });

  it('reaches the buttons of the panel’s head by Tab, in their order', async () => {
    const { page } = session;
    const panel = await session.panel();
    await panel.locator('.header .model').click();
    const names: string[] = [];
    const inHeader = (): Promise<string | null> =>
      panel.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.closest('.header') === null
          ? null
          : (activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? null);
      });
    await page.keyboard.press('Tab');
    for (let name = await inHeader(); name !== null; name = await inHeader()) {
      names.push(name);
      await page.keyboard.press('Tab');
    }
    const disabled = await panel.locator('.view-actions button:disabled').count();
    assert.deepEqual(
      names,
      [
        'Translate into',
        'Model card',
        'Back (Alt+Left)',
        'Forward (Alt+Right)',
        'Pin this view to compare it with others',
        'Copy a link to this view',
      ].filter((name) => disabled === 0 || name !== 'Forward (Alt+Right)'),
    );
  });
});
