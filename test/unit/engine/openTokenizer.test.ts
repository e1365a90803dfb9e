import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { openTokenizer } from '../../../src/engine/openTokenizer';
import { Failure } from '../../../src/failure/failure';
import { Tokenizer } from '../../../src/tokens/tokenizer';
import { MemoryFolder } from '../checkpoint/memoryFolder';

const VALUES = 8_000_000;
const readJson = (): Promise<string> =>
  readFile('test/fixtures/tokenizers/wordpiece-uncased/tokenizer.json', 'utf8');

describe('the tokenizer of a model folder', () => {
  async function codeOf(tokenizerJson: string, vocabulary = 1000): Promise<string> {
    const folder = new MemoryFolder({ 'tokenizer.json': tokenizerJson });
    const answer = await openTokenizer(folder, vocabulary);
    return answer instanceof Failure ? answer.code : 'loaded';
  }

  it('is refused as one of another model by its size, smaller or larger', async () => {
    const json = await readJson();
    const folder = new MemoryFolder({ 'tokenizer.json': json });
    const { size } = Tokenizer.fromFiles({
      ...{ folder: folder.path, tokenizerJson: json, tokenizerConfigJson: null },
    });
    assert.equal(await codeOf(json, size), 'loaded');
    assert.equal(await codeOf(json, size + 64), 'loaded', 'a padded table');
    assert.equal(await codeOf(json, size - 1), 'tokenizer.foreign');
    assert.equal(await codeOf(json, size + 1000), 'tokenizer.foreign');
  });

  it('is refused before it is parsed where parsing would fill the memory', async () => {
    assert.equal(
      await codeOf(`{"model":{"vocab":[${'[],'.repeat(VALUES / 2)}0]}}`),
      'checkpoint.jsonValues',
    );
    assert.equal(await codeOf(`{"normalizer":${'['.repeat(1e6)}`), 'checkpoint.jsonDepth');
  });
});
