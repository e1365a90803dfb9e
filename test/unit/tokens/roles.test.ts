import assert from 'node:assert/strict';
import { Tokenizer, type TokenizerFiles } from '../../../src/tokens/tokenizer';
import { fileOf, tokenizerOf } from './tokenizerFiles';

const added_tokens = ['<unk>', '[MASK]', '<s>', '</s>', '[PAD]', '<m>'].map((content, index) => ({
  id: index === 0 ? 0 : index + 9,
  content,
  special: content !== '<m>',
}));

const open = (
  files: Partial<TokenizerFiles>,
  parts: Readonly<Record<string, unknown>> = {},
): Tokenizer =>
  Tokenizer.fromFiles({
    folder: 'folder',
    tokenizerJson: fileOf({ added_tokens, ...parts }),
    tokenizerConfigJson: null,
    ...files,
  });

describe('roles of special tokens', () => {
  it('are those of well-known pieces where nothing else is known', () => {
    const { roles, maskToken } = open({});
    const expected = { mask: 10, pad: 13, unk: 0, cls: null, sep: null, bos: 11, eos: 12 };
    assert.deepEqual(roles, expected);
    assert.deepEqual(maskToken, { id: 10, piece: '[MASK]' });
    assert.equal(tokenizerOf({}).maskToken, null);
  });

  it('are what tokenizer_config.json says, written either way', () => {
    const config = {
      mask_token: { content: '<m>', lstrip: true },
      cls_token: '<s>',
      sep_token: 'no',
    };
    const { roles } = open({ tokenizerConfigJson: JSON.stringify(config) });
    assert.deepEqual([roles.mask, roles.cls, roles.sep], [14, 11, null]);
  });

  it('are what special_tokens_map.json says beside an older tokenizer_config.json only', () => {
    const older = JSON.stringify({ cls_token: '<s>' });
    const newer = JSON.stringify({ cls_token: '<s>', added_tokens_decoder: {} });
    const specialTokensMapJson = JSON.stringify({ cls_token: '</s>' });
    const cls = (tokenizerConfigJson: string): number | null =>
      open({ tokenizerConfigJson, specialTokensMapJson }).roles.cls;
    assert.deepEqual([cls(older), cls(newer)], [12, 11]);
  });

  it('do not depend on fields that only a tokenizer without tokenizer.json needs', () => {
    const config = JSON.stringify({ cls_token: '<s>', do_lower_case: 'yes' });
    assert.equal(open({ tokenizerConfigJson: config }).roles.cls, 11);
    assert.throws(() => open({ tokenizerConfigJson: config, tokenizerJson: null, vocabTxt: 'a' }), {
      code: 'tokenizer.invalid',
    });
  });

  it('are those of an older template', () => {
    const post_processor = { type: 'BertProcessing', cls: ['<s>', 11], sep: ['</s>', 12] };
    const { roles } = open({}, { post_processor });
    assert.deepEqual([roles.cls, roles.sep], [11, 12]);
  });
});

describe('the side that is filled up', () => {
  const side = (config: object, parts?: Readonly<Record<string, unknown>>): string =>
    open({ tokenizerConfigJson: JSON.stringify(config) }, parts).padSide;

  it('is the right one unless a file or the class says otherwise', () => {
    const padding = { strategy: 'BatchLongest', direction: 'Left', pad_id: 0 };
    assert.equal(side({}), 'right');
    assert.equal(side({ padding_side: 'left' }), 'left');
    assert.equal(side({}, { padding }), 'left');
    assert.equal(side({ padding_side: 'right' }, { padding }), 'right');
    assert.equal(side({ tokenizer_class: 'LlamaTokenizerFast' }), 'left');
    assert.equal(side({ tokenizer_class: 'LlamaTokenizer', padding_side: 'right' }), 'right');
  });
});

describe('wordsOfOutput', () => {
  it('groups written tokens by the words of the text they make', () => {
    const tokenizer = tokenizerOf({
      decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
      model: {
        type: 'WordLevel',
        vocab: { '<unk>': 0, it: 1, '##self': 2, '!': 3 },
        unk_token: '<unk>',
      },
      added_tokens: [{ id: 9, content: '</s>', special: true }],
    });
    assert.deepEqual(tokenizer.wordsOfOutput([1, 2, 3, 1, 9]), [0, 0, 1, 2, null]);
  });
});
