// `trace --row` prints, byte for byte, what the panel copies: both ends run for themselves.
import assert from 'node:assert/strict';
import path from 'node:path';
import { copyOut } from '../../../src/host/copies/copyOut';
import type { RowAddress } from '../../../src/protocol/address';
import type { TraceEvent } from '../../../src/protocol/engineMessages';
import { applyEvent, emptySnapshot } from '../../../src/protocol/traceMirror';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { ANIMAL, EngineHarness } from '../../support/engineHarness';
import { runCli } from './runCli';

/** A panel's row, and the options that ask the terminal for the same. */
const ROWS: [RowAddress, string[]][] = [
  [
    {
      stack: 'encoder',
      layer: 2,
      head: 3,
      hideSpecials: false,
      unit: 'token',
      direction: 'looksAt',
      token: 10,
    },
    ['--row', '10', '--layer', '2', '--head', '3'],
  ],
  [
    {
      stack: 'encoder',
      layer: 'mean',
      head: 'mean',
      hideSpecials: true,
      unit: 'token',
      direction: 'lookedAt',
      token: 2,
    },
    ['--row', '2', '--direction', 'looked-at', '--hide-specials'],
  ],
  [
    {
      stack: 'decoder',
      layer: 1,
      head: 'max',
      hideSpecials: false,
      unit: 'token',
      direction: 'lookedAt',
      token: 3,
    },
    [
      ...['--row', '3', '--stack', 'decoder', '--layer', '1', '--head', 'max'],
      ...['--direction', 'looked-at'],
    ],
  ],
  [
    {
      stack: 'cross',
      layer: 0,
      head: 7,
      hideSpecials: true,
      unit: 'token',
      direction: 'looksAt',
      token: 4,
    },
    ['--row', '4', '--stack', 'cross', '--layer', '0', '--head', '7', '--hide-specials'],
  ],
  [
    {
      stack: 'cross',
      layer: 'mean',
      head: 'max',
      hideSpecials: false,
      unit: 'token',
      direction: 'lookedAt',
      token: 10,
    },
    ['--row', '10', '--stack', 'cross', '--head', 'max', '--direction', 'looked-at'],
  ],
];

describe('trace --row, with the built-in model', () => {
  let engine: EngineHarness;
  let snapshot: TraceSnapshot;
  before(async () => {
    // The kernels that the terminal computes with: what is printed agrees to the last digit.
    engine = new EngineHarness(undefined, undefined, {
      kernels: 'own',
      wasmDirectory: path.resolve('dist', 'wasm'),
    });
    engine.run('a');
    await engine.finished('a');
    snapshot = engine.log
      .filter((message): message is TraceEvent => 'trace' in message)
      .reduce(applyEvent, emptySnapshot('a', ''));
  });
  after(() => engine.close());

  for (const [address, options] of ROWS) {
    it(`prints what the panel copies: ${options.join(' ')}`, async () => {
      let copied = '';
      const targets = {
        clipboard: (text: string) => Promise.resolve(void (copied = text)),
        save: () => Promise.resolve(null),
      };
      await copyOut(engine, targets, snapshot, { what: 'rowCsv', address });
      const result = runCli(['trace', '--text', ANIMAL, '--lang', 'fra', ...options]);
      assert.deepEqual(result, { code: 0, out: copied, err: '' });
      const [title, ...lines] = copied.trimEnd().split('\r\n');
      assert.equal(title, 'position,token,weight,norm');
      const toTarget =
        address.stack === 'decoder' ||
        (address.stack === 'cross' && address.direction === 'lookedAt');
      assert.equal(lines.length, toTarget ? 19 : 16);
      const empty = lines.filter((line) => line.endsWith(',,')).length;
      assert.equal(empty > 0, address.hideSpecials, 'hidden tokens are empty cells');
    });
  }

  it('has no row of the last token, which was written but not read', () => {
    const args = ['trace', '--text', ANIMAL, '--lang', 'fra', '--row', '19', '--stack', 'decoder'];
    const { code, out, err } = runCli(args);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /^The last token was written but never read.*\n$/);
  });

  it('reads a given target', () => {
    const target = ['--target', "L'animal n'a pas", '--row', '7', '--stack', 'decoder'];
    const { out, err } = runCli(['trace', '--text', ANIMAL, '--lang', 'fra', ...target]);
    assert.equal(err, '');
    const lines = out.trimEnd().split('\r\n').slice(1);
    assert.equal(lines.length, 8, 'start token and seven tokens');
    const sum = lines.reduce((total, line) => total + Number(line.split(',').at(-2)), 0);
    assert.ok(Math.abs(sum - 1) < 1e-5, String(sum));
  });
});
