import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import type { FailureCode } from '../../../src/failure/messages';
import { llama } from '../../../src/transformer/families/llama';
import { marian } from '../../../src/transformer/families/marian';
import { paper } from '../../../src/transformer/families/paper';
import { generationOptions } from '../../../src/transformer/generate/generationOptions';

const config = marian.config(
  { pad_token_id: 9, eos_token_id: 0, decoder_start_token_id: 9, vocab_size: 10 },
  new Set(),
);

describe('generation options', () => {
  it('come from config.json where there is no generation_config.json', () => {
    const json = {
      forced_eos_token_id: 0,
      bad_words_ids: [[9]],
      no_repeat_ngram_size: 3,
      eos_token_id: [0, 4],
    };
    const options = generationOptions(config, json, null);
    assert.deepEqual(options.forcedLast, [0]);
    assert.deepEqual(options.badWords, [[9]]);
    assert.equal(options.noRepeatNgram, 3);
    assert.deepEqual(options.endTokens, [0, 4]);
    assert.equal(options.startToken, 9);
  });

  it('of generation_config.json take the place of those in config.json, token ids one by one', () => {
    const json = {
      forced_eos_token_id: 0,
      eos_token_id: 0,
      pad_token_id: 9,
      no_repeat_ngram_size: 3,
    };
    const generation = { eos_token_id: 5, pad_token_id: null, repetition_penalty: 1.5 };
    const options = generationOptions(config, json, generation);
    assert.deepEqual(options.endTokens, [5]);
    assert.equal(options.padToken, null);
    assert.deepEqual(options.forcedLast, [0]);
    assert.equal(options.noRepeatNgram, 0);
    assert.equal(options.repetitionPenalty, 1.5);
  });

  it('have no padding where the file says -1, as the first Llama checkpoints do', () => {
    const json = { pad_token_id: -1, eos_token_id: 2 };
    const model = llama.config(json, new Set(['lm_head.weight']));
    assert.equal(model.padToken, null);
    assert.equal(generationOptions(model, json, null).padToken, null);
    assert.throws(() => generationOptions(model, { pad_token_id: -2 }, null), Failure);
  });

  it('ignore sampling, beam count and lengths', () => {
    const ignored = {
      do_sample: true,
      temperature: 0.3,
      top_k: 5,
      top_p: 0.5,
      num_beams: 6,
      max_length: 512,
      min_length: 5,
      length_penalty: 2,
      early_stopping: true,
      max_new_tokens: 3,
      transformers_version: '4',
      use_cache: false,
    };
    assert.deepEqual(generationOptions(config, {}, ignored), generationOptions(config, {}, {}));
  });

  it('start with bos_token_id in the paper’s layout', () => {
    const json = { bos_token_id: 1, eos_token_id: 2, pad_token_id: 0 };
    assert.equal(generationOptions(paper.config(json, new Set()), json, null).startToken, 1);
  });

  const REFUSED: [object, FailureCode][] = [
    [{ sequence_bias: [[[1], 2]] }, 'generation.option'],
    [{ num_beam_groups: 2 }, 'generation.option'],
    [{ encoder_no_repeat_ngram_size: 3 }, 'generation.option'],
    [{ guidance_scale: 1.5 }, 'generation.option'],
    [{ force_words_ids: [[1]] }, 'generation.option'],
    [{ eos_token_id: 'a' }, 'generation.tokens'],
    [{ eos_token_id: [-1] }, 'generation.tokens'],
    [{ decoder_start_token_id: [1] }, 'generation.token'],
    [{ bad_words_ids: [1] }, 'generation.sequences'],
    [{ bad_words_ids: [[]] }, 'generation.sequences'],
    [{ no_repeat_ngram_size: -1 }, 'generation.count'],
    [{ repetition_penalty: 0 }, 'generation.positive'],
    [{ renormalize_logits: 1 }, 'generation.flag'],
  ];
  for (const [json, code] of REFUSED) {
    it(`refuse ${JSON.stringify(json)}: ${code}`, () => {
      for (const read of [
        () => generationOptions(config, {}, { ...json }),
        () => generationOptions(config, { ...json }, null),
      ]) {
        assert.throws(read, (error) => error instanceof Failure && error.code === code);
      }
    });
  }

  it('take defaults that change nothing', () => {
    const harmless = {
      num_beam_groups: 1,
      guidance_scale: null,
      encoder_repetition_penalty: 1,
      token_healing: false,
    };
    assert.deepEqual(generationOptions(config, {}, harmless), generationOptions(config, {}, {}));
  });
});
