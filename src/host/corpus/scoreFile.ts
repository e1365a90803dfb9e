import * as vscode from 'vscode';
import { Failure } from '../../failure/failure';
import { Signal } from '../signal';
import { withoutLinks } from '../links/withoutLinks';
import type { ModelSource } from '../models/modelSource';
import { t } from '../words';
import type { FormServices } from './corpusForm';
import { namedFile, readCorpus } from './corpusFiles';
import type { CorpusModels } from './corpusModels';
import type { CorpusPlan } from './corpusPlan';
import type { CorpusResult } from './corpusResult';
import type { CorpusResults } from './corpusResults';
import { corpusUri, lookAtCorpus, type CorpusSource } from './corpusSource';
import { lineSentences, tabbedSentences, type CorpusSentence } from './corpusText';
import { progressWords } from './progressWords';
import { runCorpus, type CorpusProgress, type CorpusSurroundings } from './runCorpus';
import { countWords, figureWords } from './scoreWords';

/** A whole, in per cent. */
const WHOLE = 100;

/** What translating a file from a menu or the palette needs. */
export interface ScoreFileServices extends CorpusSurroundings {
  readonly models: CorpusModels;
  readonly results: CorpusResults;
  /** Tells what went wrong; see `OpenModelServices`. */
  readonly failed: (thrown: unknown, ...actions: readonly string[]) => Promise<string | undefined>;
  /** Lets the reader change a plan. */
  readonly ask: (offered: CorpusPlan, services: FormServices) => Promise<CorpusPlan | null>;
  /** Shows a result in the side panel, or its output in an editor. */
  readonly show: (result: CorpusResult) => Promise<void>;
  readonly open: (result: CorpusResult) => Promise<void>;
}

/** *Translate and Score File*: from a file to its scores, one file at a time. */
export class ScoreFile {
  readonly progress = new Signal<CorpusProgress>();
  readonly ended = new Signal<CorpusResult>();
  private running: { readonly name: string; readonly controller: AbortController } | null = null;

  constructor(private readonly services: ScoreFileServices) {}

  /** @throws Failure what is wrong with the file, its references or the model */
  async start(given?: unknown, model: ModelSource = this.services.models.chosen): Promise<void> {
    this.checkIdle();
    const uri = await corpusUri(given);
    if (uri === undefined) return;
    const source = await lookAtCorpus(uri);
    const offered = await this.offered(source, model);
    if (offered === null) return;
    const { likely } = source;
    const plan = await this.services.ask(offered, {
      likely,
      tabbed: source.tabbed,
      model: (before) => this.withAnotherModel(before),
    });
    if (plan === null) return;
    await this.run(plan, await sentencesOf(source, plan));
  }

  /** Ends the run that goes on, as its notification's button does. */
  cancel(): void {
    this.running?.controller.abort();
  }

  /** @throws Failure `corpus.running` */
  private checkIdle(): void {
    if (this.running !== null) throw new Failure('corpus.running', { file: this.running.name });
  }

  /** The plan as a reader sees it first. Null: there is none; who cannot use this model may take another. */
  private async offered(source: CorpusSource, model: ModelSource): Promise<CorpusPlan | null> {
    try {
      const part = await this.services.models.look(model);
      if (part === null) return null;
      const [likeliest] = source.likely;
      const other = likeliest === undefined ? null : namedFile(likeliest);
      return { source: source.file, references: source.tabbed ? 'beside' : other, ...part };
    } catch (thrown) {
      // Nobody waits for the answer: a command that hangs on a message would keep its menu busy.
      void this.offerAnother(thrown, source.file.uri);
      return null;
    }
  }

  private async offerAnother(thrown: unknown, uri: vscode.Uri): Promise<void> {
    const { failed, models } = this.services;
    const another = t('Choose Another Model…');
    if ((await failed(thrown, another)) !== another) return;
    try {
      const model = await models.pick();
      if (model !== null) await this.start(uri, model);
    } catch (later) {
      void failed(later);
    }
  }

  /** What goes wrong with another model leaves the plan as it was. */
  private async withAnotherModel(before: CorpusPlan): Promise<CorpusPlan | null> {
    const { models, failed } = this.services;
    try {
      const model = await models.pick();
      const part = model && (await models.look(model));
      return part && { ...before, ...part };
    } catch (thrown) {
      void failed(thrown);
      return null;
    }
  }

  private async run(plan: CorpusPlan, sentences: readonly CorpusSentence[]): Promise<void> {
    this.checkIdle();
    const { name } = plan.source;
    const controller = new AbortController();
    this.running = { name, controller };
    try {
      const options = {
        location: vscode.ProgressLocation.Notification,
        title: t('Headlight: translating {file}', { file: name }),
        cancellable: true,
      };
      const result = await vscode.window.withProgress(options, async (display, token) => {
        const listener = token.onCancellationRequested(() => controller.abort());
        try {
          return await runCorpus(plan, sentences, this.services, {
            signal: controller.signal,
            told: (progress) => this.told(progress, display),
          });
        } finally {
          listener.dispose();
        }
      });
      await this.services.results.add(result);
      this.ended.emit(result);
      void this.tell(result).catch(this.services.failed);
    } finally {
      this.running = null;
    }
  }

  private told(progress: CorpusProgress, display: ProgressDisplay): void {
    display.report({
      message: progressWords(progress, t),
      increment: WHOLE / progress.allSentences,
    });
    this.progress.emit(progress);
  }

  private async tell(result: CorpusResult): Promise<void> {
    const { figures, stopped, name } = result;
    const { show, open } = this.services;
    const scores = t('Show Scores');
    const output = t('Open Output');
    const said = [countWords(result, t), ...(figures === null ? [] : [figureWords(figures)])];
    const words = withoutLinks(`${name}: ${said.join(' · ')}`);
    const answer =
      stopped === null
        ? await vscode.window.showInformationMessage(words, scores, output)
        : await vscode.window.showWarningMessage(words, scores, output);
    if (answer === scores) await show(result);
    if (answer === output) await open(result);
  }
}

type ProgressDisplay = vscode.Progress<{ readonly message?: string; readonly increment?: number }>;

/** @throws Failure `corpus.noTab`, `score.lineCounts`, or why the references cannot be read */
async function sentencesOf(
  { text, tabbed }: CorpusSource,
  { references }: CorpusPlan,
): Promise<CorpusSentence[]> {
  if (references === 'beside') return tabbedSentences(text);
  if (tabbed) return tabbedSentences(text).map((one) => ({ ...one, reference: null }));
  return lineSentences(text, references && (await readCorpus(references)));
}
