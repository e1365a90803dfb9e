import assert from 'node:assert/strict';
import type { Answer, Query } from '../../../src/protocol/queries';
import { MAX_PAYLOAD_BYTES } from '../../../src/protocol/wireTensor';
import { copyOut, type CopyTargets } from '../../../src/host/copies/copyOut';
import { applyEvent, emptySnapshot } from '../../../src/protocol/traceMirror';
import { plan, token } from './fakeEngine';
import { readBy, wordPlan } from './wordFixture';
import { written as wrote } from '../../support/writings';

const wire = (
  shape: number[],
  numbers: Iterable<number>,
): { shape: number[]; data: ArrayBuffer } => ({
  shape,
  data: new Float32Array(numbers).buffer,
});

const snapshot = [token('un'), token('=2')].reduce(
  (before, written) =>
    applyEvent(before, {
      type: 'token',
      trace: 't',
      written: wrote(written),
      output: '',
    }),
  applyEvent(emptySnapshot('t', ''), { type: 'planned', trace: 't', plan }),
);

/** Answers from a table, and keeps what was asked. */
function engine(answers: Partial<Record<Query['name'], (query: Query) => unknown>>): {
  ask: <Q extends Query>(trace: string, query: Q) => Promise<Answer<Q['name']>>;
  asked: Query[];
} {
  const asked: Query[] = [];
  return {
    asked,
    ask: <Q extends Query>(_: string, query: Q) => {
      asked.push(query);
      return Promise.resolve(answers[query.name]?.(query) as Answer<Q['name']>);
    },
  };
}

function targets(saveAs: string | null = 'chosen.bin'): CopyTargets & {
  clip: string[];
  files: { name: string; bytes: Uint8Array }[];
} {
  const clip: string[] = [];
  const files: { name: string; bytes: Uint8Array }[] = [];
  return {
    clip,
    files,
    clipboard: (text) => Promise.resolve(void clip.push(text)),
    save: (name, bytes) => {
      if (saveAs !== null) files.push({ name, bytes });
      return Promise.resolve(saveAs);
    },
  };
}

const head = { stack: 'cross', layer: 1, head: 2, hideSpecials: false, unit: 'token' } as const;

describe('copyOut', () => {
  it('a row as CSV: the tokens across, with weight and norm', async () => {
    const to = targets();
    const row = {
      weights: wire([4], [0.5, 0.25, Number.NaN, 0.25]),
      norms: wire([4], [1, 2, 3, 4]),
      hidden: 0,
      approximate: false,
    };
    const address = { ...head, direction: 'looksAt', token: 1 } as const;
    const notice = await copyOut(engine({ row: () => row }), to, snapshot, {
      what: 'rowCsv',
      address,
    });
    assert.deepEqual(to.clip, [
      'position,token,weight,norm\r\n0,>>fra<<,0.5,1\r\n1,One,0.25,2\r\n2,two,,3\r\n3,</s>,0.25,4\r\n',
    ]);
    assert.equal(notice?.failure.code, 'notice.copied');
  });

  it('a column of cross-attention: the output tokens that look', async () => {
    const to = targets();
    const row = {
      weights: wire([3], [0.5, 0.25, 0.25]),
      norms: wire([3], [1, 2, 3]),
      hidden: 0,
      approximate: false,
    };
    const address = { ...head, direction: 'lookedAt', token: 1 } as const;
    await copyOut(engine({ row: () => row }), to, snapshot, { what: 'rowCsv', address });
    assert.deepEqual(to.clip, [
      "position,token,weight,norm\r\n0,<pad>,0.5,1\r\n1,un,0.25,2\r\n2,'=2,0.25,3\r\n",
    ]);
  });

  it('a large matrix as .npy, fetched in parts that fit a message', async () => {
    const keys = 2000;
    const count = 300;
    const whole = Float32Array.from({ length: count * keys }, (_, i) => i);
    const to = targets();
    const fake = engine({
      matrix: () => ({ queries: count, keys }),
      matrixRows: (query) => {
        assert.ok(query.name === 'matrixRows');
        const { from, to: end } = query.question;
        assert.ok(4 * keys * (end - from) <= MAX_PAYLOAD_BYTES);
        return wire([end - from, keys], whole.slice(from * keys, end * keys));
      },
    });
    const notice = await copyOut(fake, to, snapshot, { what: 'matrixNpy', ...head });
    assert.deepEqual(notice?.failure, { code: 'notice.saved', args: { file: 'chosen.bin' } });
    const [file] = to.files;
    assert.equal(file?.name, 'headlight-cross-1-2.npy');
    const data = file?.bytes.slice(-4 * whole.length);
    assert.deepEqual(new Float32Array(data?.buffer ?? new ArrayBuffer(0)), whole);
    assert.ok(fake.asked.length > 2);
  });

  it('the Python lines as the engine wrote them', async () => {
    const to = targets();
    const fake = engine({ python: () => ({ code: 'import torch', value: 0.5 }) });
    const copy = { what: 'python', stack: 'encoder', layer: 0, head: 1, query: 2, key: 3 } as const;
    await copyOut(fake, to, snapshot, copy);
    assert.deepEqual(to.clip, ['import torch']);
    assert.deepEqual(fake.asked[0]?.question, {
      stack: 'encoder',
      layer: 0,
      head: 1,
      query: 2,
      key: 3,
    });
  });

  it('pictures as files; a closed dialog is not an error', async () => {
    const to = targets();
    const data = new Uint8Array([1, 2, 3]).buffer;
    await copyOut(engine({}), to, snapshot, { what: 'png', data });
    await copyOut(engine({}), to, snapshot, { what: 'svg', text: '<svg>é</svg>' });
    assert.deepEqual(
      to.files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)]),
      [
        ['headlight.png', '\u0001\u0002\u0003'],
        ['headlight.svg', '<svg>é</svg>'],
      ],
    );
    assert.equal(await copyOut(engine({}), targets(null), snapshot, { what: 'png', data }), null);
  });

  it('words as one line and one row each, and the file says so', async () => {
    const to = targets();
    const snapshotOfWords = readBy(wordPlan);
    const weights = wire([5], [0.5, 0.25, 0.125, 0.125, 0]);
    const matrix = { ...head, stack: 'encoder', layer: 0, unit: 'word' } as const;
    const row = { weights, norms: weights, hidden: 0, approximate: false };
    const address = { ...matrix, direction: 'looksAt', token: 2 } as const;
    await copyOut(engine({ row: () => row }), to, snapshotOfWords, { what: 'rowCsv', address });
    assert.match(to.clip[0] ?? '', /\r\n2,unbelievable,0\.125,0\.125\r\n/);
    const fake = engine({
      matrix: () => ({ queries: 5, keys: 5 }),
      matrixRows: () => wire([5, 5], Array(25).fill(0.2)),
    });
    await copyOut(fake, to, snapshotOfWords, { what: 'matrixNpy', ...matrix });
    assert.equal(to.files[0]?.name, 'headlight-encoder-0-2-words.npy');
  });
});
