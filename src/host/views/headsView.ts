import * as vscode from 'vscode';
import type { Memento } from 'vscode';
import * as v from 'valibot';
import type { Architecture } from '../../protocol/trace';
import { DisposableStore, type Disposable } from '../disposables';
import { BY_LAYER, headOrderSchema, orderWords, type HeadOrder } from '../heads/headOrder';
import { headLine } from '../heads/headLine';
import {
  addedTo,
  childrenOf,
  idOf,
  nodeOf,
  rootsOf,
  type HeadList,
  type HeadNode,
} from '../heads/headNodes';
import type { HeadProfiles } from '../heads/headProfiles';
import { isRunning } from '../inspection/inspection';
import type { Inspections } from '../inspection/inspections';
import type { Reader } from '../inspection/reader';
import { failureWords, t } from '../words';

/** As in package.json's views. */
export const HEADS_VIEW = 'headlight.heads';

/** Under this key the workspace remembers the order. */
const ORDER_KEY = 'headlight.headOrder';

/** The side panel's *Heads* view: every head of the current trace, by layer or by what it does. */
export class HeadsView implements Disposable, vscode.TreeDataProvider<HeadNode> {
  private readonly store = new DisposableStore();
  private readonly refreshed = this.store.add(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.refreshed.event;
  private readonly view: vscode.TreeView<HeadNode>;
  private chosenOrder: HeadOrder;
  /** Id of the matrix that is selected in the tree. */
  private selected: string | null = null;
  private selecting = false;
  private trace: string | null = null;
  private need: Disposable | null = null;
  /** Id of what the list has only because the reader stands there. */
  private added: string | null = null;

  constructor(
    private readonly inspections: Inspections,
    private readonly reader: Reader,
    private readonly profiles: HeadProfiles,
    private readonly memento: Memento,
  ) {
    const kept = v.safeParse(headOrderSchema, memento.get(ORDER_KEY));
    this.chosenOrder = kept.success ? kept.output : BY_LAYER;
    this.view = this.store.add(
      vscode.window.createTreeView(HEADS_VIEW, { treeDataProvider: this, showCollapseAll: true }),
    );
    this.store.add(profiles.changed.on(() => this.refresh()));
    this.store.add(reader.changed.on(() => this.follow()));
    this.store.add(
      inspections.events.on(({ event }) => {
        if (event.type === 'planned' || event.type === 'finished') this.refresh();
      }),
    );
    this.store.add(
      this.view.onDidChangeVisibility(() => {
        this.attend();
        this.selected = null;
        void this.select();
      }),
    );
    this.attend();
    this.refresh();
  }

  get order(): HeadOrder {
    return this.chosenOrder;
  }

  /** Of the model whose heads are listed. */
  get architecture(): Architecture {
    return this.inspections.current?.snapshot.plan?.model.architecture ?? 'encoderDecoder';
  }

  /** Lists the heads otherwise, in this workspace from now on. */
  sort(order: HeadOrder): void {
    this.chosenOrder = order;
    void this.memento.update(ORDER_KEY, order);
    this.refresh();
  }

  getChildren(node?: HeadNode): HeadNode[] {
    const list = this.list();
    if (list === null) return [];
    return [...(node === undefined ? rootsOf(list) : childrenOf(node, list))];
  }

  getParent({ parent }: HeadNode): HeadNode | null {
    return parent;
  }

  getTreeItem(node: HeadNode): vscode.TreeItem {
    const line = headLine(node, this.chosenOrder, t);
    const item = new vscode.TreeItem(line.label);
    item.id = node.id;
    item.description = line.description;
    item.tooltip = new vscode.MarkdownString(line.tooltip);
    item.accessibilityInformation = { label: line.spoken };
    if (line.icon !== null)
      item.iconPath = new vscode.ThemeIcon(
        line.icon.name,
        line.icon.colour === null ? undefined : new vscode.ThemeColor(line.icon.colour),
      );
    if (node.kind === 'stack') item.collapsibleState = vscode.TreeItemCollapsibleState.Expanded;
    if (node.kind === 'layer') item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
    if (node.kind === 'matrix')
      item.command = { command: 'headlight.showMatrix', title: '', arguments: [node.matrix] };
    return item;
  }

  dispose(): void {
    this.need?.dispose();
    this.store.dispose();
  }

  /** Only a view on screen needs to know what the heads do. */
  private attend(): void {
    if (!this.view.visible) this.need?.dispose();
    this.need = this.view.visible ? (this.need ?? this.profiles.need()) : null;
  }

  private list(): HeadList | null {
    const { current } = this.inspections;
    const plan = current?.snapshot.plan ?? null;
    if (current === null || plan === null) return null;
    return {
      plan,
      profiles: this.profiles.heads,
      order: this.chosenOrder,
      chosen: current.navigation,
      colourScale: this.reader.state.colourScale,
    };
  }

  private refresh(): void {
    const { current } = this.inspections;
    this.trace = current?.snapshot.trace ?? null;
    this.view.description = current === null ? '' : orderWords(this.chosenOrder, t);
    this.view.message = this.message();
    this.selected = null;
    this.added = this.addedNow();
    this.refreshed.fire(undefined);
    void this.select();
  }

  /** Empty for none: then the welcome is seen where there is nothing to list. */
  private message(): string {
    const { current } = this.inspections;
    if (current === null) return '';
    const { failure } = this.profiles;
    if (failure !== null) return failureWords(failure);
    const { failure: ended, outcome } = current.snapshot;
    if (ended !== null && outcome === 'failed') return failureWords(ended);
    if (this.profiles.heads.length > 0 || outcome !== null) return '';
    return t('What each head does is known once the text is read.');
  }

  /** The reader moved. */
  private follow(): void {
    const { current } = this.inspections;
    if (current === null) return;
    // A mean is in a list by a measure only while the reader stands on it.
    if (current.snapshot.trace === this.trace && this.addedNow() === this.added) void this.select();
    else this.refresh();
  }

  private addedNow(): string | null {
    const list = this.list();
    const added = list && addedTo(list);
    return added && idOf(added);
  }

  /**
   * Selects where the reader stands, without taking the focus or opening the view. One at a time: a
   * reveal that is late would select where the reader stood before.
   */
  private async select(): Promise<void> {
    if (this.selecting) return;
    this.selecting = true;
    for (let node = this.unselected(); node !== null; node = this.unselected()) {
      this.selected = node.id;
      // Refused where the tree is being built anew: then `selected` is void, and this goes on.
      await this.view.reveal(node, { select: true, focus: false }).then(undefined, () => undefined);
    }
    this.selecting = false;
  }

  /** Where the reader stands, if that is not what the tree shows. */
  private unselected(): HeadNode | null {
    const { current } = this.inspections;
    // Going along with a run would leave every layer open that it came through.
    if (current === null || (current.following && isRunning(current))) return null;
    const list = this.list();
    if (!this.view.visible || list === null || this.selected === idOf(list.chosen)) return null;
    return nodeOf(list.chosen, list);
  }
}
