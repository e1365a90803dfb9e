import assert from 'node:assert/strict';
import { alignColumns, columns, oneLine } from '../../../src/cli/columns';

describe('columns of a terminal', () => {
  const WIDTHS: [string, number][] = [
    ['', 0],
    ['abc', 3],
    ['été', 3],
    ['e\u0301te\u0301', 3],
    ['它累了。', 8],
    ['▁', 1],
    ['🙂', 2],
    ['한글', 4],
  ];
  for (const [text, width] of WIDTHS) {
    it(`“${text}” takes ${width}`, () => assert.equal(columns(text), width));
  }

  it('aligns cells and leaves no blanks at the end of a line', () => {
    assert.deepEqual(
      alignColumns([
        ['它', 'a', 'x'],
        ['abc', ''],
        ['z', 'bb', 'y'],
      ]),
      ['它   a   x', 'abc', 'z    bb  y'],
    );
  });

  it('keeps a label on its line', () =>
    assert.equal(oneLine('a\nb\t\u001b[0m'), 'a\\nb\\t\\u001b[0m'));
});
