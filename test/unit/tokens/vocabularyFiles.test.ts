import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import { Tokenizer, type TokenizerFiles } from '../../../src/tokens/tokenizer';
import { readTokenizerFiles } from '../../../src/tokens/tokenizerFiles';

const open = (files: Partial<TokenizerFiles>): Tokenizer =>
  Tokenizer.fromFiles({
    folder: 'folder',
    tokenizerJson: null,
    tokenizerConfigJson: null,
    ...files,
  });
const idsOf = (tokenizer: Tokenizer, text: string): string =>
  tokenizer.encode(text, { special: true }).ids.join(' ');
const failureOf = (files: Partial<TokenizerFiles>): Failure => {
  try {
    open(files);
  } catch (error) {
    assert.ok(error instanceof Failure);
    return error;
  }
  throw new Error('it was not refused');
};

const vocabTxt = '[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nete\nÉté\n##s\n中\n中文\n';
const bert = { vocabTxt, configJson: '{"model_type":"bert"}' };

describe('vocab.txt', () => {
  it('is BERT’s: lower case, no accents, Chinese apart, [CLS] and [SEP] around', () => {
    const tokenizer = open(bert);
    assert.equal(idsOf(tokenizer, 'Étés中文 [MASK]'), '2 5 7 8 1 4 3');
    assert.deepEqual(tokenizer.encode('Étés', { special: true }).spans, [
      null,
      [0, 3],
      [3, 4],
      null,
    ]);
    assert.deepEqual(
      tokenizer.encode('été', { special: true, pair: 'ete' }).typeIds,
      [0, 0, 0, 1, 1],
    );
    const { mask, pad, unk, cls, sep, bos } = tokenizer.roles;
    assert.deepEqual([mask, pad, unk, cls, sep, bos], [4, 0, 1, 2, 3, null]);
  });

  it('follows tokenizer_config.json', () => {
    const config = { do_lower_case: false, tokenize_chinese_chars: false };
    const tokenizer = open({ ...bert, tokenizerConfigJson: JSON.stringify(config) });
    assert.equal(idsOf(tokenizer, 'Étés中文 Étés'), '2 1 6 7 3');
    assert.equal(idsOf(tokenizer, '中文'), '2 9 3');
    const accents = { do_lower_case: true, strip_accents: false };
    assert.equal(
      idsOf(open({ ...bert, tokenizerConfigJson: JSON.stringify(accents) }), 'Été'),
      '2 1 3',
    );
  });

  it('may have Windows line ends, and pieces written twice', () => {
    const tokenizer = open({ ...bert, vocabTxt: `${vocabTxt}ete`.replaceAll('\n', '\r\n') });
    assert.equal(idsOf(tokenizer, 'ete'), '2 10 3');
  });

  it('is known by its special tokens where nothing names it, and refused without them', () => {
    assert.equal(idsOf(open({ vocabTxt }), 'ete'), '2 5 3');
    assert.equal(failureOf({ vocabTxt: 'a\nb\n' }).code, 'tokenizer.kind');
    assert.equal(failureOf({ ...bert, vocabTxt: '[UNK]\n[CLS]\n' }).code, 'tokenizer.invalid');
  });

  it('gets added tokens behind it', () => {
    const added = { '<x>': 10, '[MASK]': 4 };
    const tokenizer = open({ ...bert, addedTokensJson: JSON.stringify(added) });
    assert.equal(idsOf(tokenizer, 'ete<x>'), '2 5 10 3');
    assert.equal(tokenizer.size, 11);
    const wrong = failureOf({ ...bert, addedTokensJson: '{"<x>":12}' });
    assert.match(String(wrong.args['reason']), /<x> has the numbers 12 and 10/);
  });
});

const pieces = [
  '<s>',
  '<pad>',
  '</s>',
  '<unk>',
  'Ġ',
  'a',
  'b',
  'ab',
  'Ġab',
  '<mask>',
  '<|endoftext|>',
];
const vocabOf = (...without: string[]): string =>
  JSON.stringify(
    Object.fromEntries(
      pieces
        .filter((piece) => !without.includes(piece))
        .map((piece) => [piece, pieces.indexOf(piece)]),
    ),
  );
const mergesTxt = '#version: 0.2\na b\nĠ ab\n';
const bpe = { vocabJson: vocabOf(), mergesTxt };
const withType = (model_type: string): object => ({
  ...bpe,
  configJson: JSON.stringify({ model_type }),
});

describe('vocab.json and merges.txt', () => {
  it('are RoBERTa’s or BART’s: <s> and </s> around, a mask that swallows the space before it', () => {
    for (const type of ['roberta', 'bart']) {
      const tokenizer = open(withType(type));
      assert.equal(idsOf(tokenizer, 'ab ab <mask>'), '0 7 8 9 2');
      assert.deepEqual(tokenizer.encode('ab <mask>', { special: false }).spans, [
        [0, 2],
        [3, 9],
      ]);
      assert.deepEqual(tokenizer.encode('a', { special: true, pair: 'b' }).ids, [0, 5, 2, 2, 6, 2]);
    }
  });

  it('are GPT-2’s: nothing around, a space first or a beginning only if asked for', () => {
    assert.equal(idsOf(open(withType('gpt2')), 'ab ab<|endoftext|>'), '7 8 10');
    const config = { add_prefix_space: true, add_bos_token: true, bos_token: '</s>' };
    const tokenizer = open({ ...withType('opt'), tokenizerConfigJson: JSON.stringify(config) });
    assert.equal(idsOf(tokenizer, 'ab'), '2 8');
    assert.equal(tokenizer.roles.bos, 2);
  });

  it('belong to the class that tokenizer_config.json names, whatever the model', () => {
    const tokenizerConfigJson = '{"tokenizer_class":"RobertaTokenizerFast"}';
    assert.equal(idsOf(open({ ...withType('gpt2'), tokenizerConfigJson }), 'ab'), '0 7 2');
    const clip = {
      ...withType('gpt2'),
      tokenizerConfigJson: '{"tokenizer_class":"CLIPTokenizer"}',
    };
    assert.deepEqual(
      [failureOf(clip).code, failureOf(clip).args['kind']],
      ['tokenizer.kind', 'CLIPTokenizer'],
    );
    assert.equal(failureOf(withType('whisper')).code, 'tokenizer.kind');
  });

  it('are known by their special tokens where nothing names them', () => {
    assert.equal(idsOf(open(bpe), 'ab'), '0 7 2');
    const plain = open({
      mergesTxt,
      vocabJson: vocabOf('<s>', '</s>', '<mask>', '<pad>', '<unk>'),
    });
    assert.equal(idsOf(plain, 'ab'), '7');
    assert.equal(failureOf({ mergesTxt, vocabJson: vocabOf('<mask>') }).code, 'tokenizer.kind');
    assert.equal(failureOf({ ...bpe, vocabTxt }).code, 'tokenizer.kind');
  });

  it('are refused if they are damaged', () => {
    assert.match(String(failureOf({ ...bpe, mergesTxt: '#\na b c\n' }).args['reason']), /a b c/);
    assert.equal(failureOf({ ...bpe, vocabJson: '{"a":"b"}' }).code, 'tokenizer.invalid');
    assert.equal(failureOf({ vocabJson: vocabOf() }).code, 'tokenizer.missing');
  });
});

describe('readTokenizerFiles', () => {
  const folderOf = (
    files: Readonly<Record<string, string>>,
  ): Parameters<typeof readTokenizerFiles>[0] => ({
    path: 'folder',
    list: () => Promise.resolve(Object.keys(files)),
    text: (name) => Promise.resolve(files[name] ?? null),
  });

  it('looks for tokenizer.json first and reads no vocabulary beside it', async () => {
    const files = await readTokenizerFiles(folderOf({ 'tokenizer.json': '{}', 'vocab.txt': 'a' }));
    assert.deepEqual([files.tokenizerJson, files.vocabTxt], ['{}', undefined]);
  });

  it('refuses what is only there for SentencePiece, with its name', async () => {
    for (const file of ['source.spm', 'spiece.model', 'sentencepiece.bpe.model', 'tokenizer.model'])
      await assert.rejects(readTokenizerFiles(folderOf({ [file]: '', 'vocab.json': '{}' })), {
        code: 'tokenizer.sentencePiece',
        args: { folder: 'folder', file },
      });
    await assert.rejects(readTokenizerFiles(folderOf({ 'model.safetensors': '' })), {
      code: 'tokenizer.missing',
    });
  });
});
