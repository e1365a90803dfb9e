import assert from 'node:assert/strict';
import path from 'node:path';
import { readNumber, readNumberOrWord, readOptions, readWord } from '../../../src/cli/arguments';
import { FASTEST } from '../../../src/protocol/engineOptions';
import { readTraceTask } from '../../../src/cli/traceArguments';
import { Failure } from '../../../src/failure/failure';
import type { FailureCode } from '../../../src/failure/messages';

const failsWith = (code: FailureCode) => (error: unknown) =>
  error instanceof Failure && error.code === code;

const KINDS = { text: 'text', out: 'text', 'no-special': 'flag' } as const;
const read = (...args: string[]): object => readOptions('test', args, KINDS);

describe('command-line options', () => {
  const GOOD: [string[], object][] = [
    [[], {}],
    [['--text', 'a b'], { text: 'a b' }],
    [['--text=a=b'], { text: 'a=b' }],
    [['--text='], { text: '' }],
    [['--text', ''], { text: '' }],
    [['--text', '-5 degrees'], { text: '-5 degrees' }],
    [['--text', '--no'], { text: '--no' }],
    [['--text=--out', '--out', 'x'], { text: '--out', out: 'x' }],
    [['--no-special', '--text', 'x'], { 'no-special': true, text: 'x' }],
  ];
  for (const [args, expected] of GOOD) {
    it(`reads ${JSON.stringify(args)}`, () => assert.deepEqual(read(...args), expected));
  }

  it('reads several texts of one name, in their order', () => {
    const kinds = { file: 'texts', out: 'text' } as const;
    const args = ['--file', 'a', '--out', 'b', '--file=', '--file', 'a'];
    assert.deepEqual(readOptions('test', args, kinds), { file: ['a', '', 'a'], out: 'b' });
    assert.throws(
      () => readOptions('test', ['--file', '--out', 'b'], kinds),
      failsWith('cli.missingValue'),
    );
  });

  const BAD: [string[], FailureCode][] = [
    [['--nothing'], 'cli.option'],
    [['--nothing=1'], 'cli.option'],
    [['--toString', 'x'], 'cli.option'],
    [['--__proto__', 'x'], 'cli.option'],
    [['-o'], 'cli.option'],
    [['--text'], 'cli.missingValue'],
    [['--text', '--out', 'x'], 'cli.missingValue'],
    [['--text', 'a', '--text', 'a'], 'cli.twice'],
    [['a'], 'cli.stray'],
    [['--no-special', 'a'], 'cli.stray'],
    [['--', 'a'], 'cli.stray'],
    [['--no-special=yes'], 'cli.needlessValue'],
  ];
  for (const [args, code] of BAD) {
    it(`refuses ${JSON.stringify(args)}: ${code}`, () => {
      assert.throws(() => read(...args), failsWith(code));
    });
  }

  it('reads whole numbers in their range', () => {
    assert.equal(readNumber('--n', undefined, 1, 9), undefined);
    assert.equal(readNumber('--n', '9', 1, 9), 9);
    for (const text of ['0', '10', '1.0', '1e0', ' 1', '', '-1', '0x1', '１']) {
      assert.throws(() => readNumber('--n', text, 1, 9), failsWith('cli.number'), text);
    }
  });

  it('reads a number or a word', () => {
    assert.equal(readNumberOrWord('--h', undefined, ['mean'], 'mean'), 'mean');
    assert.equal(readNumberOrWord('--h', 'mean', ['mean'], 0), 'mean');
    assert.equal(readNumberOrWord('--h', '7', ['mean'], 'mean'), 7);
    assert.throws(() => readNumberOrWord('--h', 'max', ['mean'], 0), failsWith('cli.numberOrWord'));
  });

  it('reads a word', () => {
    assert.equal(readWord('--s', undefined, ['a', 'b'], 'b'), 'b');
    assert.equal(readWord('--s', 'a', ['a', 'b'], 'b'), 'a');
    for (const text of ['', 'A', 'c', 'toString']) {
      assert.throws(() => readWord('--s', text, ['a', 'b'], 'b'), failsWith('cli.word'), text);
    }
  });
});

describe('arguments of trace', () => {
  const dist = path.resolve('dist');

  it('fills in what was not said', () => {
    assert.deepEqual(readTraceTask(['--text', 'a'], dist), {
      model: path.resolve('media/models/translate-en'),
      trainedTokens: 64,
      input: { kind: 'text', text: 'a', pair: null, language: null, target: null },
      generate: null,
      beams: null,
      out: null,
      row: null,
      table: { layer: 'mean', head: 'mean', top: 3 },
      computation: FASTEST,
      preview: 'off',
    });
    const task = readTraceTask(['--ids', 'x', '--out', 'y', '--model', '/m'], dist);
    assert.deepEqual(task.out, { file: 'y', capture: ['attentions', 'logits'] });
    assert.equal(task.model, path.resolve('/m'));
    assert.equal(task.trainedTokens, null);
  });

  it('how it is computed', () => {
    const computation = (...args: string[]): object =>
      readTraceTask(['--text', 'a', ...args], dist).computation;
    assert.deepEqual(computation('--threads', '3', '--kernels', 'stock'), {
      ...{ threads: 3, kernels: 'stock', relaxedSimd: true, sharedMemory: true },
    });
    assert.deepEqual(computation('--no-relaxed-simd'), { ...FASTEST, relaxedSimd: false });
    assert.deepEqual(computation('--no-shared-memory'), { ...FASTEST, sharedMemory: false });
    assert.throws(() => computation('--threads', '0'), /cli\.number/);
    assert.throws(() => computation('--threads', '65'), /cli\.number/);
    assert.throws(() => computation('--kernels', 'fast'), /cli\.word/);
  });

  const row = (...args: string[]): object | null =>
    readTraceTask(['--text', 'a', ...args], dist).row;

  it('a row: the address the panel would ask for', () => {
    assert.deepEqual(row('--row', '4'), {
      stack: null,
      layer: 'mean',
      head: 'mean',
      hideSpecials: false,
      unit: 'token',
      direction: 'looksAt',
      token: 4,
    });
    const where = ['--stack', 'cross', '--layer', '2', '--head', '7'];
    assert.deepEqual(row('--row', '0', ...where, '--direction=looked-at', '--hide-specials'), {
      stack: 'cross',
      layer: 2,
      head: 7,
      hideSpecials: true,
      unit: 'token',
      direction: 'lookedAt',
      token: 0,
    });
    assert.deepEqual(row('--row', '1', '--unit', 'word'), {
      stack: null,
      layer: 'mean',
      head: 'mean',
      hideSpecials: false,
      unit: 'word',
      direction: 'looksAt',
      token: 1,
    });
  });

  it('a pair of texts', () => {
    const { input } = readTraceTask(['--text', 'a', '--pair', 'b'], dist);
    assert.deepEqual(input, { kind: 'text', text: 'a', pair: 'b', language: null, target: null });
  });

  const BAD: [string[], FailureCode][] = [
    [['--row', 'it'], 'cli.number'],
    [['--row', '-1'], 'cli.number'],
    [['--row', '1', '--stack', 'both'], 'cli.word'],
    [['--row', '1', '--direction', 'looksAt'], 'cli.word'],
    [['--row', '1', '--head', '3'], 'cli.needs'],
    [['--row', '1', '--head', '3', '--layer', 'mean'], 'cli.needs'],
    [['--row', '1', '--top', '3'], 'cli.conflict'],
    [['--row', '1', '--out', 'x'], 'cli.conflict'],
    [['--row', '1', '--ids', 'x'], 'cli.conflict'],
    [['--stack', 'cross'], 'cli.needs'],
    [['--direction', 'looks-at'], 'cli.needs'],
    [['--hide-specials'], 'cli.needs'],
    [['--unit', 'word'], 'cli.needs'],
    [['--row', '1', '--unit', 'words'], 'cli.word'],
  ];
  for (const [args, code] of BAD) {
    it(`refuses ${args.join(' ')}: ${code}`, () => {
      assert.throws(() => row(...args), failsWith(code));
    });
  }
});
