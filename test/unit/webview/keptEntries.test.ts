import assert from 'node:assert/strict';
import { keptEntries } from '../../../webview/drawing/keptEntries';
import { tokenOf } from '../../support/traceParts';

const list = (...labels: string[]): ReturnType<typeof tokenOf>[] =>
  labels.map((label) => tokenOf(label));

describe('entries that stay on screen', () => {
  it('are those that both lists begin with', () => {
    const before = list('a', 'b');
    assert.equal(keptEntries(before, [...before, ...list('c')]), 2);
    assert.equal(keptEntries(before, list('a', 'bc')), 1, 'a word grew');
    assert.equal(keptEntries(before, list('x')), 0);
    assert.equal(keptEntries([], before), 0);
    assert.equal(keptEntries(before, list('a')), 1);
  });

  it('are not those whose character a newer token shares', () => {
    const cat = (piece: string): ReturnType<typeof tokenOf> =>
      tokenOf('🐱', { piece, span: [1, 3] });
    const before = [tokenOf('a', { span: [0, 1] }), cat('ð'), cat('Ł')];
    assert.equal(keptEntries(before, [...before, cat('Ĳ')]), 1);
    assert.equal(keptEntries(before, [...before, tokenOf('b', { span: [3, 4] })]), 3);
  });
});
