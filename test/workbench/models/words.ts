import assert from 'node:assert/strict';
import { clickWord } from '../editorDom';
import { eventually } from '../eventually';
import { completed, readPanel } from '../panelDom';
import type { Session } from '../session';
import { pressInTitle } from '../sidePanel';
import { readTokenTable } from '../tokenTable';
import { assertSumsToOne, inspectLine } from './reading';

const SWITCH = 'Switch Between Tokens and Words';

/** From tokens to words and back; `line` has words of several tokens, `word` is one of them. */
export function words(session: Session, line: string, word: string): void {
  it('switches every view from tokens to words and back', async () => {
    const { page } = session;
    await inspectLine(session, line, word);
    const panel = await session.panel();
    await panel.getByRole('tab', { name: 'Matrix' }).click();
    await completed(panel);
    await clickWord(page, line, word);
    const counted = (): Promise<[number, number]> =>
      eventually(async () => {
        const [{ source, token }, table] = [await readPanel(panel), await readTokenTable(session)];
        assert.equal(source.length, table.rows.length);
        assert.equal(token.trim(), table.token.trim());
        assert.ok(line.includes(token.trim()));
        assertSumsToOne(table);
        return [source.length, token.trim().length];
      });
    const [tokens, piece] = await counted();
    assert.ok(piece < word.length, `“${word}” is several tokens`);
    await pressInTitle(page, 'Token', SWITCH);
    await panel.getByRole('checkbox', { name: 'Words', checked: true }).waitFor();
    const merged = await eventually(async () => {
      const [count, width] = await counted();
      assert.equal(width, word.length);
      return count;
    });
    assert.ok(merged < tokens, `${merged} words of ${tokens} tokens`);
    await pressInTitle(page, 'Token', SWITCH);
    await eventually(async () => {
      const [count, width] = await counted();
      assert.equal(count, tokens);
      assert.ok(width < word.length);
    });
  });
}
