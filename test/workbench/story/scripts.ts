import assert from 'node:assert/strict';
import { tokenSpans } from '../cli';
import { clickWord, editorWith, pictureOf } from '../editorDom';
import { eventually } from '../eventually';
import { assertPainted, spansOf, type WeighedToken } from '../paint';
import { readPanel } from '../panelDom';
import { openByName, quickOpen, takeFirst, typeInPick } from '../quickPick';
import type { Session } from '../session';
import { readTokenTable } from '../tokenTable';

const CHINESE = '那只动物没有过马路，因为它太累了。';
const CELL = 'The trophy does not fit in the suitcase because it is too big.';

const HEBREW = 'שלום';

export const scriptFiles = {
  'emoji.txt': 'A smile 🙂 at the naïve cafe\u0301 👍 twice.\n',
  'hebrew.txt': `He said ${HEBREW} and مرحبا to us.\n`,
  'cells.ipynb': JSON.stringify({
    cells: [
      { cell_type: 'code', metadata: {}, source: ['x = 1'], outputs: [], execution_count: null },
      { cell_type: 'code', metadata: {}, source: [CELL], outputs: [], execution_count: null },
    ],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  }),
};

/** Any script, and a cell of a notebook: colours sit exactly on the characters of each token. */
export function scripts(session: Session): void {
  /** Inspects the line that the cursor is in; then every colour is where its token is. */
  async function inspects(line: string): Promise<void> {
    await session.page.keyboard.press('Control+Alt+h');
    await follows(line);
  }

  async function follows(line: string): Promise<void> {
    const { page } = session;
    const spans = await tokenSpans(line);
    await eventually(async () => {
      const { source, token } = await readPanel(await session.panel());
      const { rows } = await readTokenTable(session);
      const ordinary = source.filter(({ special }) => !special);
      assert.equal(ordinary.length, spans.length);
      assert.deepEqual(
        rows.map(({ position, weight }) => [position, weight]),
        source.map(({ index, weight }) => [index, weight]),
      );
      const tokens = ordinary.map(({ index, label }, i): WeighedToken => ({
        label,
        span: spans[i]!,
        weight: rows.find(({ position }) => position === index)?.exact ?? null,
      }));
      const chosen = tokens.findIndex(({ label }) => label === token);
      const picture = await pictureOf(editorWith(page, line), line, spansOf(tokens));
      assertPainted(picture, {
        theme: 'dark',
        direction: 'looksAt',
        tokens,
        maximum: Math.max(...rows.map(({ exact }) => exact)),
        query: tokens[chosen]?.span ?? null,
      });
    });
  }

  describe('colours are exactly on the characters of', () => {
    it('Chinese', async () => {
      const { page } = session;
      await openByName(session, '中文.txt');
      await clickWord(page, CHINESE, [0, 2]);
      await inspects(CHINESE);
    });

    it('emoji and combining marks', async () => {
      const { page } = session;
      await openByName(session, 'emoji.txt');
      const line = scriptFiles['emoji.txt'].trim();
      await clickWord(page, line, 'smile');
      await inspects(line);
    });

    it('right-to-left words', async () => {
      const { page } = session;
      await openByName(session, 'hebrew.txt');
      const line = scriptFiles['hebrew.txt'].trim();
      await clickWord(page, line, 'said');
      await inspects(line);
      // The words, letter by letter, still run from right to left, however strong their colours.
      await page.keyboard.press('Control+Alt+g');
      await typeInPick(page, 'e2mean', /E2·mean/);
      await takeFirst(page);
      const at = line.indexOf(HEBREW);
      await clickWord(page, line, [at + 1, at + 3]);
      await follows(line);
      const letters = [...HEBREW].map((_, i): [number, number] => [at + i, at + i + 1]);
      const { extents } = await pictureOf(editorWith(page, line), line, letters);
      const lefts = extents.map(({ left }) => left);
      assert.deepEqual(
        lefts,
        lefts.toSorted((a, b) => b - a),
      );
    });

    it('a notebook’s cell', async () => {
      const { page } = session;
      await quickOpen(session, 'cells.ipynb');
      await page.locator('.notebook-editor .view-line', { hasText: 'trophy' }).click();
      await page.locator('.notebook-editor .monaco-editor.focused').waitFor();
      await inspects(CELL);
      const { source } = await readPanel(await session.panel());
      assert.ok(!source.some(({ label }) => label === 'x'), 'a cell is a text of its own');
    });
  });
}
