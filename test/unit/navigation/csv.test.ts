import assert from 'node:assert/strict';
import { csv } from '../../../src/navigation/csv';

describe('csv', () => {
  it('quotes what needs quotes and nothing else', () => {
    assert.equal(csv([['a', 'b,c', 'd"e', 'f\ng']]), 'a,"b,c","d""e","f\ng"\r\n');
  });

  it('keeps a spreadsheet from running inspected text', () => {
    const cells = ['=1+1', '+1', '-1', '@x', '\ta', 'a=1'];
    assert.equal(csv([cells]), "'=1+1,'+1,'-1,'@x,'\ta,a=1\r\n");
    assert.equal(csv([['=a,"b"']]), '"\'=a,""b"""\r\n');
  });

  it('leaves numbers numbers, every float32 exactly, hidden ones empty', () => {
    const weights = [...new Float32Array([1 / 3, 1e-12, 0.1, 1])];
    const [line] = csv([[...weights, Number.NaN, -1]]).split('\r\n');
    const cells = line?.split(',') ?? [];
    assert.deepEqual(
      cells.slice(0, 4).map((cell) => Math.fround(Number(cell))),
      weights,
    );
    assert.deepEqual(cells.slice(4), ['', '-1']);
  });
});
