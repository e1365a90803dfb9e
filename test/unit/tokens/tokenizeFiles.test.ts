import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { tokenize, type TokenizeInput } from '../../../src/cli/tokenize';
import { fileOf } from './tokenizerFiles';

describe('tokenize, the function behind the command', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'headlight-tokenize-'));
    write('tokenizer.json', fileOf({ pre_tokenizer: { type: 'WhitespaceSplit' } }));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, content: string | Uint8Array): string => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const run = async (input: TokenizeInput, special = true): Promise<unknown[]> => {
    const lines: unknown[] = [];
    await tokenize({ model: folder, input, special }, (line) => lines.push(JSON.parse(line)));
    return lines;
  };

  it('writes ids, tokens, spans and words', async () => {
    assert.deepEqual(await run({ kind: 'text', text: 'a  b' }), [
      {
        ids: [1, 2],
        tokens: ['a', 'b'],
        spans: [
          [0, 1],
          [3, 4],
        ],
        words: [0, 1],
      },
    ]);
  });

  it('adds special tokens unless told not to', async () => {
    const post_processor = { type: 'RobertaProcessing', cls: ['<s>', 4], sep: ['</s>', 5] };
    write('tokenizer.json', fileOf({ post_processor }));
    const input = { kind: 'text', text: 'a' } as const;
    const [first] = (await run(input)) as { ids: number[]; spans: unknown[]; words: unknown[] }[];
    assert.deepEqual(
      [first?.ids, first?.spans, first?.words],
      [
        [4, 1, 5],
        [null, [0, 1], null],
        [null, 0, null],
      ],
    );
    assert.deepEqual(((await run(input, false)) as { ids: number[] }[])[0]?.ids, [1]);
  });

  it('takes a whole file: byte-order mark, last line break and all', async () => {
    const file = write('text.txt', '\ufeffa\r\nb\n');
    const [{ spans }] = (await run({ kind: 'textFile', file })) as [{ spans: unknown }];
    assert.deepEqual(spans, [
      [0, 2],
      [4, 5],
    ]);
  });

  it('takes one JSON string a line, with or without a last line break', async () => {
    for (const end of ['\n', '']) {
      const file = write('texts.jsonl', `"a"\n"a\\nb \\ud800"\r\n""${end}`);
      const lines = (await run({ kind: 'jsonLines', file })) as { ids: number[] }[];
      assert.deepEqual(
        lines.map(({ ids }) => ids),
        [[1], [1, 2, 0], []],
      );
    }
  });

  it('needs nothing but tokenizer.json, and says so if it is not there', async () => {
    rmSync(path.join(folder, 'tokenizer.json'));
    await assert.rejects(run({ kind: 'text', text: 'a' }), { code: 'tokenizer.missing' });
    folder = path.join(folder, 'nowhere');
    await assert.rejects(run({ kind: 'text', text: 'a' }), { code: 'tokenizer.missing' });
    folder = path.dirname(folder);
  });

  it('names what is wrong with its input', async () => {
    const missing = path.join(folder, 'missing.txt');
    await assert.rejects(run({ kind: 'textFile', file: missing }), { code: 'input.unreadable' });
    await assert.rejects(run({ kind: 'textFile', file: folder }), { code: 'input.unreadable' });
    const latin = write('latin.txt', Uint8Array.of(0x61, 0xe9, 0x62));
    await assert.rejects(run({ kind: 'textFile', file: latin }), { code: 'input.encoding' });
    for (const line of ['{"a": 1}', 'plain', '']) {
      const file = write('bad.jsonl', `"a"\n${line}\n"b"\n`);
      await assert.rejects(run({ kind: 'jsonLines', file }), {
        code: 'input.line',
        args: { file, line: 2 },
      });
    }
    write('tokenizer_config.json', '{');
    await assert.rejects(run({ kind: 'text', text: 'a' }), { code: 'tokenizer.invalid' });
  });
});
