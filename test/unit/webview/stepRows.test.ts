// Exact rows of the steps of a film: asked in blocks, the newest first, kept for a while.
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Failure } from '../../../src/failure/failure';
import type { MatrixAddress } from '../../../src/protocol/address';
import type { Question } from '../../../src/protocol/queries';
import type { WireTensor } from '../../../src/protocol/wireTensor';
import { StepRows } from '../../../webview/film/stepRows';

const KEYS = 3;
const address: MatrixAddress = {
  ...{ stack: 'cross', layer: 1, head: 'mean' },
  ...{ hideSpecials: false, unit: 'token' },
};

function room() {
  const asked: {
    question: Question<'matrixRows'>;
    signal: AbortSignal;
    answer(): void;
    refuse(): void;
  }[] = [];
  let changes = 0;
  const ask = (_: string, question: Question<'matrixRows'>, signal: AbortSignal) =>
    new Promise<WireTensor>((resolve, reject) => {
      const { from, to } = question;
      const numbers = Float32Array.from({ length: (to - from) * KEYS }, (__, i) => from * KEYS + i);
      asked.push({
        question,
        signal,
        answer: () => resolve({ shape: [to - from, KEYS], data: numbers.buffer }),
        refuse: () => reject(new Failure('trace.notRead')),
      });
    });
  const rows = new StepRows(ask, () => changes++);
  const want = (query: number, available: number, trace = 'a') =>
    rows.want({ trace, address, query, available });
  return { rows, asked, want, changes: () => changes };
}

describe('rows of steps', () => {
  it('asks once for neighbouring steps, and hands out the same array for the same step', async () => {
    const { asked, want, changes } = room();
    assert.equal(want(33, 200), null);
    assert.equal(want(34, 200), null);
    assert.deepEqual(
      asked.map(({ question }) => [question.from, question.to]),
      [[32, 64]],
    );
    asked[0]!.answer();
    await setImmediate();
    assert.equal(changes(), 1);
    assert.deepEqual([...want(33, 200)!], [99, 100, 101]);
    assert.equal(want(63, 200), want(63, 200));
    assert.equal(asked.length, 1);
  });

  it('gives up what nobody waits for any more, and asks again for steps that were not there yet', async () => {
    const { asked, want } = room();
    want(5, 10);
    want(40, 50);
    assert.equal(asked[0]!.signal.aborted, true);
    asked[1]!.answer();
    await setImmediate();
    assert.deepEqual([...want(49, 50)!], [147, 148, 149]);
    assert.equal(want(50, 51), null);
    assert.deepEqual([asked[2]!.question.from, asked[2]!.question.to], [32, 51]);
  });

  it('tells a refusal once, and asks anew when there is more, or another trace', async () => {
    const { rows, asked, want, changes } = room();
    want(5, 10);
    asked[0]!.refuse();
    await setImmediate();
    assert.equal(want(5, 10), null);
    assert.deepEqual([rows.failure?.code, asked.length, changes()], ['trace.notRead', 1, 1]);
    want(5, 11);
    assert.deepEqual([rows.failure, asked.length], [null, 2]);
    want(5, 11, 'b');
    assert.deepEqual([asked[1]!.signal.aborted, asked.length], [true, 3]);
  });
});
