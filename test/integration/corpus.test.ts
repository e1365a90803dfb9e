// Translate and Score File: from a file to its scores, cancelled on the way, looked into, refused.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { CorpusResult } from '../../src/host/corpus/corpusResult';
import type { TestApi } from '../../src/host/testApi';
import { CorpusScore } from '../../src/scoring/corpusScore';
import { sentenceLines } from '../../src/scoring/sentenceLines';
import { builtInSubject, headlight, isOver, next, openText, startOver } from './headlight';
import { readWith, tinyBert } from './tinyModels';

const PAIRS: readonly (readonly [string, string])[] = [
  ['The cat sleeps.', 'Le chat dort.'],
  ['We are at home.', 'Nous sommes à la maison.'],
  ['She reads a book.', 'Elle lit un livre.'],
  ['I like this town.', "J'aime cette ville."],
];
const tsv = PAIRS.map((pair) => pair.join('\t')).join('\r\n');

interface Report {
  readonly complete: boolean;
  readonly bleu: number;
  readonly chrf: number;
  readonly done: number;
  readonly notTranslated: readonly { readonly line: number }[];
}

describe('translate and score a file', () => {
  let api: TestApi;
  let folder: string;
  before(async () => (api = await headlight()));
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'headlight-corpus-'));
    api.switches.corpusForm = (plan) => Promise.resolve(plan);
  });
  afterEach(async () => {
    for (const { id } of api.corpus.results.all()) await api.corpus.results.remove(id);
    await readWith(null);
    await startOver(api);
  });

  const fileOf = async (name: string, text: string | Uint8Array): Promise<vscode.Uri> => {
    const file = path.join(folder, name);
    await writeFile(file, text);
    return vscode.Uri.file(file);
  };
  const score = (uri: vscode.Uri): Thenable<unknown> =>
    vscode.commands.executeCommand('headlight.scoreFile', uri);
  const scored = async (uri: vscode.Uri): Promise<CorpusResult> => {
    const ended = next(api.corpus.scoreFile.ended);
    await score(uri);
    return ended;
  };
  const reportOf = async ({ report }: CorpusResult): Promise<Report> => {
    assert.ok(report !== null);
    return JSON.parse(await readFile(vscode.Uri.parse(report).fsPath, 'utf8')) as Report;
  };
  const outputOf = async ({ output }: CorpusResult): Promise<string[]> =>
    sentenceLines(await readFile(vscode.Uri.parse(output).fsPath, 'utf8'));

  it('writes a line each and the figures of exactly that file; a sentence opens as a trace', async () => {
    const uri = await fileOf('small.tsv', tsv);
    const result = await scored(uri);
    assert.deepEqual((await readdir(folder)).toSorted(), [
      'small.fra.translated.json',
      'small.fra.translated.txt',
      'small.tsv',
    ]);
    const hypotheses = await outputOf(result);
    const own = new CorpusScore('13a');
    for (const [i, [, reference]] of PAIRS.entries()) own.add(hypotheses[i] ?? '', [reference]);
    assert.equal(hypotheses.length, PAIRS.length);
    assert.deepEqual(result.figures, own.figures);
    assert.ok(own.figures.chrf > 40, `chrF ${own.figures.chrf}: these are not translations`);
    const report = await reportOf(result);
    const { bleu, chrf } = own.figures;
    assert.deepEqual([report.complete, report.bleu, report.chrf], [true, bleu, chrf]);

    const line = 2;
    await vscode.commands.executeCommand('headlight.inspectSentence', result.id, line);
    const trace = await api.waitFor((now) => now.subject.origin === 'small.tsv:3' && isOver(now));
    assert.equal(trace.link, 'linked');
    assert.equal(trace.subject.place?.uri, uri.toString());
    assert.equal(trace.snapshot.output, hypotheses[line]);

    const [worst] = api.corpus.view.getChildren(api.corpus.view.getChildren()[0]);
    const nodes = api.corpus.view.getChildren(worst);
    const node = nodes.find((one) => one.kind === 'sentence' && one.sentence.line === line);
    await vscode.commands.executeCommand('headlight.inspectReference', node);
    const forced = await api.waitFor(
      (now) => now.subject.writing?.further === false && isOver(now),
    );
    assert.equal(forced.snapshot.output, PAIRS[line]?.[1]);
    assert.ok(forced.snapshot.written.every(({ given }) => given));
  });

  it('keeps and marks what was done when it is cancelled, beside what was there before', async () => {
    const uri = await fileOf('long.txt', 'The cat sleeps.\n'.repeat(20));
    await fileOf('long.ref.txt', 'Le chat dort.\n'.repeat(20));
    await fileOf('long.fra.translated.txt', 'mine\n');
    const listener = api.corpus.scoreFile.progress.on(({ sentences }) => {
      if (sentences === 1) api.inspect(builtInSubject(api, PAIRS[1]![0]));
      if (sentences === 3) api.corpus.scoreFile.cancel();
    });
    const result = await scored(uri);
    listener.dispose();
    // Whoever inspects something meanwhile gets it.
    assert.equal((await api.waitFor(isOver)).snapshot.outcome, 'complete');
    assert.equal(result.references, 'long.ref.txt');
    assert.equal(result.stopped?.code, 'run.cancelled');
    assert.equal(path.basename(result.output), 'long.fra.translated-2.partial.txt');
    assert.equal(await readFile(path.join(folder, 'long.fra.translated.txt'), 'utf8'), 'mine\n');
    const lines = await outputOf(result);
    const { complete, done } = await reportOf(result);
    assert.deepEqual([lines.length, result.done, complete, done], [3, 3, false, 3]);
    const own = new CorpusScore('13a');
    for (const line of lines) own.add(line, ['Le chat dort.']);
    assert.deepEqual(result.figures, own.figures);
    const item = api.corpus.view.getTreeItem(api.corpus.view.getChildren()[0]!);
    assert.match(String(item.description), /^partial, 3 of 20 sentences · BLEU /);
  });

  it('goes on after a crash, lists what cannot be translated, and reads unsaved edits', async () => {
    const editor = await openText('Old text.');
    folder = path.dirname(editor.document.uri.fsPath);
    const long = 'word '.repeat(2000).trim();
    await editor.edit((edit) => {
      edit.replace(new vscode.Range(0, 0, 0, 9), `The cat sleeps.\n${long}\n\nWe are at home.`);
    });
    const listener = api.corpus.scoreFile.progress.on(({ sentences }) => {
      if (sentences === 3) api.crashEngine();
    });
    const result = await scored(editor.document.uri);
    listener.dispose();
    const lines = await outputOf(result);
    assert.equal(result.stopped, null);
    assert.deepEqual(
      lines.map((line) => line !== ''),
      [true, false, false, true],
    );
    assert.equal(result.figures, null);
    const { notTranslated } = await reportOf(result);
    assert.deepEqual(
      notTranslated.map(({ line }) => line),
      [2, 3],
    );
  });

  for (const [what, code, text, args] of [
    ['no tab', 'corpus.noTab', 'a\tb\nc\n', { line: 2, file: 'bad.tsv' }],
    ['nothing', 'score.noLines', '', { file: 'bad.tsv' }],
    ['no text', 'corpus.notUtf8', Uint8Array.of(97, 9, 98, 10, 0xff), { line: 2, file: 'bad.tsv' }],
  ] as const)
    it(`refuses a file with ${what}, and writes nothing`, async () => {
      const failed = next(api.failures);
      await score(await fileOf('bad.tsv', text));
      assert.deepEqual(await failed, { code, args });
      assert.deepEqual(await readdir(folder), ['bad.tsv']);
    });

  it('refuses a document that lies in no folder', async () => {
    const { uri } = await vscode.workspace.openTextDocument({ content: tsv });
    const failed = next(api.failures);
    await score(uri);
    assert.equal((await failed).code, 'corpus.unsaved');
  });

  it('refuses references that do not fit, and a model that writes nothing', async () => {
    const uri = await fileOf('a.en', 'One.\nTwo.\n');
    await fileOf('a.fr', 'Un.\n');
    const uneven = next(api.failures);
    await score(uri);
    assert.equal((await uneven).code, 'score.lineCounts');
    await readWith(await tinyBert());
    const silent = next(api.failures);
    await score(uri);
    assert.deepEqual(await silent, { code: 'writing.noOutput', args: { model: 'bert' } });
    assert.deepEqual((await readdir(folder)).toSorted(), ['a.en', 'a.fr']);
  });
});
