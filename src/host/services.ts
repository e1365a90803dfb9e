import * as vscode from 'vscode';
import type { WireFailure } from '../failure/failure';
import type { EnginePort } from '../protocol/enginePort';
import type { DisposableStore } from './disposables';
import { DocumentLinks } from './editor/documentLinks';
import { onKey } from './editor/onKey';
import { systemClock } from './engine/clock';
import { EngineClient } from './engine/engineClient';
import { openEngine } from './engine/openEngine';
import { watchTyping } from './engine/watchTyping';
import { SILENCE_LIMIT_MS } from './engine/watchdog';
import { Inspections } from './inspection/inspections';
import { Reader } from './inspection/reader';
import { Rows } from './inspection/rows';
import { InspectionStore } from './inspection/storedInspection';
import { builtInModel } from './models/builtIn';
import { ChosenLanguage } from './models/chosenLanguage';
import { ListedModels } from './models/listedModels';
import { Models } from './models/models';
import { RecentModels } from './models/recentModels';
import { vscodeFolders } from './models/vscodeFolders';
import * as settings from './settings';
import { Signal } from './signal';
import type { TestSwitches } from './testApi';
import { t } from './words';

/** What every view and command of Headlight stands on. */
export interface Services {
  readonly engine: EngineClient;
  readonly models: Models;
  readonly recent: RecentModels;
  readonly listed: ListedModels;
  readonly language: ChosenLanguage;
  readonly inspections: Inspections;
  readonly links: DocumentLinks;
  readonly reader: Reader;
  readonly rows: Rows;
  readonly stored: InspectionStore;
  /** What readers were told went wrong. */
  readonly failures: Signal<WireFailure>;
  readonly switches: TestSwitches;
  /** The engine's port now; null: none runs. */
  port(): EnginePort | null;
}

/** Builds them and connects what knows nothing of views. The engine starts at first use. */
export function createServices(context: vscode.ExtensionContext, store: DisposableStore): Services {
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const switches: TestSwitches = {
    place: null,
    copyTargets: null,
    silenceLimitMs: null,
    corpusForm: null,
  };
  let port: EnginePort | null = null;
  const engine = store.add(
    new EngineClient({
      open: (kind) =>
        (port = openEngine(
          dist.fsPath,
          kind,
          settings.engineBackend(),
          { kernels: settings.engineKernels(), threads: settings.engineThreads() },
          settings.memoryBudgetMegabytes(),
        )),
      place: () => switches.place ?? settings.enginePlace(),
      clock: systemClock,
      silenceLimitMs: () => switches.silenceLimitMs ?? SILENCE_LIMIT_MS,
      t,
    }),
  );
  const now = (): number => performance.now();
  store.add(watchTyping(onKey, now, () => engine.tell({ type: 'typing' })));
  const recent = new RecentModels(context.globalState);
  const listed = new ListedModels(vscodeFolders, settings.modelFolders);
  const builtIn = builtInModel(context.extensionUri.fsPath);
  const models = new Models(
    builtIn,
    settings.defaultModel,
    () => recent.all(),
    () => listed.all(),
  );
  const language = new ChosenLanguage(context.globalState);
  const stored = new InspectionStore(context.workspaceState);
  let traces = 0;
  const inspections = store.add(
    new Inspections(engine, () => `trace-${++traces}`, settings.preview),
  );
  const links = store.add(new DocumentLinks(inspections));
  const reader = store.add(new Reader(inspections, settings.colourScale));
  const rows = store.add(new Rows(engine, inspections));
  store.add(inspections.shown.on((inspection) => stored.keep(inspection)));
  store.add(
    inspections.changed.on((one) => {
      if (one.key === inspections.current?.key) stored.keep(one);
    }),
  );
  store.add(
    inspections.events.on(({ event }) => {
      if (event.type === 'planned' && event.plan.language !== null)
        language.remember(event.plan.language);
    }),
  );
  store.add(
    settings.onSettingsChange(() => {
      models.refresh();
      reader.refresh();
    }),
  );
  return {
    ...{ engine, models, recent, listed, language },
    ...{ inspections, links, reader, rows, stored, switches },
    failures: new Signal<WireFailure>(),
    port: () => port,
  };
}
