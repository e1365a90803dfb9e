import * as vscode from 'vscode';
import * as v from 'valibot';
import { headSchema, layerSchema, stackSchema } from '../../protocol/address';
import type { Copy } from '../../protocol/panelMessages';
import type { TraceSnapshot } from '../../protocol/traceSnapshot';
import { copyRow } from '../commands/copyRow';
import { goToHead } from '../commands/goToHead';
import { openListedModel, openModel, type OpenModelServices } from '../commands/openModel';
import type { Commands } from '../commands/registerCommands';
import { sortHeads } from '../commands/sortHeads';
import { stopInspecting } from '../commands/stopInspecting';
import { toggleWords } from '../commands/toggleWords';
import { DisposableStore, type Disposable } from '../disposables';
import type { DocumentLinks } from '../editor/documentLinks';
import type { EngineClient } from '../engine/engineClient';
import { HeadProfiles } from '../heads/headProfiles';
import type { Inspections } from '../inspection/inspections';
import type { Notice } from '../inspection/notice';
import type { Reader } from '../inspection/reader';
import { pickModel } from '../models/chooseModel';
import type { ChosenLanguage } from '../models/chosenLanguage';
import type { ListedModels } from '../models/listedModels';
import { ModelCards } from '../models/modelCards';
import { ModelFacts } from '../models/modelFacts';
import { ModelOpener } from '../models/modelOpener';
import type { Models } from '../models/models';
import type { ModelSource } from '../models/modelSource';
import { modelPick } from '../models/modelPick';
import type { ModelKnowledge } from '../models/modelState';
import { OpenPermission } from '../models/openPermission';
import type { RecentModels } from '../models/recentModels';
import { ResidentModels } from '../models/residentModels';
import { vscodeFolders } from '../models/vscodeFolders';
import { loadingNotification, vscodeTrust } from '../models/vscodeOpen';
import { sayBriefly } from '../sayBriefly';
import { chooseDefaultModel } from '../settings';
import { t } from '../words';
import { ContextKeys } from './contextKeys';
import { HeadsView } from './headsView';
import { ModelsView } from './modelsView';
import { StatusItem } from './statusItem';

export interface SideServices {
  readonly engine: EngineClient;
  readonly inspections: Inspections;
  readonly reader: Reader;
  readonly links: DocumentLinks;
  readonly models: Models;
  readonly recent: RecentModels;
  readonly listed: ListedModels;
  readonly language: ChosenLanguage;
  readonly memento: vscode.Memento;
  /** Tells what went wrong; see `OpenModelServices`. */
  readonly failed: OpenModelServices['failed'];
  /** Takes something out of a trace. */
  readonly copy: (snapshot: TraceSnapshot, what: Copy) => Promise<Notice | null>;
}

const matrixSchema = v.object({ stack: stackSchema, layer: layerSchema, head: headSchema });
const folderSchema = v.string();
/** A model of the tree: what its menu gives. */
const nodeSchema = v.object({ model: v.object({ folder: folderSchema }) });

/** Models and heads in the side panel, the status bar, and the commands that belong to them. */
export class SideViews implements Disposable {
  readonly heads: HeadsView;
  readonly models: ModelsView;
  readonly profiles: HeadProfiles;
  private readonly store = new DisposableStore();
  readonly opener: ModelOpener;
  readonly cards: ModelCards;
  readonly knowledge: ModelKnowledge;
  readonly permission = new OpenPermission(vscodeTrust);

  constructor(private readonly services: SideServices) {
    const { engine, inspections, reader, models, memento } = services;
    const resident = this.store.add(new ResidentModels(engine, inspections));
    const facts = this.store.add(new ModelFacts(engine, inspections, resident, vscodeFolders));
    this.knowledge = { ...services, facts };
    const { permission } = this;
    this.opener = new ModelOpener({
      ...{ ...services, facts, permission },
      choose: chooseDefaultModel,
      display: loadingNotification,
    });
    this.cards = this.store.add(
      new ModelCards({ models, facts, permission, display: loadingNotification }),
    );
    this.profiles = this.store.add(new HeadProfiles(engine, inspections));
    this.heads = this.store.add(new HeadsView(inspections, reader, this.profiles, memento));
    this.models = this.store.add(new ModelsView(this.knowledge, permission));
    this.store.add(
      this.opener.opened.on((model) => {
        void this.models.reveal(model);
        const name = models.nameOf(model);
        sayBriefly(t('Headlight: {name} reads what you inspect from now on.', { name }));
      }),
    );
    this.store.add(new StatusItem(inspections, reader, models));
    this.store.add(
      new ContextKeys(inspections, reader, (key, value) => {
        void vscode.commands.executeCommand('setContext', key, value);
      }),
    );
  }

  get commands(): Commands {
    const { inspections, reader, links, copy } = this.services;
    return {
      'headlight.goToHead': () => goToHead(inspections, reader, this.profiles),
      'headlight.sortHeads': () => sortHeads(this.heads),
      'headlight.toggleDirection': () => this.turn(),
      'headlight.toggleSpecials': () => this.turnSpecials(),
      'headlight.toggleWords': () => toggleWords(inspections, reader, sayBriefly, t),
      'headlight.clear': () => {
        const document = vscode.window.activeTextEditor?.document;
        stopInspecting(inspections, links, document?.uri.toString() ?? null);
      },
      'headlight.copyRow': async () => {
        await copyRow(inspections, copy);
        sayBriefly(t('Headlight: the row is in the clipboard.'));
      },
      'headlight.openModel': (uri) => openModel(this.opening, uri),
      'headlight.chooseModel': () => this.chooseModel(),
      'headlight.openModelCard': (node) => this.cards.show(this.modelOf(node)),
      'headlight.forgetModel': (node) => {
        const parsed = v.safeParse(nodeSchema, node);
        return parsed.success ? this.forget(parsed.output.model.folder) : undefined;
      },
      // What a click in a tree does; package.json does not name these.
      'headlight.showMatrix': (matrix) => reader.navigate(v.parse(matrixSchema, matrix)),
      'headlight.useModel': (folder) =>
        openListedModel(this.opening, v.parse(folderSchema, folder)),
    };
  }

  dispose(): void {
    this.store.dispose();
  }

  private get opening(): OpenModelServices {
    return { opener: this.opener, look: vscodeFolders, failed: this.services.failed };
  }

  private async chooseModel(): Promise<void> {
    const picked = await pickModel(modelPick(this.knowledge, (folder) => this.forget(folder)));
    if (picked === 'another') await openModel(this.opening);
    else if (picked !== undefined) await openListedModel(this.opening, picked.folder);
  }

  /** Takes a folder out of the list; its files stay where they are. */
  private async forget(folder: string): Promise<void> {
    await this.services.recent.forget(folder);
    this.services.models.refresh();
  }

  /** The model whose menu was used; else the one that reads the current text, or would. */
  private modelOf(node: unknown): ModelSource {
    const { models, inspections } = this.services;
    const parsed = v.safeParse(nodeSchema, node);
    const used = parsed.success ? parsed.output.model.folder : null;
    const named = models.all().find(({ folder }) => folder === used);
    return named ?? inspections.current?.subject.model ?? models.chosen;
  }

  private turn(): void {
    const { reader } = this.services;
    const { direction } = reader.state.navigation;
    reader.navigate({ direction: direction === 'looksAt' ? 'lookedAt' : 'looksAt' });
  }

  private turnSpecials(): void {
    const { reader } = this.services;
    reader.navigate({ hideSpecials: !reader.state.navigation.hideSpecials });
  }
}
