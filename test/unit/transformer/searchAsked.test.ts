import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import type { FailureCode } from '../../../src/failure/messages';
import { searchAsked } from '../../../src/transformer/generate/searchAsked';

const NOTHING = {
  doSample: false,
  numBeams: 1,
  temperature: 1,
  topK: null,
  topP: null,
  lengthPenalty: 1,
  earlyStopping: false,
  maxNewTokens: null,
  maxLength: null,
  repetitionPenalty: 1,
  noRepeatNgram: 0,
  options: [],
};

describe('the search that a checkpoint asks for', () => {
  it('is greedy where its files are silent', () => {
    assert.deepEqual(searchAsked({}, null), NOTHING);
    assert.deepEqual(searchAsked({ hidden_size: 4 }, { transformers_version: '4' }), NOTHING);
  });

  it('is by beams', () => {
    const generation = { num_beams: 4, length_penalty: 2, early_stopping: true, max_length: 142 };
    assert.deepEqual(searchAsked({ num_beams: 9 }, generation), {
      ...NOTHING,
      numBeams: 4,
      lengthPenalty: 2,
      earlyStopping: true,
      maxLength: 142,
      options: Object.entries(generation).map(([option, value]) => ({
        file: 'generation_config.json',
        option,
        value: JSON.stringify(value),
        obeyed: true,
      })),
    });
    const asked = searchAsked({}, { num_beams: 2, early_stopping: 'never', length_penalty: -1 });
    assert.equal(asked.earlyStopping, 'never');
    assert.equal(asked.lengthPenalty, -1);
  });

  it('is sampling, of the 50 likeliest unless the file says otherwise', () => {
    const of = (json: object) => {
      const { temperature, topK, topP } = searchAsked({}, { do_sample: true, ...json });
      return { temperature, topK, topP };
    };
    assert.deepEqual(of({}), { temperature: 1, topK: 50, topP: null });
    assert.deepEqual(of({ temperature: 0.7, top_k: 20, top_p: 0.9 }), {
      temperature: 0.7,
      topK: 20,
      topP: 0.9,
    });
    assert.equal(of({ top_k: 0 }).topK, null);
    assert.equal(of({ top_k: null }).topK, null);
    assert.equal(of({ top_p: 1 }).topP, null);
  });

  it('leaves out what does not bear on it', () => {
    const { options, ...asked } = searchAsked(
      {},
      {
        do_sample: false,
        temperature: 0,
        top_k: 5,
        top_p: 0.3,
        early_stopping: 7,
        length_penalty: 3,
      },
    );
    assert.deepEqual({ ...asked, options: [] }, NOTHING);
    assert.equal(options.length, 6, 'but they are told of');
  });

  it('names files: token ids of config.json stay valid beside generation_config.json', () => {
    const config = { eos_token_id: 2, num_beams: 6, vocab_size: 10, bad_words_ids: [[9]] };
    assert.deepEqual(searchAsked(config, { repetition_penalty: 1.5, min_p: null }).options, [
      { file: 'generation_config.json', option: 'repetition_penalty', value: '1.5', obeyed: true },
      { file: 'config.json', option: 'eos_token_id', value: '2', obeyed: true },
      { file: 'config.json', option: 'bad_words_ids', value: '[[9]]', obeyed: true },
    ]);
    const ignored = searchAsked({}, { min_length: 56, typical_p: 1, min_p: 0.1, max_length: 9 });
    assert.deepEqual(
      ignored.options.flatMap(({ option, obeyed }) => (obeyed ? [] : [option])),
      ['min_length', 'min_p'],
    );
    const { numBeams, options } = searchAsked(config, null);
    assert.equal(numBeams, 6);
    assert.deepEqual(
      options.map(({ option }) => option),
      ['eos_token_id', 'num_beams', 'bad_words_ids'],
    );
  });

  const REFUSED: [object, FailureCode][] = [
    [{ do_sample: 1 }, 'generation.flag'],
    [{ num_beams: 0 }, 'generation.positiveCount'],
    [{ num_beams: '4' }, 'generation.positiveCount'],
    [{ max_new_tokens: 2.5 }, 'generation.positiveCount'],
    [{ max_length: -1 }, 'generation.positiveCount'],
    [{ num_beams: 2, length_penalty: '1' }, 'generation.number'],
    [{ num_beams: 2, early_stopping: 'soon' }, 'generation.flag'],
    [{ do_sample: true, temperature: 0 }, 'generation.positive'],
    [{ do_sample: true, top_k: 1.5 }, 'generation.count'],
    [{ do_sample: true, top_p: 'x' }, 'generation.positive'],
    [{ repetition_penalty: -1 }, 'generation.positive'],
    [{ no_repeat_ngram_size: -1 }, 'generation.count'],
  ];
  for (const [json, code] of REFUSED)
    it(`refuses ${JSON.stringify(json)}: ${code}`, () => {
      assert.throws(
        () => searchAsked({ ...json }, null),
        (error) =>
          error instanceof Failure && error.code === code && error.args['file'] === 'config.json',
      );
    });
});
