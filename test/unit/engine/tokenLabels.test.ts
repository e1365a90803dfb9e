import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { candidateLabel, outputTokens } from '../../../src/engine/tokenLabels';
import { characterBytes } from '../../../src/tokens/bytes';
import { Tokenizer } from '../../../src/tokens/tokenizer';

const tokenizerIn = (name: string): Tokenizer =>
  Tokenizer.fromFiles({
    folder: name,
    tokenizerJson: readFileSync(`test/fixtures/tokenizers/${name}/tokenizer.json`, 'utf8'),
    tokenizerConfigJson: null,
  });

describe('how a single token reads', () => {
  const bytes = tokenizerIn('byte-bpe');
  const labelOf = (piece: string): string => candidateLabel(bytes, bytes.idOf(piece)!);

  it('as its text, white space as the vocabulary spells it', () => {
    assert.equal(labelOf('e'), 'e');
    assert.equal(labelOf('Ġ'), 'Ġ');
  });

  it('a byte that is no whole character reads as the byte', () => {
    const piece = [...characterBytes].find(([, byte]) => byte === 0xf0)![0];
    assert.equal(labelOf(piece), '<0xF0>');
  });

  it('no piece of any vocabulary reads as a replacement character or as nothing', () => {
    for (const name of [
      'byte-bpe',
      'byte-fallback-bpe',
      'unigram-nfkc',
      'wordpiece-cased',
      'wordpiece-uncased',
    ]) {
      const tokenizer = tokenizerIn(name);
      for (let id = 0; id < tokenizer.size; id++) {
        const label = candidateLabel(tokenizer, id);
        assert.ok(label !== '' && !label.includes('\ufffd'), `${name} ${id}: “${label}”`);
      }
    }
  });

  it('every byte that the text lost is in the label', () => {
    let partial = 0;
    for (let id = 0; id < bytes.size; id++) {
      if (bytes.isSpecial(id)) continue;
      const label = candidateLabel(bytes, id);
      const spelled = [...label.matchAll(/<0x([0-9A-F]{2})>/g)];
      if (spelled.length === 0) continue;
      partial++;
      const rest = label.replace(/<0x[0-9A-F]{2}>/g, '');
      const length = new TextEncoder().encode(rest).length + spelled.length;
      assert.equal(length, [...bytes.pieceOf(id)].length, label);
    }
    assert.ok(partial >= 128, `${partial} pieces are parts of characters`);
  });

  it('the sign of a byte in a vocabulary of characters is itself', () => {
    const pieces = tokenizerIn('unigram-nfkc');
    assert.equal(candidateLabel(pieces, pieces.idOf('é')!), 'é');
    assert.equal(candidateLabel(pieces, pieces.size), `<${pieces.size}>`, 'no piece has this id');
  });
});

describe('output tokens', () => {
  it('have the characters and the words of the text they make', () => {
    const tokenizer = tokenizerIn('byte-bpe');
    const text = 'the animal 🦊';
    const { ids } = tokenizer.encode(text, { special: false });
    const tokens = outputTokens(tokenizer, ids);
    for (const { span, label } of tokens)
      if (span) assert.equal(label, tokenizer.decode(ids).text.slice(span[0], span[1]));
    const words = tokens.map(({ word }) => word).filter((word) => word !== null);
    assert.deepEqual([...new Set(words)], [0, 1, 2]);
    assert.ok(words.length > 3, 'the fox is of several bytes');
    assert.ok(tokens.every(({ part }) => part === null));
  });
});
