import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../disposables';
import type { ModelFacts } from '../models/modelFacts';
import { modelFacts, modelWords, type ModelFact, type ModelState } from '../models/modelLine';
import type { Models } from '../models/models';
import type { ModelSource } from '../models/modelSource';
import { t } from '../words';

/** As in package.json's views. */
export const MODELS_VIEW = 'headlight.models';

export type ModelNode =
  | { readonly kind: 'model'; readonly model: ModelSource }
  | { readonly kind: 'fact'; readonly fact: ModelFact };

/** The side panel's *Models* view: what can read a text here, which of them does, and what it is like. */
export class ModelsView implements Disposable, vscode.TreeDataProvider<ModelNode> {
  private readonly store = new DisposableStore();
  private readonly refreshed = this.store.add(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.refreshed.event;

  constructor(
    private readonly models: Models,
    private readonly facts: ModelFacts,
  ) {
    const view = this.store.add(
      vscode.window.createTreeView(MODELS_VIEW, { treeDataProvider: this }),
    );
    this.store.add(models.changed.on(() => this.refresh()));
    this.store.add(facts.changed.on(() => this.refreshed.fire(undefined)));
    this.store.add(
      view.onDidChangeVisibility(({ visible }) => {
        // Files come and go while nobody looks.
        if (visible) this.refresh();
      }),
    );
    if (view.visible) this.refresh();
  }

  async getChildren(node?: ModelNode): Promise<ModelNode[]> {
    if (node === undefined) return this.models.all().map((model) => ({ kind: 'model', model }));
    if (node.kind === 'fact') return [];
    const { folder } = node.model;
    await this.facts.describe(folder);
    const { summary } = this.facts.of(folder);
    if (summary === null) return [];
    return modelFacts(summary, vscode.env.language, t).map((fact) => ({ kind: 'fact', fact }));
  }

  getTreeItem(node: ModelNode): vscode.TreeItem {
    return node.kind === 'fact' ? factItem(node.fact) : this.modelItem(node.model);
  }

  dispose(): void {
    this.store.dispose();
  }

  private modelItem(model: ModelSource): vscode.TreeItem {
    const { folder } = model;
    const known = this.facts.of(folder);
    const name = this.models.nameOf(model);
    const state: ModelState = {
      ...known,
      chosen: this.models.chosen.folder === folder,
      builtIn: folder === this.models.builtIn.folder,
      loaded: this.facts.isLoaded(folder),
    };
    const words = modelWords(state, vscode.env.language, t);
    const item = new vscode.TreeItem(name);
    item.id = folder;
    item.description = words;
    // As a plain string: a path is no Markdown.
    item.tooltip = [name, words, ...(state.builtIn ? [] : [folder])].join('\n');
    item.iconPath = iconOf(state);
    item.collapsibleState =
      state.failure === null
        ? vscode.TreeItemCollapsibleState.Collapsed
        : vscode.TreeItemCollapsibleState.None;
    item.contextValue = [
      'model',
      ...(known.files?.hasCard === true ? ['card'] : []),
      ...(state.builtIn || state.chosen ? [] : ['forgettable']),
    ].join(' ');
    item.command = { command: 'headlight.useModel', title: '', arguments: [folder] };
    const chosen = state.chosen ? t('chosen') : t('not chosen');
    item.accessibilityInformation = { label: [name, chosen, words].join(', ') };
    return item;
  }

  /** The list may be another, and so may the files of each model. */
  private refresh(): void {
    this.refreshed.fire(undefined);
    for (const { folder } of this.models.all()) void this.facts.look(folder);
  }
}

function factItem({ name, value }: ModelFact): vscode.TreeItem {
  const item = new vscode.TreeItem(name);
  item.description = value;
  item.tooltip = `${name}: ${value}`;
  item.accessibilityInformation = { label: `${name}: ${value}` };
  return item;
}

function iconOf({ failure, chosen }: ModelState): vscode.ThemeIcon {
  if (failure !== null)
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  return new vscode.ThemeIcon(chosen ? 'check' : 'blank');
}
