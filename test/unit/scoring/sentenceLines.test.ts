import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import { asOneLine, checkLines, sentenceLines } from '../../../src/scoring/sentenceLines';

describe('files with one sentence a line', () => {
  const FILES: [string, string, string[]][] = [
    ['no file at all', '', []],
    ['a line', 'a b', ['a b']],
    ['a last line break', 'a\nb\n', ['a', 'b']],
    ['none', 'a\nb', ['a', 'b']],
    ['line breaks of Windows', 'a\r\nb\r\n', ['a', 'b']],
    ['empty lines', '\n\na\n\n', ['', '', 'a', '']],
    ['a byte-order mark', '\uFEFFa\nb', ['a', 'b']],
    ['nothing but a byte-order mark', '\uFEFF', []],
    ['breaks that are none', 'a\u2028b\u0085c\vd\re', ['a\u2028b\u0085c\vd\re']],
    ['white space of its own', ' a\t\r\n\tb ', [' a\t', '\tb ']],
  ];
  for (const [name, text, lines] of FILES)
    it(`with ${name}`, () => assert.deepEqual(sentenceLines(text), lines));

  it('hold an output with line breaks as one line', () => {
    assert.equal(asOneLine(' a\r\n\nb\rc\n'), 'a b c');
  });

  it('must have lines, and as many as each other', () => {
    const named = (file: string, ...lines: string[]) => ({ file, lines });
    checkLines([named('x', 'a', ''), named('y', '', 'b')]);
    assert.throws(
      () => checkLines([named('x', 'a'), named('y', 'b'), named('z', 'c', 'd')]),
      (thrown: unknown) => {
        assert.ok(thrown instanceof Failure);
        assert.equal(thrown.code, 'score.lineCounts');
        assert.deepEqual(thrown.args, { file: 'x', other: 'z', lines: 1, others: 2 });
        return true;
      },
    );
    assert.throws(
      () => checkLines([named('x'), named('y')]),
      (thrown: unknown) => thrown instanceof Failure && thrown.code === 'score.noLines',
    );
  });
});
