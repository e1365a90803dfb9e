import assert from 'node:assert/strict';
import { LoadedModel } from '../../../src/engine/loadedModel';
import { NodeModelFolder } from '../../../src/engine/nodeModelFolder';
import { batchOf, prepareText, type PreparedText } from '../../../src/engine/prepareText';
import { Failure } from '../../../src/failure/failure';
import { spellingTokenizer } from '../../support/spellingTokenizer';
import { useWasm } from '../../support/wasm';

/** A tiny model with a tokenizer that spells. */
function load(fixture: string, template: boolean): Promise<LoadedModel> {
  const base = new NodeModelFolder(`test/fixtures/${fixture}`);
  return LoadedModel.load(
    {
      path: base.path,
      list: async () => [...(await base.list()), 'tokenizer.json'],
      open: (name) => base.open(name),
      text: (name, limit) =>
        name === 'tokenizer.json'
          ? Promise.resolve(spellingTokenizer(template))
          : base.text(name, limit),
    },
    { aborted: false },
  );
}

describe('a text as the model reads it', () => {
  let encoder: LoadedModel;
  let oneType: LoadedModel;
  let decoder: LoadedModel;
  before(async () => {
    await useWasm();
    encoder = await load('reference/bert-seqcls', true);
    oneType = await load('variants/roberta-tokcls', true);
    decoder = await load('reference/llama', false);
  });
  after(() => {
    for (const model of [encoder, oneType, decoder]) model.dispose();
  });

  const prepare = (
    model: LoadedModel,
    text: string,
    pair: string | null = null,
    rest: { language?: string; trainedTokens?: number } = {},
  ): PreparedText =>
    prepareText(model, { text, pair, language: null, trainedTokens: null, ...rest });
  const refused = (make: () => unknown, code: string): void =>
    assert.throws(make, (error) => error instanceof Failure && error.code === code);

  it('a mask that the reader typed stands for text and is not hidden with the special tokens', () => {
    const { source } = prepare(encoder, 'a [MASK].');
    const shown = source.map(({ label, special }) => [label, special]);
    assert.deepEqual(shown, [
      ['[CLS]', true],
      ['a', false],
      ['[MASK]', false],
      ['.', false],
      ['[SEP]', true],
    ]);
  });

  it('one text: template tokens stand for no part, words group the rest', () => {
    const { source, typeIds, language, notices } = prepare(encoder, 'a cat.');
    assert.deepEqual(
      source.map(({ piece, span, part, word, special }) => [piece, span, part, word, special]),
      [
        ['[CLS]', null, null, null, true],
        ['a', [0, 1], 0, 0, false],
        ['c', [2, 3], 0, 1, false],
        ['##a', [3, 4], 0, 1, false],
        ['##t', [4, 5], 0, 1, false],
        ['.', [5, 6], 0, 2, false],
        ['[SEP]', null, null, null, true],
      ],
    );
    assert.equal(source[3]!.label, 'a', 'the characters, not the piece');
    assert.deepEqual(typeIds, [0, 0, 0, 0, 0, 0, 0]);
    assert.deepEqual([language, notices], [null, []]);
  });

  it('two texts: spans in each, kinds of token, words counted on', () => {
    const prepared = prepare(encoder, 'a b', 'c ab');
    const { source, typeIds } = prepared;
    assert.deepEqual(
      source.map(({ label, part, span, word }) => [label, part, span?.[0] ?? null, word]),
      [
        ['[CLS]', null, null, null],
        ['a', 0, 0, 0],
        ['b', 0, 2, 1],
        ['[SEP]', null, null, null],
        ['c', 1, 0, 2],
        ['a', 1, 2, 3],
        ['b', 1, 3, 3],
        ['[SEP]', null, null, null],
      ],
    );
    assert.deepEqual(typeIds, [0, 0, 0, 0, 1, 1, 1, 1]);
    const batch = batchOf(prepared);
    assert.deepEqual([...batch.types!], typeIds);
    assert.deepEqual(
      [...batch.ids],
      source.map(({ id }) => id),
    );
    assert.deepEqual([batch.batch, batch.length], [1, 8]);
  });

  it('kinds that the model has no rows for are not passed on', () => {
    const prepared = prepare(oneType, 'a b', 'c');
    assert.equal(prepared.typeIds, null);
    assert.equal(batchOf(prepared).types, null);
    assert.deepEqual(prepare(oneType, 'a b').typeIds, [0, 0, 0, 0]);
  });

  it('too many tokens: refused where positions end, a notice where training did', () => {
    refused(() => prepare(encoder, 'a '.repeat(39)), 'text.tooManyTokens');
    assert.equal(prepare(encoder, 'a '.repeat(38)).source.length, 40);
    const codes = (prepared: PreparedText) => prepared.notices.map(({ code }) => code);
    assert.deepEqual(codes(prepare(decoder, 'a '.repeat(64))), []);
    assert.deepEqual(codes(prepare(decoder, 'a '.repeat(65))), ['notice.beyondTraining']);
    const trained = (tokens: number) =>
      codes(prepare(decoder, 'a '.repeat(tokens), null, { trainedTokens: 10 }));
    assert.deepEqual([trained(9), trained(10)], [[], ['notice.beyondTraining']]);
  });

  it('what cannot be read is refused, in either text', () => {
    for (const [bad, code] of [
      ['', 'text.empty'],
      [' \n\t', 'text.empty'],
      ['a'.repeat(20_001), 'text.tooLong'],
      ['a\uD800b', 'text.loneSurrogate'],
    ] as const) {
      refused(() => prepare(encoder, bad), code);
      refused(() => prepare(encoder, 'a', bad), code);
    }
    refused(() => prepare(decoder, 'a', null, { language: 'fra' }), 'text.languageNotSupported');
  });
});
