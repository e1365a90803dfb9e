import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../disposables';
import { modelTooltip, modelWords, type ModelState } from '../models/modelLine';
import { modelFacts, type ModelFact } from '../models/modelSheet';
import type { ModelSource } from '../models/modelSource';
import { lookAgain, stateOf, type ModelKnowledge } from '../models/modelState';
import type { OpenPermission } from '../models/openPermission';
import { t } from '../words';
import { inOrder, shelfNotes, type ModelNode, type ModelNote } from './modelNodes';

/** As in package.json's views. */
export const MODELS_VIEW = 'headlight.models';

/** The side panel's *Models* view: what can read a text here, which of them does, and what it is like. */
export class ModelsView implements Disposable, vscode.TreeDataProvider<ModelNode> {
  private readonly store = new DisposableStore();
  private readonly refreshed = this.store.add(new vscode.EventEmitter<undefined>());
  private readonly view: vscode.TreeView<ModelNode>;
  readonly onDidChangeTreeData = this.refreshed.event;

  constructor(
    private readonly knowledge: ModelKnowledge,
    private readonly permission: Pick<OpenPermission, 'isGiven'>,
  ) {
    this.view = this.store.add(
      vscode.window.createTreeView(MODELS_VIEW, { treeDataProvider: this }),
    );
    const { models, facts, listed } = knowledge;
    this.store.add(models.changed.on(() => this.refresh()));
    this.store.add(facts.changed.on(() => this.refreshed.fire(undefined)));
    this.store.add(listed.changed.on(() => this.refreshed.fire(undefined)));
    this.store.add(
      this.view.onDidChangeVisibility(({ visible }) => {
        // Files come and go while nobody looks.
        if (visible) this.refresh();
      }),
    );
    if (this.view.visible) this.refresh();
  }

  /** Brings a model before the reader, with what it is like. */
  async reveal(model: ModelSource): Promise<void> {
    const node: ModelNode = { kind: 'model', model };
    try {
      await this.view.reveal(node, { select: true, focus: false });
      // Becoming visible reads the list anew, which would fold what was unfolded before.
      await lookAgain(this.knowledge);
      await this.view.reveal(node, { select: true, focus: false, expand: true });
    } catch {
      // Another choice has taken it from the list meanwhile: there is nothing to show any more.
    }
  }

  async getChildren(node?: ModelNode): Promise<ModelNode[]> {
    if (node === undefined) return this.roots();
    if (node.kind !== 'model') return [];
    const { folder } = node.model;
    const { facts } = this.knowledge;
    if (!(await this.permission.isGiven(folder))) {
      const words = t('its workspace is not trusted');
      return [{ kind: 'note', note: { label: t('Open it first'), words, ofSetting: false } }];
    }
    await facts.describe(folder);
    const { summary } = facts.of(folder);
    if (summary === null) return [];
    return modelFacts(summary, vscode.env.language, t).map((fact) => ({ kind: 'fact', fact }));
  }

  getParent(): undefined {
    // Only models are revealed, and they are not in anything.
  }

  getTreeItem(node: ModelNode): vscode.TreeItem {
    switch (node.kind) {
      case 'model':
        return this.modelItem(node.model);
      case 'fact':
        return factItem(node.fact);
      case 'note':
        return noteItem(node.note);
    }
  }

  dispose(): void {
    this.store.dispose();
  }

  private roots(): ModelNode[] {
    const { models, listed } = this.knowledge;
    const nameOf = (model: ModelSource): string => models.nameOf(model);
    return [
      ...inOrder(models.all(), models.builtIn, nameOf, vscode.env.language).map((model) => ({
        kind: 'model' as const,
        model,
      })),
      ...shelfNotes(listed.shelves, t).map((note) => ({ kind: 'note' as const, note })),
    ];
  }

  private modelItem(model: ModelSource): vscode.TreeItem {
    const { folder } = model;
    const state = stateOf(this.knowledge, model);
    const { name, recent, builtIn, chosen, files, failure } = state;
    const words = modelWords(state, vscode.env.language, t);
    const item = new vscode.TreeItem(name);
    item.id = folder;
    item.description = words;
    const whole = modelTooltip(state, vscode.env.language, t);
    // As a plain string: a path is no Markdown.
    item.tooltip = [name, whole, ...(builtIn ? [] : [folder])].join('\n');
    item.iconPath = iconOf(state);
    item.collapsibleState =
      failure === null
        ? vscode.TreeItemCollapsibleState.Collapsed
        : vscode.TreeItemCollapsibleState.None;
    const forgettable = recent && !chosen && !this.knowledge.listed.has(folder);
    item.contextValue = [
      'model',
      ...(files?.hasCard === true ? ['card'] : []),
      ...(forgettable ? ['forgettable'] : []),
    ].join(' ');
    item.command = { command: 'headlight.useModel', title: '', arguments: [folder] };
    const label = [name, chosen ? t('chosen') : t('not chosen'), whole].join(', ');
    item.accessibilityInformation = { label };
    return item;
  }

  /** The list may be another, and so may the files of each model. */
  private refresh(): void {
    this.refreshed.fire(undefined);
    void lookAgain(this.knowledge);
  }
}

function factItem({ name, value }: ModelFact): vscode.TreeItem {
  const item = new vscode.TreeItem(name);
  item.description = value;
  item.tooltip = `${name}: ${value}`;
  item.accessibilityInformation = { label: `${name}: ${value}` };
  return item;
}

function noteItem({ label, words, ofSetting }: ModelNote): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.description = words;
  item.tooltip = `${label}\n${words}`;
  item.iconPath = new vscode.ThemeIcon('info');
  item.accessibilityInformation = { label: `${label}: ${words}` };
  if (ofSetting)
    item.command = {
      command: 'workbench.action.openSettings',
      title: '',
      arguments: ['headlight.modelFolders'],
    };
  return item;
}

function iconOf({ failure, chosen }: ModelState): vscode.ThemeIcon {
  if (failure !== null)
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  return new vscode.ThemeIcon(chosen ? 'check' : 'blank');
}
