// Teacher forcing: the loss of a given output as the reference computes it from the same labels.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { plainWriting } from '../../../src/protocol/writing';
import { isForced, lossOf } from '../../../webview/film/forced/loss';
import { EngineHarness } from '../../support/engineHarness';
import { applyEvent, emptySnapshot } from '../../../src/protocol/traceMirror';
import { spelledModel } from '../../support/spelledModel';

const numbers = v.array(v.number());
const losses = v.parse(
  v.object({
    text: v.string(),
    target: v.string(),
    models: v.record(v.string(), v.object({ labels: numbers, loss: v.number(), tokens: numbers })),
  }),
  JSON.parse(readFileSync('test/fixtures/forced/losses.json', 'utf8')),
);

/** Of a sum of logarithms of float32 probabilities. */
const TOLERANCE = 1e-4;

describe('teacher forcing', function () {
  this.timeout(60_000);
  let engine: EngineHarness;
  before(() => {
    engine = new EngineHarness();
  });
  after(() => engine.close());

  for (const [name, expected] of Object.entries(losses.models))
    it(`${name}: the loss of a given output`, async () => {
      const model = await spelledModel(`reference/${name}`);
      try {
        engine.run(name, losses.text, {
          model: model.folder,
          language: null,
          trainedTokens: null,
          writing: { ...plainWriting, begin: { ids: [], text: losses.target }, further: false },
        });
        const { outcome, failure } = await engine.finished(name);
        assert.equal(failure, null);
        assert.equal(outcome, 'complete');
        let snapshot = emptySnapshot(name, '');
        for (const event of engine.log)
          if ('trace' in event && event.trace === name && event.type !== 'picture')
            snapshot = applyEvent(snapshot, event);
        assert.ok(isForced(snapshot));
        const { tokens, total, mean, perplexity } = lossOf(snapshot.written);
        assert.deepEqual(
          tokens.map(({ written }) => written.token.id),
          expected.labels,
        );
        for (const [i, { loss }] of tokens.entries())
          assert.ok(Math.abs(loss - expected.tokens[i]!) < TOLERANCE, `${i}: ${loss}`);
        assert.ok(Math.abs(mean - expected.loss) < TOLERANCE, `${mean} beside ${expected.loss}`);
        assert.ok(Math.abs(total - expected.loss * tokens.length) < TOLERANCE * tokens.length);
        assert.ok(Math.abs(perplexity / Math.exp(expected.loss) - 1) < TOLERANCE);
      } finally {
        await model.remove();
      }
    });
});
