import assert from 'node:assert/strict';
import {
  checkSize,
  isTabSeparated,
  lineSentences,
  MAX_CORPUS_BYTES,
  tabbedSentences,
} from '../../../src/host/corpus/corpusText';

const tsv = (text: string): ReturnType<typeof tabbedSentences> =>
  tabbedSentences({ name: 'test.tsv', text });
const refused = (read: () => unknown, code: string, args: object): void =>
  assert.throws(read, { name: 'Failure', code, args });

describe('a file of sentences that is not one', () => {
  it('is told with the line', () => {
    const noTab = { file: 'test.tsv', line: 2 };
    refused(() => tsv('a\tb\nno tab here\nc\td\n'), 'corpus.noTab', noTab);
    refused(() => tsv('a\tb\n\nc\td\n'), 'corpus.noTab', noTab);
    for (const empty of ['', '\n', ' \r\n\n'])
      refused(() => tsv(empty), 'score.noLines', { file: 'test.tsv' });
  });

  it('is told by its number of lines', () => {
    const source = { name: 'a.en', text: 'One.\nTwo.\n' };
    refused(() => lineSentences(source, { name: 'a.fr', text: 'Un.\n' }), 'score.lineCounts', {
      file: 'a.en',
      lines: 2,
      other: 'a.fr',
      others: 1,
    });
    refused(() => lineSentences({ name: 'b', text: '\n \n' }, null), 'score.noLines', {
      file: 'b',
    });
  });

  it('is told by its size before it is read', () => {
    checkSize('a', MAX_CORPUS_BYTES);
    const args = { file: 'a', megabytes: 33, limit: 32 };
    refused(() => checkSize('a', MAX_CORPUS_BYTES + 1), 'corpus.tooLarge', args);
  });
});

describe('a file of sentences', () => {
  it('may end with empty lines behind its tabs, and have empty lines in two files', () => {
    assert.equal(tsv('a\tb\n\n  \n').length, 1);
    const two = lineSentences(
      { name: 'a', text: 'One.\n\nTwo.' },
      { name: 'b', text: 'Un.\n\nDeux.\n' },
    );
    assert.deepEqual(two[1], { line: 1, source: '', reference: '' });
  });

  it('has its references beside the sentences if its first sentence has one', () => {
    assert.equal(isTabSeparated('\n\na\tb\nc'), true);
    assert.equal(isTabSeparated('a\nb\tc'), false);
    assert.equal(isTabSeparated(''), false);
  });
});
