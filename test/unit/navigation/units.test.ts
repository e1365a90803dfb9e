import assert from 'node:assert/strict';
import {
  changed,
  choosing,
  isComputed,
  rowAddress,
  settle,
} from '../../../src/navigation/navigationRules';
import { listedOf, readCount, writtenFor } from '../../../src/navigation/traceState';
import { initialNavigation, type Navigation } from '../../../src/protocol/navigation';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { modelOf, planWith, specialToken, tokenOf } from '../../support/traceParts';
import { written as wrote } from '../../support/writings';

const text = 'undo it';
const source = [
  specialToken('<s>', 0),
  tokenOf('un', { span: [0, 2], word: 0, part: 0 }),
  tokenOf('do', { span: [2, 4], word: 0, part: 0 }),
  tokenOf('it', { span: [5, 7], word: 1, part: 0 }),
  specialToken('</s>', 1),
];
const written = ['de', 'faire'].map((label) => wrote(tokenOf(label, { word: 0 })));
const translated: TraceSnapshot = {
  ...emptySnapshot('t', ''),
  plan: planWith({ text, source, target: [specialToken('<pad>', 2)] }),
  layers: [0, 1, 2].map((layer) => ({ stack: 'encoder' as const, layer })),
  written,
  outcome: 'complete',
};
const read: TraceSnapshot = {
  ...emptySnapshot('t', ''),
  plan: planWith({
    text,
    source,
    model: modelOf({
      architecture: 'decoder',
      layers: { encoder: 0, decoder: 2 },
      heads: { encoder: 0, decoder: 4 },
    }),
  }),
  layers: [{ stack: 'decoder', layer: 0 }],
};
const at = (index: number, rest: Partial<Navigation> = {}): Navigation => ({
  ...initialNavigation,
  token: { side: 'source', index, locked: true },
  ...rest,
});

describe('words instead of tokens', () => {
  it('are listed with the characters of all their tokens', () => {
    const labels = listedOf(translated, 'source', 'word').map(({ label }) => label);
    assert.deepEqual(labels, ['<s>', 'undo', 'it', '</s>']);
    assert.equal(readCount(translated, 'source', 'word'), 4);
    // The last token of the output, the second of a word, was never read; its word was.
    assert.deepEqual(
      [readCount(translated, 'target', 'token'), readCount(translated, 'target', 'word')],
      [2, 2],
    );
  });

  it('take the chosen token along, both ways', () => {
    const word = changed(at(2), { unit: 'word' }, translated);
    assert.deepEqual(word.token, { side: 'source', index: 1, locked: true });
    assert.equal(changed(word, { unit: 'token' }, translated).token?.index, 1);
    assert.equal(changed(at(3), { unit: 'word' }, translated).token?.index, 2);
    assert.equal(changed(at(3), { head: 1 }, translated).token?.index, 3);
  });

  it('have rows of their own', () => {
    const address = rowAddress(at(1, { unit: 'word' }), translated, null);
    assert.deepEqual([address?.unit, address?.token], ['word', 1]);
    assert.equal(rowAddress(at(4, { unit: 'word' }), translated, null), null);
  });

  it('have no candidates where they are several tokens', () => {
    assert.equal(writtenFor(translated, 1, 'word'), null);
    assert.equal(writtenFor(translated, 1, 'token'), written[0]);
    assert.equal(writtenFor(translated, 0, 'token'), null, 'the first was given');
  });
});

describe('a model that is but a decoder', () => {
  it('is looked at in its one stack, whatever the reader looked at before', () => {
    const settled = settle(at(3, { stack: 'cross', layer: 7, head: 9, view: 'matrix' }), read);
    assert.deepEqual(
      [settled.stack, settled.layer, settled.head, settled.token?.index],
      ['decoder', 1, 3, 3],
    );
  });

  it('has rows layer by layer, over the text itself', () => {
    const [first, second] = [0, 1].map((layer) => at(3, { stack: 'decoder', layer }));
    assert.ok(first && second);
    assert.deepEqual([isComputed(first, read), isComputed(second, read)], [true, false]);
    assert.equal(rowAddress(first, read, null)?.token, 3);
    const chosen = choosing(first, read, { side: 'source', index: 1 }, true);
    assert.deepEqual([chosen.stack, chosen.direction], ['decoder', 'looksAt']);
  });
});
