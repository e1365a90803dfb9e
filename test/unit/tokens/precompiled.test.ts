import assert from 'node:assert/strict';
import { AlignedText } from '../../../src/tokens/alignedText';
import { CharacterMap } from '../../../src/tokens/precompiled';

/** Writes a character map as SentencePiece stores it, with a block of 256 units for every trie node. */
function compile(map: Readonly<Record<string, string>>): string {
  const units = [0];
  const blocks = { used: 0 };
  const newBlock = (): number => 256 * ++blocks.used;
  const root = newBlock();
  units[0] = root << 10;
  let replacements = '';
  for (const [key, value] of Object.entries(map)) {
    let base = root;
    const bytes = [...Buffer.from(key)];
    bytes.forEach((byte, index) => {
      const at = base + byte;
      const existing = units[at];
      const next = existing === undefined ? newBlock() : at ^ (existing >>> 10);
      const leaf = index === bytes.length - 1 ? 0x100 : 0;
      units[at] = (((at ^ next) << 10) | byte | leaf | ((existing ?? 0) & 0x100)) >>> 0;
      base = next;
    });
    units[base] = Buffer.byteLength(replacements);
    replacements += `${value}\0`;
  }
  const trie = Buffer.alloc(4 + (blocks.used + 1) * 1024);
  trie.writeUInt32LE(trie.length - 4);
  units.forEach((unit, index) => trie.writeUInt32LE(unit, 4 + index * 4));
  return Buffer.concat([trie, Buffer.from(replacements)]).toString('base64');
}

function apply(map: Readonly<Record<string, string>>, text: string): readonly [string, string] {
  const { edits, droppedFirst } = CharacterMap.parse(compile(map))?.edits(text) ?? {
    edits: [],
    droppedFirst: 0,
  };
  const changed = AlignedText.of(text).transform(edits, droppedFirst);
  const spans = Array.from({ length: changed.text.length }, (_, at) =>
    changed.spanOf(at, at + 1).join('-'),
  );
  return [changed.text, spans.join(' ')];
}

describe('CharacterMap', () => {
  it('replaces a character by several, which all stand for it', () => {
    assert.deepEqual(apply({ ﬁ: 'fi' }, 'aﬁb'), ['afib', '0-1 1-2 1-2 2-3']);
  });

  it('takes a short grapheme as one, a long one character by character', () => {
    assert.deepEqual(apply({ 'e\u0301': 'é' }, 'xe\u0301y'), ['xéy', '0-1 1-2 3-4']);
    const map = { 'e\u0301': 'é', '\u0301': '' };
    assert.deepEqual(apply(map, 'e\u0301\u0302\u0303'), ['e\u0302\u0303', '0-1 2-3 3-4']);
  });

  it('takes the shortest entry that begins a grapheme, as the Rust library does', () => {
    assert.deepEqual(apply({ '\r': ' ', '\r\n': 'X' }, 'a\r\nb'), ['a b', '0-1 1-2 3-4']);
  });

  it('removes characters, also at the start, where the Rust library slips by one', () => {
    assert.deepEqual(apply({ '\u0001': '' }, 'a\u0001b'), ['ab', '0-1 2-3']);
    assert.deepEqual(apply({ '\u0001': '' }, '\u0001ab'), ['ab', '1-2 2-3']);
  });

  it('leaves alone what it does not know', () => {
    assert.deepEqual(apply({ ﬁ: 'fi' }, 'né'), ['né', '0-1 1-2']);
  });

  it('refuses what is no map', () => {
    for (const damaged of ['', '!!!!', 'AAA', Buffer.from([255, 255, 0, 0, 1]).toString('base64')])
      assert.equal(CharacterMap.parse(damaged), null);
  });
});
