// `trace --text` of models of one stack: what each task shows, and that it is what the tensors say.
import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spellingTokenizer } from '../../support/spellingTokenizer';
import { assertRefused } from './assertRefused';
import { readTensors, runCli, Workspace, type TensorFile } from './runCli';

const TEXT = 'the cat sat.';
/** [CLS] t h e c a t s a t . [SEP], or without the two. */
const LETTERS = 10;

const softmax = (logits: readonly number[]): number[] => {
  const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
};

describe('trace --text with models of one stack', () => {
  const workspace = new Workspace();
  after(() => workspace.remove());

  /** A copy of a tiny model with a tokenizer beside it. */
  function modelWithTokenizer(fixture: string, template: boolean): string {
    const folder = workspace.file(path.basename(fixture));
    cpSync(path.join('test/fixtures', fixture), folder, { recursive: true });
    writeFileSync(path.join(folder, 'tokenizer.json'), spellingTokenizer(template));
    return folder;
  }

  function run(model: string, ...options: string[]): string {
    const { code, out, err } = runCli(['trace', '--model', model, ...options]);
    assert.deepEqual([code, err], [0, '']);
    return out;
  }

  function tensorsOf(model: string, ...options: string[]): TensorFile['tensors'] {
    const out = workspace.file('values.safetensors');
    assert.equal(run(model, ...options, '--out', out), '');
    return readTensors(out).tensors;
  }

  /** Rows of the last table, each in cells. */
  function lastTable(out: string, title: string): string[][] {
    const lines = out.trimEnd().split('\n');
    const start = lines.indexOf(title);
    assert.ok(start > 0, out);
    return lines.slice(start + 1).map((line) => line.split(/ {2,}/));
  }

  describe('a classifier of texts', () => {
    let model: string;
    before(() => (model = modelWithTokenizer('reference/bert-seqcls', true)));

    it('shows labels with the softmax of its logits; a pair is read as two parts', () => {
      const pair = ['--text', TEXT, '--pair', 'a dog ran'];
      const { shape, data } = tensorsOf(model, ...pair).get('logits')!;
      assert.deepEqual(shape, [1, 3]);
      const rows = lastTable(run(model, ...pair), 'Labels of the whole text: probability, logit');
      const probabilities = softmax([...data]);
      const wanted = probabilities.map((probability, label) => [
        `LABEL_${label}`,
        probability.toFixed(3),
        data[label]!.toFixed(3),
      ]);
      assert.deepEqual(rows, wanted);
      const oneText = tensorsOf(model, '--text', `${TEXT} a dog ran`).get('logits')!;
      assert.notDeepEqual(oneText.data, data, 'kinds of token count');
    });

    it('every capture group, all its names and shapes', () => {
      const capture = 'attentions,hidden_states,logits,positional_encoding,type_embed';
      const tensors = tensorsOf(model, '--text', TEXT, '--capture', capture);
      const n = LETTERS + 2;
      assert.deepEqual(Object.fromEntries([...tensors].map(([name, { shape }]) => [name, shape])), {
        'attentions.0': [1, 4, n, n],
        'attentions.1': [1, 4, n, n],
        'hidden_states.0': [1, n, 32],
        'hidden_states.1': [1, n, 32],
        'hidden_states.2': [1, n, 32],
        last_hidden_state: [1, n, 32],
        logits: [1, 3],
        positional_encoding: [40, 32],
        type_embed: [1, n, 32],
      });
    });

    it('a row by word sums to 1 and adds up its tokens', () => {
      const where = ['--text', TEXT, '--layer', '1', '--head', '2', '--row'];
      const weights = (out: string): number[] =>
        out
          .trimEnd()
          .split('\r\n')
          .slice(1)
          .map((line) => Number(line.split(',').at(-2)));
      const byWord = weights(run(model, ...where, '1', '--unit', 'word'));
      assert.equal(byWord.length, 6, '[CLS] the cat sat . [SEP]');
      assert.ok(Math.abs(byWord.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-5);
      const tokens = ['1', '2', '3'].map((token) => weights(run(model, ...where, token)));
      const cat = tokens.map((row) => row[4]! + row[5]! + row[6]!); // what “the” looks at of “cat”
      assert.ok(Math.abs(byWord[2]! - (cat[0]! + cat[1]! + cat[2]!) / 3) < 1e-5);
    });

    it('refuses what it cannot do', () => {
      const text = ['trace', '--model', model, '--text', TEXT];
      assertRefused(workspace, [...text, '--generate', '3'], /BertForSequenceCl\w+ writes no text/);
      assertRefused(workspace, [...text, '--target', 'x'], /--target: .* has no decoder beside/);
      const cross = ['--row', '1', '--stack', 'cross'];
      assertRefused(workspace, [...text, ...cross], /cross.*encoder/);
      const word = ['--row', '6', '--unit', 'word'];
      assertRefused(workspace, [...text, ...word], /no .*6.*0 to 5/);
    });
  });

  it('a masked-language model fills the mask, and says so where there is none', () => {
    const model = modelWithTokenizer('reference/bert', true);
    const text = ['--text', 'the [MASK] sat'];
    const { shape, data } = tensorsOf(model, ...text).get('logits')!;
    const row = softmax([...data.subarray(4 * shape[2]!, 5 * shape[2]!)]);
    const rows = lastTable(run(model, ...text), 'Most likely in place of each mask');
    assert.equal(rows.length, 1);
    assert.match(rows[0]![0]!, /^4 \[MASK\]$/);
    assert.ok(rows[0]![1]!.endsWith(Math.max(...row).toFixed(3)), rows[0]![1]);
    const none = 'No mask in the text; most likely in place of each token';
    assert.equal(lastTable(run(model, '--text', TEXT), none).length, LETTERS + 2);
  });

  it('a discriminator shows the sigmoid of each token’s logit', () => {
    const model = modelWithTokenizer('reference/electra', true);
    const { data } = tensorsOf(model, '--text', TEXT).get('logits')!;
    const title = 'Probability of each token to be a replacement';
    const rows = lastTable(run(model, '--text', TEXT), title);
    const wanted = [...data].map((logit) => (1 / (1 + Math.exp(-logit))).toFixed(3));
    assert.deepEqual(
      rows.map((cells) => cells.at(-1)),
      wanted,
    );
  });

  it('a classifier of tokens labels each', () => {
    const model = modelWithTokenizer('variants/roberta-tokcls', true);
    const { shape, data } = tensorsOf(model, '--text', TEXT).get('logits')!;
    assert.deepEqual(shape, [1, LETTERS + 2, 5]);
    const rows = lastTable(run(model, '--text', TEXT), 'Label of each token: probability');
    const first = softmax([...data.subarray(0, 5)]);
    const best = first.indexOf(Math.max(...first));
    assert.deepEqual(rows[0]!.slice(1), [`LABEL_${best}`, first[best]!.toFixed(3)]);
    assert.equal(rows.length, LETTERS + 2);
  });

  it('a reader answers with spans of the second text', () => {
    const model = modelWithTokenizer('variants/bert-qa', true);
    const pair = ['--text', 'who sat', '--pair', 'a cat sat'];
    const tensors = tensorsOf(model, ...pair);
    assert.deepEqual([...tensors.keys()].filter((name) => name.endsWith('logits')).sort(), [
      'end_logits',
      'start_logits',
    ]);
    const starts = softmax([...tensors.get('start_logits')!.data]);
    const ends = softmax([...tensors.get('end_logits')!.data]);
    const passage = { first: 8, last: 14 }; // [CLS] w h o s a t [SEP] a c a t s a t [SEP]
    let best = { probability: 0, text: '' };
    const letters = 'a cat sat';
    const places = [0, 2, 3, 4, 6, 7, 8];
    for (let first = passage.first; first <= passage.last; first++)
      for (let last = first; last <= passage.last; last++) {
        const probability = starts[first]! * ends[last]!;
        const text = letters.slice(places[first - 8], places[last - 8]! + 1);
        if (probability > best.probability) best = { probability, text };
      }
    const rows = lastTable(run(model, ...pair), 'Most likely answers: probability');
    assert.deepEqual(rows[0], [best.text, best.probability.toFixed(3)]);
  });

  describe('a decoder', () => {
    let model: string;
    before(() => (model = modelWithTokenizer('reference/llama', false)));

    it('shows what may follow each token', () => {
      const { shape, data } = tensorsOf(model, '--text', TEXT).get('logits')!;
      assert.deepEqual(shape, [1, LETTERS, 97]);
      const title = 'Next tokens: most likely after each token';
      const rows = lastTable(run(model, '--text', TEXT), title);
      assert.equal(rows.length, LETTERS);
      const last = softmax([...data.subarray((LETTERS - 1) * 97)]);
      assert.ok(rows.at(-1)![1]!.endsWith(Math.max(...last).toFixed(3)), rows.at(-1)![1]);
    });

    it('goes on where it is asked to; the file holds the text and what follows', () => {
      const options = ['--text', TEXT, '--generate', '4'];
      assert.match(run(model, ...options), /\nOutput: .*\n/);
      const tensors = tensorsOf(model, ...options, '--beams', '2');
      const { shape } = tensors.get('sequences')!;
      assert.ok(shape[1]! > LETTERS && shape[1]! <= LETTERS + 4);
      assert.equal(tensors.get('attentions.0')!.shape[2], shape[1]! - 1);
    });

    it('its row looks at nothing that follows', () => {
      const out = run(model, '--text', TEXT, '--row', '4', '--stack', 'decoder');
      const weights = out.trimEnd().split('\r\n').slice(1);
      assert.equal(weights.length, LETTERS);
      for (const line of weights.slice(5)) assert.match(line, /,0,0$/);
    });

    it('refuses what it cannot do', () => {
      const text = ['trace', '--model', model, '--text', TEXT];
      assertRefused(
        workspace,
        [...text, '--target', 'x'],
        /LlamaForCausalLM has no decoder beside/,
      );
      assertRefused(workspace, [...text, '--lang', 'fra'], /no language switch/);
      const never = ['--out', workspace.file('never'), '--capture'];
      assertRefused(workspace, [...text, ...never, 'positional_encoding'], /“llama” model has no/);
      assertRefused(workspace, [...text, ...never, 'encoder.embed'], /no “encoder.embed”.*hook_q/);
    });
  });
});
