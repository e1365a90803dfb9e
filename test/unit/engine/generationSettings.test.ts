// What the files of a checkpoint ask for, as a way of writing.
import assert from 'node:assert/strict';
import { writingAsked } from '../../../src/engine/generationSettings';
import { plainWriting, type Writing } from '../../../src/protocol/writing';
import { searchAsked } from '../../../src/transformer/generate/searchAsked';
import { EngineHarness } from '../../support/engineHarness';

const asked = (options: Record<string, unknown>, prompt = 1): Writing =>
  writingAsked(searchAsked({ model_type: 'marian' }, options), prompt);

describe('what a checkpoint asks for', () => {
  it('nothing set: greedy, to the engine’s own limit', () => {
    assert.deepEqual(asked({}), plainWriting);
  });

  it('beams, with their penalty; sampling, with its cuts and a seed', () => {
    assert.deepEqual(
      asked({ num_beams: 4, length_penalty: 0.6, early_stopping: true, temperature: 0.3 }).search,
      { kind: 'beam', beams: 4, lengthPenalty: 0.6, earlyStopping: true },
    );
    assert.deepEqual(asked({ do_sample: true, temperature: 0.7, top_p: 0.9 }).search, {
      kind: 'sample',
      temperature: 0.7,
      topK: 50,
      topP: 0.9,
      seed: 1,
    });
  });

  it('a length in all counts what the decoder reads first; one of new tokens goes before it', () => {
    assert.equal(asked({ max_length: 20 }).maxNewTokens, 19);
    assert.equal(asked({ max_length: 20 }, 15).maxNewTokens, 5);
    assert.equal(asked({ max_length: 20 }, 30).maxNewTokens, 1);
    assert.equal(asked({ max_length: 20, max_new_tokens: 8 }, 15).maxNewTokens, 8);
  });

  it('refuses searches that are not built, by name', () => {
    const file = 'generation_config.json';
    assert.throws(() => asked({ num_beams: 2, do_sample: true }), {
      code: 'generation.option',
      args: { file, option: 'do_sample', value: 'true' },
    });
    assert.throws(() => asked({ num_beams: 17 }), {
      code: 'generation.option',
      args: { file, option: 'num_beams', value: '17' },
    });
  });

  it('is answered of a run, with the options as they stand in the files', async () => {
    const engine = new EngineHarness();
    try {
      engine.run('a');
      await engine.finished('a');
      const { options, writing } = await engine.ask('a', {
        name: 'generationSettings',
        question: {},
      });
      assert.ok(options.every(({ file }) => /^(generation_)?config\.json$/.test(file)));
      const start = options.find(({ option }) => option === 'decoder_start_token_id');
      assert.match(start!.value, /^\d+$/);
      assert.equal(writing.begin.text, null);
    } finally {
      engine.close();
    }
  });
});
