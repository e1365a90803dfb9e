import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { assertRefused } from './assertRefused';
import { runCli, Workspace } from './runCli';

const MODEL = path.resolve('media/models/translate-en');
const TOLERANCE = 1e-10;

interface Corpus {
  readonly name: string;
  readonly hypotheses: readonly string[];
  readonly references: readonly string[][];
  readonly figures: Readonly<Record<string, number | string>>;
}
interface Case {
  readonly text: string;
  readonly lang: string;
  readonly translation: string;
}

const corpora: Corpus[] = JSON.parse(readFileSync('test/fixtures/scores/scores.json', 'utf8'));
const cases: Record<string, Case> = JSON.parse(
  readFileSync(`${MODEL}/expected.json`, 'utf8'),
).cases;

describe('score', () => {
  const workspace = new Workspace();
  after(() => workspace.remove());

  const file = (name: string, text: string | Uint8Array): string => {
    writeFileSync(workspace.file(name), text);
    return workspace.file(name);
  };

  /** The one object that is printed. */
  function score(...args: string[]): Record<string, unknown> {
    const { code, out, err } = runCli(['score', ...args]);
    assert.equal(err, '');
    assert.equal(code, 0);
    assert.equal(out.indexOf('\n'), out.length - 1, 'one line');
    return JSON.parse(out);
  }

  /** BLEU, chrF and the rest, as sacreBLEU has them. */
  function assertFigures(actual: Record<string, unknown>, { figures }: Corpus): void {
    for (const [name, expected] of Object.entries(figures)) {
      const value = actual[name];
      if (typeof expected === 'number' && typeof value === 'number')
        assert.ok(Math.abs(value - expected) <= TOLERANCE, `${name}: ${value}, not ${expected}`);
      else assert.equal(String(value), String(expected), name);
    }
  }

  const named = (name: string): Corpus => corpora.find((one) => one.name === name)!;

  it('says of files what sacreBLEU says, byte-order mark and line breaks of Windows or not', () => {
    const corpus = named('several references');
    const hypothesis = file('several.txt', `\uFEFF${corpus.hypotheses.join('\r\n')}`);
    const references = [0, 1, 2].flatMap((i) => {
      const lines = corpus.references.map((all) => all[i]).join(i === 1 ? '\r\n' : '\n');
      return ['--reference', file(`several.${i}.txt`, `${lines}\n`)];
    });
    assertFigures(score('--hypothesis', hypothesis, ...references), corpus);
  });

  it('cuts Chinese into characters where it is told to', () => {
    const corpus = named('Chinese with Latin, numbers, full width');
    const hypothesis = file('zh.txt', `${corpus.hypotheses.join('\n')}\n`);
    const reference = file('zh.ref.txt', corpus.references.map(([first]) => first).join('\n'));
    const files = ['--hypothesis', hypothesis, '--reference', reference];
    assertFigures(score(...files, '--tokenize', 'zh'), corpus);
    assert.match(String(score(...files)['signature']), /tok:13a/);
  });

  it('translates a file line by line, whatever stands beside a line, and scores that', () => {
    const texts = Object.values(cases).filter(({ lang }) => lang === 'fra');
    // Each three times, so that sentences of one length are translated together; an empty line between.
    const lines = [...texts, null, ...texts.toReversed(), ...texts];
    const wanted = lines.map((one) => one?.translation ?? '');
    const source = file('source.txt', lines.map((one) => one?.text ?? '').join('\n'));
    const reference = file('translated.txt', wanted.join('\n'));
    const out = workspace.file('out.txt');
    const files = ['--source', source, '--reference', reference];
    const said = score(...files, '--lang', 'fra', '--out', out);
    assert.equal(readFileSync(out, 'utf8'), `${wanted.join('\n')}\n`);
    const { bleu, chrf, signature, beams, language, model, sentences, cutOff } = said;
    assert.ok(Math.abs(Number(bleu) - 100) < TOLERANCE, String(bleu));
    assert.deepEqual(
      { chrf, beams, language, model: path.basename(String(model)), sentences, cutOff },
      { chrf: 100, beams: 1, language: 'fra', model: 'translate-en', sentences: 13, cutOff: 0 },
    );
    assert.equal(signature, 'nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0');
  });

  it('searches with beams, takes the tokenisation of the language, and scores what it keeps', () => {
    const source = file('one.txt', '>>cmn<< I like dogs.\n>>cmn<< He is a doctor.\n');
    const reference = file('one.ref.txt', '我喜欢狗。\n他是医生。\n');
    const out = workspace.file('beams.txt');
    const said = score(
      ...['--model', MODEL, '--source', source, '--reference', reference],
      ...['--beams', '3', '--out', out],
    );
    assert.match(String(said['signature']), /tok:zh/);
    assert.deepEqual([said['language'], said['beams']], ['cmn', 3]);
    const kept = score('--hypothesis', out, '--reference', reference, '--tokenize', 'zh');
    for (const [name, value] of Object.entries(kept)) assert.deepEqual(said[name], value, name);
  });

  it('refuses what it cannot score: exit 2, one line, nothing written', () => {
    const two = file('two.txt', 'a\nb\n');
    const three = file('three.txt', 'a\nb\nc');
    const never = workspace.file('never.txt');
    const long = file('long.txt', `short\n${'the animal '.repeat(300)}\n`);
    const given = (hypothesis: string, reference: string, ...more: string[]): string[] => [
      ...['--hypothesis', hypothesis, '--reference', reference, ...more],
    ];
    const REFUSED: [string[], RegExp][] = [
      [given(two, three), /two\.txt has 2 lines, .*three\.txt has 3\b/],
      [given(two, two, '--reference', three), /two\.txt has 2 lines, .*three\.txt has 3\b/],
      [given(file('empty.txt', ''), two), /empty\.txt has no lines/],
      [given(two, workspace.file('missing')), /missing cannot be read/],
      [given(workspace.folder, two), /cannot be read/],
      [given(file('latin1.txt', Uint8Array.of(0xe9, 0x0a)), two), /latin1\.txt is not UTF-8/],
      [given(two, two, '--tokenize', 'intl'), /--tokenize is “intl”.*13a, zh/],
      [given(two, two, '--source', two), /--hypothesis and --source exclude/],
      [given(two, two, '--model', MODEL), /--model works only with --source/],
      [given(two, two, '--out', never), /--out works only with --source/],
      [['--hypothesis', two], /--hypothesis works only with --reference/],
      [['--reference', two], /--hypothesis.*--source/],
      [['--source', two, '--reference', two, '--beams', '0'], /--beams is “0”.*from 1 to/],
      [['--source', two, '--reference', three, '--out', never], /has 2 lines.*has 3/],
      [
        ['--source', long, '--reference', two, '--lang', 'fra', '--out', never],
        /Line 2 of .*long\.txt has \d+ tokens; this model has 256 positions/,
      ],
      [['--source', two, '--reference', two, '--lang', 'deu'], /“deu”.*fra, cmn/],
      [
        ['--source', two, '--reference', two, '--out', workspace.file('no/never.txt')],
        /never\.txt cannot be written \(ENOENT\)/,
      ],
    ];
    for (const [args, message] of REFUSED) assertRefused(workspace, ['score', ...args], message);
  });
});
