import * as vscode from 'vscode';
import { Failure } from '../../failure/failure';
import { DisposableStore, type Disposable } from '../disposables';
import { t } from '../words';
import { modelCardText } from './modelCardText';
import type { ModelFacts } from './modelFacts';
import type { LoadingDisplay } from './modelOpener';
import type { Models } from './models';
import { modelFacts } from './modelSheet';
import type { ModelSource } from './modelSource';
import type { OpenPermission } from './openPermission';

/** Of the read-only documents that hold cards nobody wrote. */
export const CARD_SCHEME = 'headlight-card';

/** What a card is made of. */
export interface CardServices {
  readonly models: Pick<Models, 'nameOf' | 'inFolder' | 'builtIn'>;
  readonly facts: Pick<ModelFacts, 'of' | 'load' | 'changed'>;
  readonly permission: Pick<OpenPermission, 'ask'>;
  readonly display: LoadingDisplay;
}

/**
 * Shows what there is to know of a model: what its makers say (how it was trained, on what, and
 * where it fails), or where they say nothing, what its files do.
 */
export class ModelCards implements Disposable, vscode.TextDocumentContentProvider {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.changed.event;
  /** By folder. */
  private readonly shown = new Map<string, vscode.Uri>();

  constructor(private readonly services: CardServices) {
    this.store.add(vscode.workspace.registerTextDocumentContentProvider(CARD_SCHEME, this));
    this.store.add(
      services.facts.changed.on(() => {
        for (const uri of this.shown.values()) this.changed.fire(uri);
      }),
    );
  }

  /** @throws Failure why the model cannot be read, where there is only that to tell of it */
  async show(model: ModelSource): Promise<void> {
    const card = vscode.Uri.joinPath(vscode.Uri.file(model.folder), 'README.md');
    if (await isFile(card)) return preview(card);
    if (!(await this.read(model))) return;
    const { folder } = model;
    // A name of two parts is no path of folders here.
    const name = this.services.models.nameOf(model).replaceAll('/', ' – ');
    const uri = vscode.Uri.from({ scheme: CARD_SCHEME, path: `/${name}.md`, query: folder });
    this.shown.set(folder, uri);
    this.changed.fire(uri);
    await preview(uri);
  }

  provideTextDocumentContent({ query: folder }: vscode.Uri): string {
    const { models, facts } = this.services;
    const name = models.nameOf(models.inFolder(folder));
    const { summary } = facts.of(folder);
    // A window that was reloaded: the engine is not started for a preview that nobody asked for now.
    if (summary === null) return modelCardText(name, folder, [], t);
    return modelCardText(name, folder, modelFacts(summary, vscode.env.language, t), t);
  }

  dispose(): void {
    this.store.dispose();
  }

  /** Whether the engine has told of the model, now or before. False: the person thought better of it. */
  private async read(model: ModelSource): Promise<boolean> {
    const { facts, permission, display, models } = this.services;
    const { folder } = model;
    if (facts.of(folder).summary !== null) return true;
    if (!(await permission.ask(folder))) return false;
    const failure = await display(models.nameOf(model), false, (progress, { signal }) =>
      facts.load(folder, { progress, signal }),
    );
    if (failure === null) return true;
    if (failure.code === 'run.cancelled') return false;
    throw new Failure(failure.code, failure.args);
  }
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}

async function preview(card: vscode.Uri): Promise<void> {
  try {
    await vscode.commands.executeCommand('markdown.showPreview', card);
  } catch {
    // The Markdown extension is switched off: the text itself reads well enough.
    await vscode.window.showTextDocument(card, { preview: true });
  }
}
