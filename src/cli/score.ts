import path from 'node:path';
import { startBackend } from '../engine/backend';
import { LoadedModel } from '../engine/loadedModel';
import { NodeModelFolder } from '../engine/nodeModelFolder';
import { Failure, type WireFailure } from '../failure/failure';
import { describeFailure } from '../language/translate';
import { checkWrites } from '../engine/writing/checkWrites';
import { FASTEST } from '../protocol/engineOptions';
import { CorpusScore } from '../scoring/corpusScore';
import { checkLines, sentenceLines, type NamedLines } from '../scoring/sentenceLines';
import { tokenizationOf } from '../scoring/tokenization';
import { checkKept, checkWritable, writeOutput } from './outputFile';
import { readText } from './readText';
import { readSentences } from './readSentences';
import { readScoreTask, type SourceInput } from './scoreArguments';
import type { Command, Terminal } from './terminal';
import { translateSentences } from './translateSentences';
import { unusedNotice } from './unusedNotice';

/** Lines that are scored. */
interface Scored {
  readonly lines: readonly string[];
  /** Of the lines, where it is known. */
  readonly language: string | null;
  /** What else is printed. */
  readonly told: Readonly<Record<string, unknown>>;
}

/** `score`: BLEU and chrF of a file, or of what a model makes of one, as a JSON object. */
export const score: Command = async (args, terminal) => {
  const { input, references: files, tokenization } = readScoreTask(args, terminal.dist);
  if (input.kind === 'source' && input.out !== null)
    await checkKept(input.out, [input.file, ...files]);
  const own = await readLines(input.file);
  const references = await Promise.all(files.map(readLines));
  checkLines([own, ...references]);
  const { lines, language, told } =
    input.kind === 'hypothesis'
      ? { lines: own.lines, language: null, told: {} }
      : await translated(own, input, terminal);
  const corpus = new CorpusScore(tokenization ?? tokenizationOf(language));
  for (const [i, line] of lines.entries())
    corpus.add(
      line,
      references.map((reference) => reference.lines[i]!),
    );
  terminal.write(`${JSON.stringify({ ...corpus.figures, ...told })}\n`);
};

const readLines = async (file: string): Promise<NamedLines> => ({
  file,
  lines: sentenceLines(await readText(file)),
});

async function translated(
  source: NamedLines,
  input: SourceInput,
  { dist, t, note, progress }: Terminal,
): Promise<Scored> {
  const { model: folder, beams, out } = input;
  if (out !== null) await checkWritable(out);
  const backend = await startBackend({
    wasmDirectory: path.join(dist, 'wasm'),
    backend: 'auto',
    ...FASTEST,
    memoryBudgetBytes: Number.MAX_SAFE_INTEGER,
  });
  const say = (notice: WireFailure): void => note(describeFailure(notice, t));
  if (backend.notice) say(backend.notice);
  backend.wasm?.onNotice(say);
  const model = await LoadedModel.load(new NodeModelFolder(folder), { aborted: false });
  try {
    const unused = unusedNotice(model.summary);
    if (unused) say(unused);
    checkWrites(model.summary);
    const { prepared, language } = readSentences(model, source, input.language);
    const { languages } = model.summary;
    if (languages.length > 0 && prepared.some((one) => one?.language === null))
      say(new Failure('score.noLanguage', { known: languages.join(', ') }).toWire());
    const start = performance.now();
    const total = source.lines.length;
    const { lines, tokens, cutOff } = await translateSentences(model, prepared, beams, (done) =>
      progress(t('{done} of {total} sentences', { done, total })),
    );
    const seconds = (performance.now() - start) / 1000;
    progress(null);
    if (out !== null) await writeOutput(out, [Buffer.from(`${lines.join('\n')}\n`)]);
    return { lines, language, told: { model: folder, language, beams, tokens, cutOff, seconds } };
  } finally {
    progress(null);
    model.dispose();
  }
}
