import assert from 'node:assert/strict';
import { fourDecimals } from '../../../src/navigation/names';
import { complaints } from '../complaints';
import { clickWord } from '../editorDom';
import { eventually } from '../eventually';
import { pointAt, pointAway, readHover } from '../hoverDom';
import { completed, readPanel } from '../panelDom';
import type { Session } from '../session';
import { statusItem } from '../sidePanel';
import { assertColours, lineOf } from '../stand';
import { readTokenTable, type TokenTable } from '../tokenTable';
import { folderOf, type Kind } from './kinds';

/** What a row of weights may miss of 1. */
const ROW_SUM = 1e-4;

export const sumOf = ({ rows }: TokenTable): number =>
  rows.reduce((sum, { exact }) => sum + exact, 0);

export function assertSumsToOne(table: TokenTable): void {
  assert.ok(Math.abs(sumOf(table) - 1) <= ROW_SUM, `the row sums to ${sumOf(table)}`);
}

/** Inspects a whole line as a reader does: with it selected, by the key. */
export async function inspectLine({ page }: Session, line: string, word: string): Promise<void> {
  await clickWord(page, line, word);
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await page.keyboard.press('Control+Alt+h');
}

/** From the text to its attention, with the same numbers everywhere. */
export function reading(session: Session, kind: Kind): void {
  const { model, text, token, head, direction } = kind;

  it('reads a sentence, with the stacks of its kind', async () => {
    await inspectLine(session, text, token);
    const panel = await session.panel();
    await panel.locator('.header .model', { hasText: model }).waitFor();
    await eventually(async () =>
      assert.equal((await panel.locator('.header .model').innerText()).trim(), model),
    );
    await completed(panel);
    await clickWord(session.page, text, token);
    await eventually(async () => {
      const shown = await readPanel(panel);
      const read = shown.source.map(({ label }) => label.trim()).join('');
      assert.ok(read.includes(text.replaceAll(' ', '')), read);
      assert.deepEqual([shown.head, shown.token.trim()], [head, token]);
    });
    assert.deepEqual(
      await panel.locator('.stack:visible .stack-name').allTextContents(),
      kind.stacks,
    );
    assert.equal((await statusItem(session.page).textContent())?.trim(), `${model} · ${head}`);
  });

  it('has the same row in panel, table, editor and hover', async () => {
    const { page } = session;
    const panel = await session.panel();
    const table = await eventually(async () => {
      const [shown, rows] = [await readPanel(panel), await readTokenTable(session)];
      assert.deepEqual([rows.token.trim(), rows.head, rows.direction], [token, head, direction]);
      assert.deepEqual(
        rows.rows.map(({ position, weight }) => [position, weight]),
        shown.source.flatMap(({ index, weight }) => (weight === null ? [] : [[index, weight]])),
      );
      return rows;
    });
    assertSumsToOne(table);
    for (const { weight, exact } of table.rows) assert.equal(weight, fourDecimals(exact));
    if (direction === 'looks at') {
      const place = { ...lineOf(text), model: folderOf(kind) };
      await eventually(() => assertColours(session, place, { head, direction, token }));
    }
    const hover = await pointAt(page, text, token);
    await eventually(async () => {
      const { text: words, links } = await readHover(hover);
      assert.ok(words.includes(`${head} ${direction}`), words);
      assert.ok(links.length > 0);
      for (const { position, weight } of links)
        assert.equal(weight, table.rows.find((row) => row.position === position)?.weight);
    });
    await pointAway(page);
  });

  it('tells of its positions by their kind', async () => {
    const panel = await session.panel();
    await panel.getByRole('tab', { name: 'Positions' }).click();
    const shown = panel.locator('#panel-positions');
    await shown.locator('canvas:visible').first().waitFor();
    await eventually(async () => assert.match((await shown.innerText()).trim(), kind.positions));
    await eventually(async () => assert.deepEqual(await complaints(panel), []));
  });
}
