// The views that say why, of a decoder and of a masked language model, in a light theme.
import { chooseInExplorerMenu, explorerRow } from '../../scripts/vscode/explorerMenu.mjs';
import { openFile, workbenchReady } from '../../scripts/vscode/workbench.mjs';
import { clickWord } from './editorDom';
import { folderOf, KINDS } from './models/kinds';
import { inspectLine } from './models/reading';
import { completed } from './panelDom';
import { useSession } from './session';
import { statusItem } from './sidePanel';
import { theoryOf } from './theory/kinds';

const FILE = 'sentences.txt';

/** Heads and their widths, as the models' configurations have them. */
const told = [
  { kind: KINDS.encoder, head: 'E1·H2', headWidth: 12 },
  { kind: KINDS.decoder, head: 'D1·H2', headWidth: 16 },
] as const;

describe('the theory of other models', function () {
  this.bail(true);
  const session = useSession({
    name: 'theory-models',
    settings: { 'workbench.colorTheme': 'Light Modern' },
    files: { [FILE]: `${told.map(({ kind }) => kind.text).join('\n\n')}\n` },
    folders: Object.fromEntries(told.map(({ kind }) => [kind.model, folderOf(kind)])),
  });
  before(() => openFile(session.page, FILE));

  for (const { kind, head, headWidth } of told)
    describe(kind.model, () => {
      it('is opened, and reads a sentence', async () => {
        const { page } = session;
        await page.keyboard.press('Control+Shift+e');
        await workbenchReady(page);
        await page.keyboard.press('Control+ArrowLeft');
        await explorerRow(page, kind.model).waitFor();
        await chooseInExplorerMenu(page, kind.model, 'Headlight: Open Model…');
        await statusItem(page).filter({ hasText: kind.model }).waitFor();
        await inspectLine(session, kind.text, kind.token);
        const panel = await session.panel();
        await panel.locator('.header .model', { hasText: kind.model }).waitFor();
        await completed(panel);
        await clickWord(page, kind.text, kind.token);
      });

      theoryOf(session, head, headWidth);
    });
});
