// The form of a way of writing: what is shown in it is what it asks for.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { translator } from '../../../src/language/translate';
import { plainWriting, type Search, type Writing } from '../../../src/protocol/writing';
import {
  differences,
  emptyForm,
  formOf,
  listedTexts,
  readForm,
} from '../../../webview/film/search/searchForm';
import { writingName, writingWords } from '../../../webview/film/search/writingWords';

const t = translator({});
const count = fc.integer({ min: 1, max: 1000 });
/** JSON and text fields have no negative zero. */
const real = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const positive = fc.double({ min: Number.MIN_VALUE, max: 1e6, noNaN: true });
const plain = { noNullPrototype: true } as const;
const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(some, { nil: null });

const search: fc.Arbitrary<Search> = fc.oneof(
  fc.constant({ kind: 'greedy' } as const),
  fc.record(
    {
      kind: fc.constant('beam' as const),
      beams: fc.integer({ min: 1, max: 16 }),
      lengthPenalty: real,
      earlyStopping: fc.constantFrom(true, false, 'never' as const),
    },
    plain,
  ),
  fc.record(
    {
      kind: fc.constant('sample' as const),
      temperature: positive,
      topK: maybe(count),
      topP: maybe(fc.double({ min: Number.MIN_VALUE, max: 1, noNaN: true })),
      seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    },
    plain,
  ),
);
const begin = fc.record(
  {
    ids: fc.array(fc.nat({ max: 50_000 }), { maxLength: 5 }),
    text: maybe(fc.string({ minLength: 1 })),
  },
  plain,
);
const writing: fc.Arbitrary<Writing> = fc.record(
  {
    search,
    repetitionPenalty: maybe(positive),
    forbidden: fc.array(fc.string({ minLength: 1 }), { maxLength: 4 }),
    begin,
    further: fc.constant(true),
    maxNewTokens: maybe(count),
  },
  plain,
);

const sampled: Writing = {
  ...plainWriting,
  search: { kind: 'sample', temperature: 0.8, topK: null, topP: 0.9, seed: 7 },
};

describe('the form of a way of writing', () => {
  it('asks for the very way it was filled from, whatever it held before', () => {
    fc.assert(
      fc.property(writing, writing, (one, before) => {
        const form = formOf(one, formOf(before));
        assert.deepEqual(readForm(form), { writing: one, wrong: [] });
        assert.deepEqual(differences(form, formOf(one)), []);
      }),
    );
  });

  it('names the fields that hold nothing the protocol takes', () => {
    const beam = { ...emptyForm, kind: 'beam' } as const;
    const sample = { ...emptyForm, kind: 'sample' } as const;
    const wrong = (form: typeof emptyForm): readonly string[] => readForm(form).wrong;
    assert.deepEqual(wrong({ ...beam, beams: '17' }), ['beams']);
    assert.deepEqual(wrong({ ...beam, beams: '', lengthPenalty: 'NaN' }), [
      'beams',
      'lengthPenalty',
    ]);
    assert.deepEqual(wrong({ ...sample, temperature: '0', topK: '1.5', topP: '1.01' }), [
      'temperature',
      'topK',
      'topP',
    ]);
    assert.deepEqual(wrong({ ...sample, seed: String(2 ** 32), maxNewTokens: '0' }), [
      'seed',
      'maxNewTokens',
    ]);
    // What another search would be given is not looked at.
    assert.deepEqual(wrong({ ...emptyForm, beams: '99', seed: '' }), []);
  });

  it('tells what differs from another one, and keeps the fields of searches not chosen', () => {
    const form = formOf(sampled);
    assert.deepEqual(differences({ ...form, seed: '8', topP: '0.90' }, form), ['seed']);
    assert.deepEqual(differences({ ...form, ids: [4], forbidden: ['x'] }, form), [
      'begin',
      'forbidden',
    ]);
    assert.deepEqual(differences(formOf(plainWriting, form), form), ['kind']);
    assert.equal(formOf(plainWriting, form).seed, '7');
  });

  it('takes what was given whole as how the model would write by itself', () => {
    const given = { ...sampled, begin: { ids: [4, 5], text: 'x' }, further: false };
    assert.deepEqual(readForm(formOf(given)).writing, sampled);
  });

  it('lists texts by line or comma, and a comma by itself', () => {
    assert.deepEqual(listedTexts(' the cat, dog\nthe cat\n\n，鸟 '), ['the cat', 'dog', '鸟']);
    assert.deepEqual(listedTexts(' , '), [',']);
    assert.deepEqual(listedTexts(' \n '), []);
  });
});

describe('a way of writing, in words', () => {
  it('says everything that is not as usual', () => {
    assert.equal(writingWords(t, plainWriting), 'greedy');
    assert.equal(writingWords(t, sampled), 'sampling, temperature 0.8, top-p 0.9, seed 7');
    assert.equal(
      writingWords(t, {
        search: { kind: 'beam', beams: 4, lengthPenalty: 0.6, earlyStopping: true },
        repetitionPenalty: 1.2,
        forbidden: ['cat', 'a\u202eb'],
        begin: { ids: [1, 2], text: 'Le' },
        further: true,
        maxNewTokens: 20,
      }),
      'beam search, 4 beams, length penalty 0.6, early stopping, repetition penalty 1.2, never “cat” “a⟨U+202E⟩b”, from 2 given tokens, begins with “Le”, at most 20 tokens',
    );
  });

  it('names it shortly, and what was given as given', () => {
    const given = { ...sampled, further: false };
    assert.equal(writingName(t, sampled), 'sample, seed 7');
    assert.equal(writingName(t, given), 'given');
    assert.equal(writingWords(t, given), 'given: 0 tokens');
  });
});
