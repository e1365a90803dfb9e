import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../disposables';
import { t } from '../words';
import type { CorpusResult } from './corpusResult';
import type { CorpusResults } from './corpusResults';
import {
  childrenOf,
  idOfNode,
  SENTENCES_AT_ONCE,
  type ResultNode,
  type ScoreNode,
  type SentenceNode,
} from './scoreNodes';
import { resultTooltip, resultWords, sentenceLine, worstWords } from './scoreWords';
import type { Measure } from './worstSentences';

/** As in package.json's views. */
export const SCORES_VIEW = 'headlight.scores';
/** As in the condition of that view. */
const SCORED_KEY = 'headlight.scored';

/** The side panel's *Scores* view: files that were translated, their figures and their worst sentences. */
export class ScoresView implements Disposable, vscode.TreeDataProvider<ScoreNode> {
  private readonly store = new DisposableStore();
  private readonly refreshed = this.store.add(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.refreshed.event;
  private readonly view: vscode.TreeView<ScoreNode>;
  private readonly listed = new Map<string, number>();
  private chosen: Measure = 'bleu';

  constructor(private readonly results: CorpusResults) {
    this.view = this.store.add(
      vscode.window.createTreeView(SCORES_VIEW, { treeDataProvider: this, showCollapseAll: true }),
    );
    this.store.add(results.changed.on(() => this.refresh()));
    this.refresh();
  }

  get measure(): Measure {
    return this.chosen;
  }

  /** Lists the worst by something else. */
  sort(measure: Measure): void {
    this.chosen = measure;
    this.refresh();
  }

  /** Lists more sentences of a result. */
  more(id: string): void {
    this.listed.set(id, this.countOf(id) + SENTENCES_AT_ONCE);
    this.refresh();
  }

  /** Brings a result before the reader, with its worst sentences. */
  async reveal(result: CorpusResult): Promise<void> {
    await vscode.commands.executeCommand(`${SCORES_VIEW}.focus`);
    const [worst] = this.getChildren({ kind: 'result', result });
    const shown: ScoreNode = worst ?? { kind: 'result', result };
    // Refused where the tree is being built anew, or the result has been removed meanwhile.
    await this.view.reveal(shown, { expand: true }).then(undefined, () => undefined);
  }

  getChildren(node?: ScoreNode): ScoreNode[] {
    if (node !== undefined) return childrenOf(node, this.chosen, ({ id }) => this.countOf(id));
    return this.results.all().map((result) => ({ kind: 'result', result }));
  }

  getParent(node: ScoreNode): ScoreNode | null {
    return node.kind === 'result' ? null : node.parent;
  }

  getTreeItem(node: ScoreNode): vscode.TreeItem {
    const item = this.itemOf(node);
    item.id = idOfNode(node);
    return item;
  }

  dispose(): void {
    this.store.dispose();
  }

  private countOf(id: string): number {
    return this.listed.get(id) ?? SENTENCES_AT_ONCE;
  }

  private refresh(): void {
    const any = this.results.all().length > 0;
    void vscode.commands.executeCommand('setContext', SCORED_KEY, any);
    this.refreshed.fire(undefined);
  }

  private itemOf(node: ScoreNode): vscode.TreeItem {
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    switch (node.kind) {
      case 'result':
        return resultItem(node);
      case 'worst':
        return new vscode.TreeItem(
          worstWords(node.measure, t),
          this.results.all()[0]?.id === node.parent.result.id ? Expanded : Collapsed,
        );
      case 'sentence':
        return sentenceItem(node);
      case 'more': {
        const item = new vscode.TreeItem(
          t('Show {count} More', { count: Math.min(SENTENCES_AT_ONCE, node.left) }),
        );
        item.iconPath = new vscode.ThemeIcon('more');
        const { id } = node.parent.parent.result;
        item.command = { command: 'headlight.moreSentences', title: '', arguments: [id] };
        return item;
      }
      case 'rest': {
        const item = new vscode.TreeItem(
          t('{count} more in the output file', { count: node.count }),
        );
        const { id } = node.parent.parent.result;
        item.iconPath = new vscode.ThemeIcon('go-to-file');
        item.command = { command: 'headlight.openTranslation', title: '', arguments: [id] };
        return item;
      }
    }
  }
}

function resultItem({ result }: ResultNode): vscode.TreeItem {
  const { name, stopped, report, figures, done } = result;
  const item = new vscode.TreeItem(name);
  item.description = resultWords(result, vscode.env.language, t);
  // As a plain string: names and sentences are no Markdown.
  item.tooltip = resultTooltip(result, vscode.env.language, t);
  item.accessibilityInformation = { label: `${name}, ${item.description}` };
  item.iconPath =
    stopped === null
      ? new vscode.ThemeIcon('graph')
      : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  if (done > 0) item.collapsibleState = vscode.TreeItemCollapsibleState.Expanded;
  item.contextValue = [
    'result',
    ...(figures === null ? [] : ['figures']),
    ...(report === null ? [] : ['report']),
  ].join(' ');
  return item;
}

function sentenceItem({ sentence, parent }: SentenceNode): vscode.TreeItem {
  const { label, description, tooltip } = sentenceLine(sentence, parent.measure, t);
  const item = new vscode.TreeItem(label);
  item.description = description;
  item.tooltip = tooltip;
  item.accessibilityInformation = { label: tooltip };
  if (sentence.failure !== null) item.iconPath = new vscode.ThemeIcon('error');
  item.contextValue = ['sentence', ...(sentence.reference === null ? [] : ['reference'])].join(' ');
  if (sentence.source.trim() !== '')
    item.command = {
      command: 'headlight.inspectSentence',
      title: '',
      arguments: [parent.parent.result.id, sentence.line],
    };
  return item;
}
