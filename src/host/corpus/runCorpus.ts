import * as vscode from 'vscode';
import { Failure, type WireFailure } from '../../failure/failure';
import { modelName } from '../../protocol/modelName';
import { CorpusScore } from '../../scoring/corpusScore';
import type { Tokenization } from '../../scoring/tokenization';
import type { EngineClient } from '../engine/engineClient';
import { t } from '../words';
import { folderOf, namedFile, namesIn } from './corpusFiles';
import { suitedTokenization, writingOf, type CorpusPlan } from './corpusPlan';
import { corpusReport } from './corpusReport';
import type { CorpusResult, ScoredSentence } from './corpusResult';
import type { CorpusSentence } from './corpusText';
import { OutputFile, writing } from './outputFile';
import { outputNames, type OutputNames } from './outputNames';
import { translateLines, type TranslatedSentence } from './translateLines';

/** How far a run has come. */
export interface CorpusProgress {
  readonly sentences: number;
  readonly allSentences: number;
  /** Of the sentences done, and of all. */
  readonly characters: number;
  readonly allCharacters: number;
  readonly milliseconds: number;
  /** Of the sentences done; null: there are no references. */
  readonly bleu: number | null;
}

export interface CorpusListener {
  readonly signal: AbortSignal;
  told(progress: CorpusProgress): void;
}

/** What a run needs from its surroundings. */
export interface CorpusSurroundings {
  readonly engine: Pick<EngineClient, 'write' | 'forgive'>;
  /** Milliseconds of some clock. */
  now(): number;
}

/**
 * Translates sentences and writes output and report beside their file. Whatever ends it, what was
 * done by then is kept: under the name of a part, unless it is all.
 * @throws Failure `corpus.unsaved`, `corpus.unreadable`, `corpus.unwritable` before anything is done
 */
export async function runCorpus(
  plan: CorpusPlan,
  sentences: readonly CorpusSentence[],
  { engine, now }: CorpusSurroundings,
  { signal, told }: CorpusListener,
): Promise<CorpusResult> {
  const folder = folderOf(plan.source);
  const { partial } = namesFor(plan, await namesIn(folder));
  const output = await OutputFile.create(vscode.Uri.joinPath(folder, partial), now);
  const score = plan.references === null ? null : new CorpusScore(tokenizationFor(plan, sentences));
  const done: ScoredSentence[] = [];
  const begin = now();
  const allSentences = sentences.length;
  const allCharacters = sentences.reduce((sum, { source }) => sum + source.length, 0);
  let characters = 0;

  const take = async (sentence: TranslatedSentence): Promise<void> => {
    const { source, hypothesis, reference } = sentence;
    const own = reference === null ? null : (score?.add(hypothesis, [reference]) ?? null);
    const count = done.push({ ...sentence, score: own });
    await output.add(hypothesis);
    told({
      ...{ sentences: count, allSentences },
      ...{ characters: (characters += source.length), allCharacters },
      milliseconds: now() - begin,
      bleu: score?.figures.bleu ?? null,
    });
  };

  engine.forgive();
  const task = { model: plan.model.folder, language: plan.language, writing: writingOf(plan) };
  const ask = (text: string): ReturnType<typeof engine.write> =>
    engine.write({ ...task, text }, signal);
  const ended = await failureOf(() => translateLines(sentences, ask, signal, take));
  const { stopped, names } = await settled(plan, folder, output, ended);
  const seconds = (now() - begin) / 1000;
  return reported(folder, names, {
    ...{ id: output.uri.toString(), source: plan.source.uri.toString(), name: plan.source.name },
    references: referencesName(plan),
    ...{ model: task.model, language: task.language, writing: task.writing, stopped, seconds },
    ...{ total: allSentences, done: done.length },
    failed: done.filter(({ failure }) => failure !== null).length,
    figures: score?.figures ?? null,
    sentences: done,
  });
}

const tokenizationFor = (
  { tokenization }: CorpusPlan,
  sentences: readonly CorpusSentence[],
): Tokenization =>
  tokenization ?? suitedTokenization(sentences.map(({ reference }) => reference ?? ''));

const namesFor = ({ source, language, model }: CorpusPlan, taken: readonly string[]): OutputNames =>
  outputNames(source.name, language ?? modelName(model.folder), taken);

const referencesName = ({ references }: CorpusPlan): string | null =>
  references === null || references === 'beside' ? null : references.name;

/** How the files are called in the end: `whole` and `report` are those of a part if it is one. */
interface Settled {
  readonly stopped: WireFailure | null;
  readonly names: Pick<OutputNames, 'whole' | 'report'>;
}

/** Writes what was kept back; what is whole gets its name. */
async function settled(
  plan: CorpusPlan,
  folder: vscode.Uri,
  output: OutputFile,
  ended: WireFailure | null,
): Promise<Settled> {
  const { name: partial } = namedFile(output.uri);
  const unwritten = await failureOf(() => output.end());
  // A folder that has gone meanwhile has no names; that it cannot be written to is said already.
  const others = (await namesIn(folder).catch(() => [])).filter((name) => name !== partial);
  const names = namesFor(plan, others);
  const whole = vscode.Uri.joinPath(folder, names.whole);
  const stopped = ended ?? unwritten ?? (await failureOf(() => output.rename(whole)));
  return stopped === null
    ? { stopped, names }
    : { stopped, names: { whole: partial, report: names.partialReport } };
}

/** The result, with its report written beside its output. */
async function reported(
  folder: vscode.Uri,
  names: Settled['names'],
  result: Omit<CorpusResult, 'output' | 'report'>,
): Promise<CorpusResult> {
  const output = vscode.Uri.joinPath(folder, names.whole);
  const report = vscode.Uri.joinPath(folder, names.report);
  const whole = { ...result, output: output.toString(), report: report.toString() };
  const bytes = new TextEncoder().encode(corpusReport(whole, namedFile(output).name, t));
  const failure = await failureOf(() =>
    writing(report, () => vscode.workspace.fs.writeFile(report, bytes)),
  );
  return failure === null ? whole : { ...whole, report: null };
}

/** What went wrong; null: nothing. */
async function failureOf(
  work: () => Promise<WireFailure | null | undefined | void>,
): Promise<WireFailure | null> {
  try {
    return (await work()) ?? null;
  } catch (thrown) {
    return Failure.from(thrown).toWire();
  }
}
