import assert from 'node:assert/strict';
import { readJsonObject } from '../../../src/engine/readJsonObject';
import { Failure } from '../../../src/failure/failure';
import { familyOf } from '../../../src/transformer/families/familyOf';
import { generationOptions } from '../../../src/transformer/generate/generationOptions';
import { assertFails } from '../../unit/checkpoint/assertFails';
import { MemoryFolder } from '../../unit/checkpoint/memoryFolder';
import { baseConfigs } from './fuzz/baseConfigs';
import type { Dice } from './fuzz/dice';
import { fuzz, type FuzzCase } from './fuzz/fuzzRun';
import { mutateBytes } from './fuzz/mutateBytes';
import { mutateJson } from './fuzz/mutateJson';

/** Families that are built: bases of others would only ask the same question again. */
const BASES = baseConfigs().filter(({ json, tensors }) => {
  const parsed = JSON.parse(json) as Readonly<Record<string, unknown>>;
  try {
    familyOf(parsed).config(parsed, tensors);
    return true;
  } catch {
    return false;
  }
});
const MARIAN = BASES.find(({ json }) => json.includes('"marian"'))!;

/** Every option of any base, and some that no base sets. */
const OPTIONS = [
  ...new Set(BASES.flatMap(({ json }) => Object.keys(Object(JSON.parse(json))))),
  ...['num_labels', 'id2label', 'rope_parameters', 'layer_types', 'sliding_window', 'n_inner'],
  ...['head_dim', 'num_key_value_heads', 'classifier_dropout', 'problem_type', 'attention_types'],
];

/** A file with every kind of option that is read. */
const GENERATION = JSON.stringify({
  _from_model_config: true,
  bad_words_ids: [[97], [1, 2]],
  begin_suppress_tokens: [1],
  bos_token_id: 1,
  decoder_start_token_id: 97,
  eos_token_id: [0, 2],
  forced_bos_token_id: 3,
  forced_eos_token_id: 0,
  max_length: 64,
  no_repeat_ngram_size: 3,
  num_beams: 4,
  pad_token_id: 97,
  renormalize_logits: true,
  repetition_penalty: 1.2,
  suppress_tokens: [4, 5],
  transformers_version: '4.57.6',
});

function mutated(dice: Dice, json: string): Uint8Array {
  const bytes = Buffer.from(dice.percent(85) ? mutateJson(dice, json, OPTIONS) : json);
  return dice.percent(15) ? mutateBytes(dice, bytes) : bytes;
}

function configCase(dice: Dice): FuzzCase {
  const { json, tensors } = dice.pick(BASES);
  const bytes = mutated(dice, json);
  const folder = new MemoryFolder({ 'config.json': bytes });
  const read = async (): Promise<void> => {
    const parsed = (await readJsonObject(folder, 'config.json'))!;
    const family = familyOf(parsed);
    const config = family.config(parsed, tensors);
    assertNumbers(config);
    family.weights(config, tensors, parsed);
  };
  return { input: Buffer.from(bytes).toString('latin1'), read };
}

/** What was taken from a file must be numbers that one can compute with. */
function assertNumbers(value: unknown): void {
  if (typeof value === 'number') assert.ok(!Number.isNaN(value), 'NaN');
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(assertNumbers);
}

function generationCase(dice: Dice): FuzzCase {
  const bytes = mutated(dice, GENERATION);
  const configBytes = dice.percent(30) ? mutated(dice, MARIAN.json) : Buffer.from(MARIAN.json);
  const files = { 'config.json': configBytes, 'generation_config.json': bytes };
  const folder = new MemoryFolder(dice.percent(95) ? files : { 'config.json': configBytes });
  const read = async (): Promise<void> => {
    const parsed = (await readJsonObject(folder, 'config.json'))!;
    const generation = await readJsonObject(folder, 'generation_config.json');
    const config = familyOf(parsed).config(parsed, MARIAN.tensors);
    assertNumbers(generationOptions(config, parsed, generation));
  };
  const shown = Buffer.concat([bytes, configBytes]);
  return { input: shown.toString('latin1'), read };
}

describe('damaged configurations', function () {
  this.timeout(0); // each case has a limit of its own
  it('config.json of every family loads or is refused', () =>
    fuzz('config.json', 0.25, configCase));
  it('generation_config.json loads or is refused', () =>
    fuzz('generation_config.json', 0.1, generationCase));

  // Found by the first runs (seeds 272 and 34): a message that repeats a value nested as deep as this
  // needs more stack than there is.
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  for (const name of ['config.json', 'generation_config.json']) {
    it(`${name} with an option that nests 20,000 deep is refused`, async () => {
      const folder = new MemoryFolder({ [name]: `{"bad_words_ids":[${deep}]}` });
      await assertFails(readJsonObject(folder, name), 'checkpoint.jsonDepth', { file: name });
    });
  }

  // Found by reading what the runs had not reached: lists as long as a number in the file.
  const neo = { model_type: 'gpt_neo' };
  const endless = 2 ** 52;
  const classifier = { model_type: 'bert', architectures: ['BertForSequenceClassification'] };
  const LISTS: [what: string, option: string, config: Readonly<Record<string, unknown>>][] = [
    ['endless layers', 'num_layers', { ...neo, num_layers: endless }],
    [
      'endless layers with their kinds',
      'num_layers',
      { ...neo, num_layers: endless, attention_types: [[['local'], endless]] },
    ],
    [
      'a pattern of a million kinds',
      'attention_types',
      { ...neo, attention_types: [[Array.from({ length: 1e6 }, () => 'local'), 24]] },
    ],
    ['an empty pattern', 'attention_types', { ...neo, attention_types: [[[], endless]] }],
    ['endless labels', 'num_labels', { ...classifier, num_labels: endless }],
  ];
  for (const [what, option, config] of LISTS) {
    it(`${what}: refused before they are listed`, () => {
      const isRefused = (error: unknown): boolean =>
        error instanceof Failure &&
        error.code === 'config.option' &&
        error.args['option'] === option;
      assert.throws(() => familyOf(config).config(config, new Set()), isRefused);
    });
  }
});
