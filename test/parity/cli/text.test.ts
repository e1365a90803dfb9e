import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { largestDifference, readTensors, runCli, Workspace } from './runCli';

const SENTENCE = "The animal didn't cross the street because it was too tired.";
const MODEL = 'media/models/translate-en';
const TOLERANCE = 1e-4;

interface Case {
  readonly text: string;
  readonly lang: string;
  readonly translation: string;
  readonly inputs: { readonly decoder_input_ids: number[][] };
  readonly sequences: number[][];
}

const cases: Record<string, Case> = JSON.parse(
  readFileSync(`${MODEL}/expected.json`, 'utf8'),
).cases;

/** Lines of a table's section, by the beginning of its heading. */
function section(table: string, heading: string): string[] {
  const lines = table.split('\n');
  const start = lines.findIndex((line) => line.startsWith(heading)) + 1;
  assert.ok(start > 0, heading);
  return lines.slice(start, lines.indexOf('', start));
}

describe('trace --text, with the built-in model', () => {
  const workspace = new Workspace();
  after(() => workspace.remove());

  for (const [name, { text, lang, translation, sequences, inputs }] of Object.entries(cases)) {
    it(`writes the stored translation and tensors of ${name}`, () => {
      const out = workspace.file(`${name}.safetensors`);
      const limit = String(sequences[0]!.length + 9);
      const args = ['trace', '--text', text, '--lang', lang, '--out', out, '--generate', limit];
      const result = runCli(args);
      assert.deepEqual(result, { code: 0, out: '', err: '' });
      const { tensors } = readTensors(out);
      assert.deepEqual([...tensors.get('sequences')!.data], sequences.flat());
      const stored = readTensors(`${MODEL}/expected.safetensors`).tensors.get(`${name}/logits`)!;
      const difference = largestDifference(tensors.get('logits')!.data, stored.data);
      assert.ok(difference <= TOLERANCE, String(difference));

      const table = runCli(['trace', '--text', `>>${lang}<< ${text}`]);
      assert.equal(table.err, '');
      assert.ok(table.out.includes(`Output: ${translation}\n`), table.out);
      assert.equal(section(table.out, 'Decoder').length, inputs.decoder_input_ids[0]!.length);
    });
  }

  it('shows in the table the numbers of the tensors', () => {
    const out = workspace.file('numbers.safetensors');
    runCli(['trace', '--text', SENTENCE, '--lang', 'fra', '--out', out]);
    const { shape, data } = readTensors(out).tensors.get('encoder_attentions.2')!;
    const keys = shape[3]!;
    const options = ['--layer', '2', '--head', '3', '--top', '2'];
    const { out: table } = runCli(['trace', '--text', SENTENCE, '--lang', 'fra', ...options]);
    const lines = section(table, 'Encoder self-attention, layer 2, head 3');
    assert.equal(lines.length, keys);
    for (const [query, line] of lines.entries()) {
      const row = [...data.subarray((3 * keys + query) * keys, (3 * keys + query + 1) * keys)];
      const strongest = row
        .map((weight, key) => ({ weight, key }))
        .sort((a, b) => b.weight - a.weight);
      for (const { weight, key } of strongest.slice(0, 2)) {
        assert.match(
          line,
          new RegExp(`  ${key} \\S+ ${weight.toFixed(3).replace('.', '\\.')} \\(`),
          line,
        );
      }
    }
    const it = lines.find((line) => line.startsWith('10 it'));
    assert.match(it!, /^10 it +2 animal 0\.99\d|^10 it +2 animal 1\.000/);
  });

  it('reads a given target and shows what might follow', () => {
    const args = ['trace', '--text', SENTENCE, '--lang', 'fra', '--target', "L'animal n'a pas"];
    const { code, out, err } = runCli(args);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /\nOutput: L'animal n'a pas\n/);
    assert.match(out, /\n→  traversé 0\.9\d\d/);
    assert.equal(section(out, 'Cross-attention').length, 8, 'start token and seven tokens');
  });

  it('searches with beams', () => {
    const out = workspace.file('beams.safetensors');
    const common = [
      'trace',
      '--text',
      SENTENCE,
      '--lang',
      'fra',
      '--generate',
      '40',
      '--beams',
      '3',
    ];
    assert.deepEqual(runCli([...common, '--out', out]), { code: 0, out: '', err: '' });
    const { tensors } = readTensors(out);
    assert.deepEqual([...tensors.get('sequences')!.data], cases['s0']!.sequences.flat());
    const [score] = tensors.get('sequences_scores')!.data;
    assert.ok(score! < 0 && score! > -0.2, String(score));
    assert.ok(runCli(common).out.includes(`Output: ${cases['s0']!.translation}\n`));
  });

  it('stops after N tokens and says so', () => {
    const { out, err } = runCli(['trace', '--text', SENTENCE, '--lang', 'fra', '--generate', '3']);
    assert.match(out, /Output: L'animal\n/);
    assert.match(err, /stopped after 3 tokens/);
    const capped = runCli([
      'trace',
      '--text',
      'It.',
      '--lang',
      'fra',
      '--generate',
      '999',
      '--out',
      workspace.file('capped'),
    ]);
    assert.deepEqual([capped.code, capped.out], [0, '']);
    assert.match(capped.err, /999 tokens.*At most 256/);
  });

  it('warns of texts longer than the training’s', () => {
    const { code, err } = runCli([
      'trace',
      '--text',
      'It was tired. '.repeat(20),
      '--generate',
      '2',
      '--lang',
      'fra',
    ]);
    assert.equal(code, 0);
    assert.match(err, /trained on texts of fewer than 64/);
  });

  it('keeps the old output file until the new one is whole', () => {
    const out = workspace.file('kept.safetensors');
    writeFileSync(out, 'old');
    const bad = runCli(['trace', '--text', SENTENCE, '--lang', 'deu', '--out', out]);
    assert.equal(bad.code, 2);
    assert.equal(readFileSync(out, 'utf8'), 'old');
    assert.equal(runCli(['trace', '--text', SENTENCE, '--lang', 'fra', '--out', out]).code, 0);
    assert.ok(readTensors(out).tensors.has('logits'));
  });

  it('prints the same in Chinese', () => {
    const { out } = runCli(['trace', '--text', SENTENCE, '--lang', 'fra'], {
      LC_ALL: 'zh_CN.UTF-8',
      LANG: 'en',
    });
    assert.match(out, /输出：L'animal/);
    assert.doesNotMatch(out, /\b(Encoder|Decoder|mean|weight)\b/);
  });

  it('answers --help, --version and tokenize', () => {
    assert.match(runCli(['--help']).out, /headlight trace/);
    assert.equal(
      runCli(['--version']).out,
      `${JSON.parse(readFileSync('package.json', 'utf8')).version}\n`,
    );
    const { code, out } = runCli(['tokenize', '--text', 'It was.', '--no-special']);
    assert.equal(code, 0);
    assert.deepEqual(Object.keys(JSON.parse(out)), ['ids', 'tokens', 'spans', 'words']);
  });
});
