import * as vscode from 'vscode';
import * as v from 'valibot';
import { Failure } from '../../failure/failure';
import type { Commands } from '../commands/registerCommands';
import { DisposableStore, type Disposable } from '../disposables';
import type { EngineClient } from '../engine/engineClient';
import type { Inspections } from '../inspection/inspections';
import { sayBriefly } from '../sayBriefly';
import { t } from '../words';
import { askPlan } from './corpusForm';
import { CorpusModels, type CorpusModelServices } from './corpusModels';
import type { CorpusResult } from './corpusResult';
import { CorpusResults } from './corpusResults';
import { inspectSentence, type SentenceServices, type SentenceSight } from './inspectSentence';
import { ScoreFile, type ScoreFileServices } from './scoreFile';
import { measureName, signatureLines } from './scoreWords';
import { ScoresView } from './scoresView';
import { MEASURES } from './worstSentences';

export interface CorpusServices
  extends
    CorpusModelServices,
    Pick<SentenceServices, 'showPanel'>,
    Pick<ScoreFileServices, 'failed'> {
  readonly engine: EngineClient;
  readonly inspections: Inspections;
  readonly memento: vscode.Memento;
  /** Lets the reader change a plan; tests answer themselves. */
  readonly ask: () => ScoreFileServices['ask'] | null;
  readonly clipboard: (text: string) => PromiseLike<void>;
}

const idSchema = v.string();
const lineSchema = v.number();
/** What the tree's menus give. */
const resultNodeSchema = v.object({ result: v.object({ id: idSchema }) });
const sentenceNodeSchema = v.object({
  sentence: v.object({ line: lineSchema }),
  parent: v.object({ parent: resultNodeSchema }),
});

/** Translating files of sentences, and looking into what came of it. */
export class Corpus implements Disposable {
  readonly results: CorpusResults;
  readonly view: ScoresView;
  readonly scoreFile: ScoreFile;
  private readonly store = new DisposableStore();

  constructor(private readonly services: CorpusServices) {
    const { engine, failed, ask, memento } = services;
    this.results = new CorpusResults(memento);
    this.view = this.store.add(new ScoresView(this.results));
    this.scoreFile = new ScoreFile({
      ...{ engine, failed, results: this.results },
      models: new CorpusModels(services),
      ask: (offered, form) => (ask() ?? askPlan)(offered, form),
      now: () => performance.now(),
      show: (result) => this.view.reveal(result),
      open: (result) => openFile(result.output),
    });
  }

  get commands(): Commands {
    return {
      'headlight.scoreFile': (uri) => this.scoreFile.start(uri),
      'headlight.sortSentences': () => this.sort(),
      'headlight.inspectReference': (node) => {
        const { sentence, parent } = v.parse(sentenceNodeSchema, node);
        return this.inspect(parent.parent.result.id, sentence.line, 'reference');
      },
      'headlight.copySignature': async (node) => {
        const { figures } = this.resultOf(node);
        if (figures === null) return;
        await this.services.clipboard(signatureLines(figures));
        sayBriefly(t('Headlight: scores and signatures are in the clipboard.'));
      },
      'headlight.openTranslation': (node) => openFile(this.resultOf(node).output),
      'headlight.openScoreReport': (node) => {
        const { report } = this.resultOf(node);
        return report === null ? undefined : openFile(report);
      },
      'headlight.removeScores': (node) => this.results.remove(this.resultOf(node).id),
      // What a click in the tree does; package.json does not name these.
      'headlight.inspectSentence': (id, line) =>
        this.inspect(v.parse(idSchema, id), v.parse(lineSchema, line), 'output'),
      'headlight.moreSentences': (id) => this.view.more(v.parse(idSchema, id)),
    };
  }

  dispose(): void {
    this.scoreFile.cancel();
    this.store.dispose();
  }

  /** By its node in the tree, or by its id; from the palette the newest. @throws Failure `corpus.noResult` */
  private resultOf(given: unknown): CorpusResult {
    const node = v.safeParse(resultNodeSchema, given);
    const id = node.success ? node.output.result.id : given;
    const found = typeof id === 'string' ? this.results.of(id) : (this.results.all()[0] ?? null);
    if (found === null) throw new Failure('corpus.noResult');
    return found;
  }

  private async inspect(id: string, line: number, sight: SentenceSight): Promise<void> {
    const result = this.resultOf(id);
    const sentence = result.sentences.find((one) => one.line === line);
    if (sentence === undefined) throw new Failure('corpus.noResult');
    const { knowledge, permission, inspections, showPanel } = this.services;
    const { models } = knowledge;
    await inspectSentence({ models, permission, inspections, showPanel }, result, sentence, sight);
  }

  private async sort(): Promise<void> {
    const items = MEASURES.map((measure) => ({ measure, label: measureName(measure, t) }));
    const [first, ...others] = items.toSorted(
      (a, b) => Number(b.measure === this.view.measure) - Number(a.measure === this.view.measure),
    );
    const title = t('Worst Sentences by …');
    const picked = await vscode.window.showQuickPick(first ? [first, ...others] : [], { title });
    if (picked !== undefined) this.view.sort(picked.measure);
  }
}

/** @throws Failure `corpus.unreadable` */
async function openFile(address: string): Promise<void> {
  const uri = vscode.Uri.parse(address, true);
  try {
    await vscode.window.showTextDocument(uri, { preview: true });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new Failure('corpus.unreadable', { file: uri.path.split('/').at(-1) ?? address, reason });
  }
}
