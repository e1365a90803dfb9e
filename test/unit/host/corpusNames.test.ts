import assert from 'node:assert/strict';
import { outputNames } from '../../../src/host/corpus/outputNames';
import { guessedReferences } from '../../../src/host/corpus/referenceGuess';

describe('names of what a run writes', () => {
  it('say the source, the language and that it is a part until it is whole', () => {
    assert.deepEqual(outputNames('test.tsv', 'fra', ['test.tsv']), {
      partial: 'test.fra.translated.partial.txt',
      whole: 'test.fra.translated.txt',
      partialReport: 'test.fra.translated.partial.json',
      report: 'test.fra.translated.json',
    });
    assert.equal(
      outputNames('sentences', 'org/opus mt', []).whole,
      'sentences.org-opus-mt.translated.txt',
    );
    assert.equal(outputNames('.hidden', 'fra', []).whole, '.hidden.fra.translated.txt');
  });

  it('are those of no other file, whichever of them is there', () => {
    const { whole, partial } = outputNames('a.b.txt', 'fra', [
      'A.B.fra.translated.TXT',
      'a.b.fra.translated-2.partial.json',
    ]);
    assert.equal(whole, 'a.b.fra.translated-3.txt');
    assert.equal(partial, 'a.b.fra.translated-3.partial.txt');
  });
});

describe('the references of a file', () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['test.en', ['test.en', 'test.fr', 'test.de', 'other.fr'], ['test.de', 'test.fr']],
    ['test.en.txt', ['test.fr.txt', 'test.ref.txt'], ['test.ref.txt', 'test.fr.txt']],
    ['src.txt', ['ref.txt', 'notes.txt'], ['ref.txt']],
    ['a-eng.txt', ['a-cmn.txt', 'a-eng.translated.txt'], ['a-cmn.txt']],
    ['a.txt', ['a.reference.txt', 'a.md', 'b.txt', 'a.fra.translated.txt'], ['a.reference.txt']],
    ['test.txt', ['test.tsv', 'test1.txt', 'README.md'], []],
  ];
  for (const [name, beside, wanted] of cases)
    it(`${name}: ${wanted.join(', ') || 'none'}`, () => {
      assert.deepEqual(guessedReferences(name, beside), wanted);
    });
});
