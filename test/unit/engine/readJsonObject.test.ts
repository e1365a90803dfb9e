import assert from 'node:assert/strict';
import { MAX_JSON_DEPTH, MAX_JSON_VALUES } from '../../../src/checkpoint/jsonBounds';
import { MAX_CONFIG_BYTES, readJsonObject } from '../../../src/engine/readJsonObject';
import type { FailureCode } from '../../../src/failure/messages';
import { assertFails } from '../checkpoint/assertFails';
import { MemoryFolder } from '../checkpoint/memoryFolder';

const read = (content: string | Uint8Array): ReturnType<typeof readJsonObject> =>
  readJsonObject(new MemoryFolder({ 'config.json': content }), 'config.json');
const nested = (depth: number): string => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;

const REFUSED: [string, string | Uint8Array, FailureCode, object?][] = [
  ['an empty file', '', 'config.json'],
  ['text that is cut short', '{"a":', 'config.json'],
  ['a list', '[]', 'config.json', { reason: 'not an object' }],
  ['null', 'null', 'config.json', { reason: 'not an object' }],
  ['NaN, as Python writes it', '{"a":NaN}', 'config.json'],
  ['no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'checkpoint.text'],
  [
    'more bytes than the limit',
    '{}'.padEnd(MAX_CONFIG_BYTES + 1),
    'checkpoint.textTooLong',
    { size: MAX_CONFIG_BYTES + 1, limit: MAX_CONFIG_BYTES },
  ],
  ['one level too deep', nested(MAX_JSON_DEPTH + 1), 'checkpoint.jsonDepth'],
  ['a million levels', nested(1_000_000), 'checkpoint.jsonDepth', { limit: MAX_JSON_DEPTH }],
  [
    'millions of values',
    `{"a":[${'0,'.repeat(MAX_JSON_VALUES)}0]}`,
    'checkpoint.jsonValues',
    { limit: MAX_JSON_VALUES },
  ],
];

describe('a JSON file of a model folder', () => {
  for (const [what, content, code, args] of REFUSED) {
    it(`${what}: ${code}`, () =>
      assertFails(read(content), code, { file: 'config.json', ...args }));
  }

  it('takes what is within every limit', async () => {
    assert.deepEqual(await read('{"a":1}'), { a: 1 });
    assert.deepEqual(await read('\ufeff{"a":1}'), { a: 1 }, 'a byte order mark');
    assert.equal(Object.keys((await read('{}'.padEnd(MAX_CONFIG_BYTES)))!).length, 0);
    assert.ok(await read(nested(MAX_JSON_DEPTH)));
    assert.ok(await read(`{"a":"${'[{,'.repeat(MAX_JSON_VALUES / 2)}\\"["}`), 'signs in a string');
  });

  it('keeps a key named __proto__ a key', async () => {
    const object = (await read('{"__proto__":{"model_type":"marian"}}'))!;
    assert.equal(object['model_type'], undefined);
    assert.ok(Object.hasOwn(object, '__proto__'));
  });

  it('is null where there is none', async () => {
    assert.equal(await readJsonObject(new MemoryFolder({}), 'config.json'), null);
  });
});
