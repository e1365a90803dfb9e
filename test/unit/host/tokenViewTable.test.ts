import assert from 'node:assert/strict';
import { isSameTable, tokenTable } from '../../../src/host/views/tokenTable';
import { whyNoRow } from '../../../src/navigation/whyNoRow';
import type { RowAddress } from '../../../src/protocol/address';
import { initialNavigation, type Navigation } from '../../../src/protocol/navigation';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { plan, token } from './fakeEngine';
import { written as wrote } from '../../support/writings';

const written = ['un', 'deux', 'trois'].map((label) =>
  wrote(token(label), {
    probability: 0.5,
    candidates: [{ id: 7, label, continues: null, probability: 0.5 }],
  }),
);
const snapshot: TraceSnapshot = {
  ...emptySnapshot('t1', 'a.txt:1'),
  plan,
  layers: [0, 1].map((layer) => ({ stack: 'encoder' as const, layer })),
  written,
  outcome: 'complete',
};
const address: RowAddress = {
  stack: 'encoder',
  layer: 0,
  head: 0,
  hideSpecials: false,
  unit: 'token',
  direction: 'looksAt',
  token: 1,
};
const row = (weights: readonly number[], norms = weights) => {
  const tensor = (values: readonly number[]) => ({
    shape: [values.length],
    data: Float32Array.from(values).buffer,
  });
  return { weights: tensor(weights), norms: tensor(norms), hidden: 0, approximate: false };
};
const labels = (change: Partial<RowAddress>, length: number): unknown => {
  const chosen = { address: { ...address, ...change }, row: row(Array(length).fill(0)) };
  const table = tokenTable(snapshot, chosen, 'relative');
  return [table?.chosen.label, table?.side, table?.others.map(({ label }) => label)];
};

describe('tokenTable', () => {
  const source = ['>>fra<<', 'One', 'two', '</s>'];

  it('puts the tokens across from the chosen one beside the weights', () => {
    assert.deepEqual(labels({}, 4), ['One', 'source', source]);
    assert.deepEqual(labels({ stack: 'cross', token: 2 }, 4), ['deux', 'source', source]);
    assert.deepEqual(labels({ stack: 'cross', direction: 'lookedAt' }, 3), [
      'One',
      'target',
      ['<pad>', 'un', 'deux'],
    ]);
    assert.deepEqual(labels({ stack: 'decoder', token: 1 }, 2), ['un', 'target', ['<pad>', 'un']]);
  });

  it('has candidates for a token that the model wrote, and for no other', () => {
    const of = (change: Partial<RowAddress>) =>
      tokenTable(snapshot, { address: { ...address, ...change }, row: row([0, 0]) }, 'relative')
        ?.candidates;
    assert.deepEqual(of({ stack: 'cross', token: 2 }), written[1]?.candidates);
    assert.equal(of({ stack: 'cross', token: 0 }), null);
    assert.equal(of({}), null);
    assert.equal(of({ stack: 'cross', direction: 'lookedAt' }), null);
  });

  it('is null for a token that the trace does not know', () => {
    const unknown = { address: { ...address, token: 9 }, row: row([0]) };
    assert.equal(tokenTable(snapshot, unknown, 'relative'), null);
  });

  it('knows when nothing would look different, hidden tokens included', () => {
    const make = (weights: readonly number[], norms = weights, head = 0) => {
      const table = tokenTable(
        snapshot,
        { address: { ...address, head }, row: row(weights, norms) },
        'relative',
      );
      assert.ok(table !== null);
      return table;
    };
    const table = make([Number.NaN, 0.25, 0.75, Number.NaN]);
    assert.ok(isSameTable(table, make([Number.NaN, 0.25, 0.75, Number.NaN])));
    assert.ok(!isSameTable(table, make([Number.NaN, 0.25, 0.5, Number.NaN])));
    assert.ok(!isSameTable(table, make([Number.NaN, 0.25, 0.75, Number.NaN], [0, 0, 0, 1])));
    assert.ok(!isSameTable(table, make([Number.NaN, 0.25, 0.75, Number.NaN], undefined, 1)));
    assert.ok(!isSameTable(table, make([Number.NaN, 0.25, 0.75])));
    assert.ok(!isSameTable(table, { ...table, colourScale: 'absolute' }));
    assert.ok(!isSameTable(table, { ...table, row: { ...table.row, hidden: 0.5 } }));
    assert.ok(!isSameTable(table, { ...table, row: { ...table.row, approximate: true } }));
  });
});

describe('whyNoRow', () => {
  const why = (navigation: Partial<Navigation>, change: Partial<TraceSnapshot> = {}) =>
    whyNoRow({ ...initialNavigation, ...navigation }, { ...snapshot, ...change });
  const at = (side: 'source' | 'target', index: number) =>
    ({ token: { side, index, locked: true } }) as const;
  const running = { outcome: null } as const;

  it('tells each reason apart', () => {
    const gone = { code: 'trace.gone', args: {} } as const;
    const cancelled = { code: 'run.cancelled', args: {} } as const;
    assert.equal(why({}, { plan: null, ...running }).code, 'trace.starting');
    assert.equal(why({ layer: 1 }, { layers: [], ...running }).code, 'trace.awaited');
    assert.equal(why({ layer: 1 }, { layers: [] }).code, 'trace.ended');
    assert.equal(why({}, { layers: [], outcome: 'cancelled', failure: cancelled }), cancelled);
    assert.equal(why(at('source', 1), { outcome: 'failed', failure: gone }), gone);
    assert.equal(why({ token: null }).code, 'trace.noChoice');
    assert.deepEqual(why({ hideSpecials: true, ...at('source', 0) }), {
      code: 'trace.hidden',
      args: { token: '>>fra<<' },
    });
    const last = { stack: 'cross', ...at('target', 3) } as const;
    assert.deepEqual(why(last, running), { code: 'trace.justWritten', args: { token: 'trois' } });
    assert.deepEqual(why(last), { code: 'trace.neverRead', args: { token: 'trois' } });
  });

  it('quotes tokens so that they can be seen and reorder nothing', () => {
    const source = [{ ...token('\u202ex', true) }];
    const hidden = why({ hideSpecials: true, ...at('source', 0) }, { plan: { ...plan, source } });
    assert.deepEqual(hidden.args, { token: '⟨U+202E⟩x' });
  });
});
