import assert from 'node:assert/strict';
import path from 'node:path';
import { readNumber, readNumberOrWord, readOptions } from '../../../src/cli/arguments';
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
});

describe('arguments of trace', () => {
  const dist = path.resolve('dist');

  it('fills in what was not said', () => {
    assert.deepEqual(readTraceTask(['--text', 'a'], dist), {
      model: path.resolve('media/models/translate-en'),
      trainedTokens: 64,
      input: { kind: 'text', text: 'a', language: null, target: null },
      generate: null,
      beams: null,
      out: null,
      table: { layer: 'mean', head: 'mean', top: 3 },
    });
    const task = readTraceTask(['--ids', 'x', '--out', 'y', '--model', '/m'], dist);
    assert.deepEqual(task.out, { file: 'y', capture: ['attentions', 'logits'] });
    assert.equal(task.model, path.resolve('/m'));
    assert.equal(task.trainedTokens, null);
  });
});
