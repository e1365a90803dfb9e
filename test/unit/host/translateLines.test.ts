import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import type { Written } from '../../../src/host/engine/engineClient';
import {
  MOST_FAILURES_IN_A_ROW,
  translateLines,
  type TranslatedSentence,
} from '../../../src/host/corpus/translateLines';

const written = (output: string): Written => ({
  output,
  tokens: 2,
  logProbability: -1,
  ended: true,
});
const crash = (): Failure => new Failure('engine.crashed', { reason: 'out of memory' });

/** Translates by a script: what the engine answers to each question, one after the other. */
async function translating(
  sources: readonly string[],
  answers: readonly (string | Failure)[],
  cancelAfter = Number.POSITIVE_INFINITY,
) {
  const controller = new AbortController();
  const asked: string[] = [];
  const done: TranslatedSentence[] = [];
  const end = await translateLines(
    sources.map((source, line) => ({ line, source, reference: null })),
    (text) => {
      const answer = answers[asked.push(text) - 1] ?? `${text}!`;
      return answer instanceof Failure ? Promise.reject(answer) : Promise.resolve(written(answer));
    },
    controller.signal,
    (sentence) => {
      if (done.push(sentence) === cancelAfter) controller.abort();
      return Promise.resolve();
    },
  );
  return {
    end: end?.code ?? null,
    asked,
    done,
    codes: done.map((one) => one.failure?.code ?? null),
  };
}

describe('translating line by line', () => {
  it('keeps order, one line each', async () => {
    const { end, done } = await translating(['a', 'b'], [' x\ny ', 'z']);
    assert.equal(end, null);
    assert.deepEqual(
      done.map((one) => [one.line, one.hypothesis, one.meanLogProbability]),
      [
        [0, 'x y', -0.5],
        [1, 'z', -0.5],
      ],
    );
  });

  it('asks once more after a crash, and goes on where that fails too', async () => {
    const saved = await translating(['a', 'b'], [crash(), 'x']);
    assert.deepEqual(saved.asked, ['a', 'a', 'b']);
    assert.deepEqual(saved.codes, [null, null]);
    const lost = await translating(['a', 'b'], [crash(), crash(), 'y']);
    assert.deepEqual(lost.codes, ['engine.crashed', null]);
    assert.equal(lost.done[0]?.hypothesis, '');
    assert.equal(lost.end, null);
  });

  it('loses no line that the model refuses, and asks nothing about empty ones', async () => {
    const tooLong = new Failure('text.tooManyTokens', { tokens: 900, limit: 512 });
    const sources = ['a', ' ', 'b', 'c', 'd', 'e'];
    const { end, asked, codes } = await translating(
      sources,
      Array.from({ length: 4 }, () => tooLong),
    );
    assert.equal(end, null);
    assert.deepEqual(asked, ['a', 'b', 'c', 'd', 'e']);
    const code = 'text.tooManyTokens';
    assert.deepEqual(codes, [code, 'corpus.noSentence', code, code, code, null]);
  });

  it('gives up when it is not the sentences that fail', async () => {
    const gone = new Failure('checkpoint.folder', { folder: '/model' });
    const { end, done } = await translating(
      Array<string>(9).fill('a'),
      Array.from({ length: 9 }, () => gone),
    );
    assert.equal(end, 'checkpoint.folder');
    assert.equal(done.length, MOST_FAILURES_IN_A_ROW);
  });

  it('ends where it is cancelled, between sentences and within one', async () => {
    const between = await translating(['a', 'b', 'c'], [], 2);
    assert.equal(between.end, 'run.cancelled');
    assert.deepEqual(between.asked, ['a', 'b']);
    const controller = new AbortController();
    const end = await translateLines(
      [{ line: 0, source: 'a', reference: null }],
      () => {
        controller.abort();
        return Promise.reject(new Failure('run.cancelled'));
      },
      controller.signal,
      () => Promise.reject(new Error('what was not translated is told of')),
    );
    assert.equal(end?.code, 'run.cancelled');
  });
});
