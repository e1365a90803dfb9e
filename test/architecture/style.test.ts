// House rules a reader relies on: one idea a file, no way around the types, no invented number.
import assert from 'node:assert/strict';
import { sourcesIn } from './sources';

/** A longer file holds more than one idea. */
const MAX_LINES = 300;

const product = [...sourcesIn('src'), ...sourcesIn('webview')];
const all = [...product, ...sourcesIn('test')];

/** Files of `list` whose code matches. */
const matching = (list: typeof all, pattern: RegExp): string[] =>
  list.flatMap(({ file, code }) => {
    const [found] = pattern.exec(code) ?? [];
    return found === undefined ? [] : [`${file}: ${found}`];
  });

describe('house rules', () => {
  it(`no file is longer than ${MAX_LINES} lines`, () => {
    const long = all
      .map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > MAX_LINES);
    assert.deepEqual(long, []);
  });

  it('no default exports', () => {
    assert.deepEqual(matching(all, /^export default\b.*/m), []);
  });

  it('no barrels', () => {
    assert.deepEqual(
      all.map(({ file }) => file).filter((file) => /\/(index|utils?|helpers?)\.ts$/.test(file)),
      [],
    );
    assert.deepEqual(matching(product, /^export \* from .*/m), []);
  });

  it('no any, and no comment that silences the compiler', () => {
    assert.deepEqual(matching(all, /(:|<|\bas)\s*any\b(?!\s*[:(])/), []);
    const silenced = all.filter(({ text }) => /@ts-(ignore|nocheck|expect-error)\b/.test(text));
    assert.deepEqual(
      silenced.map(({ file }) => file).filter((file) => !file.startsWith('test/architecture/')),
      [],
    );
  });

  it('no enums', () => {
    assert.deepEqual(matching(all, /^\s*(export )?(declare )?(const )?enum \w+/m), []);
  });

  it('no random numbers in the product', () => {
    assert.deepEqual(matching(product, /\bMath\.random\b/), []);
  });

  it('no HTML from text', () => {
    const pattern = /\.(innerHTML|outerHTML|insertAdjacentHTML)\b|\bdocument\.write\(/;
    assert.deepEqual(
      matching(
        product.filter(({ file }) => file.startsWith('webview/')),
        pattern,
      ),
      [],
    );
  });

  it('no test is left out or alone', () => {
    assert.deepEqual(matching(sourcesIn('test'), /\b(it|describe)\.only\(/), []);
  });
});
