import * as vscode from 'vscode';
import type { EnginePort } from '../protocol/enginePort';
import { Failure, type WireFailure } from '../failure/failure';
import { inspectAgain } from './commands/inspectAgain';
import { inspectSelection } from './commands/inspectSelection';
import { registerCommands, showFailure } from './commands/registerCommands';
import { SelfTest } from './commands/selfTest';
import { copyOut } from './copies/copyOut';
import { vscodeTargets } from './copies/vscodeTargets';
import { DisposableStore } from './disposables';
import { CursorFollower } from './editor/cursorFollower';
import { DocumentLinks } from './editor/documentLinks';
import { reveal } from './editor/reveal';
import { systemClock } from './engine/clock';
import { EngineClient } from './engine/engineClient';
import { openEngine } from './engine/openEngine';
import { SILENCE_LIMIT_MS } from './engine/watchdog';
import { AutomaticRerun } from './inspection/automaticRerun';
import { Inspections } from './inspection/inspections';
import { Reader } from './inspection/reader';
import { Rows } from './inspection/rows';
import { InspectionStore } from './inspection/storedInspection';
import { ViewLinks } from './links/viewLinks';
import { builtInModel } from './models/builtIn';
import { ChosenFolders } from './models/chosenFolders';
import { ChosenLanguage } from './models/chosenLanguage';
import { openModelCard } from './models/modelCard';
import { Models } from './models/models';
import * as settings from './settings';
import { Signal } from './signal';
import { testApi, type TestApi, type TestSwitches } from './testApi';
import { InspectorPanel } from './views/inspectorPanel';
import type { PanelActions } from './views/panelRelay';
import { SideViews, type SideServices } from './views/sideViews';
import { t } from './words';

/** The composition root: builds the services, connects them, returns. The engine starts at first use. */
export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const start = performance.now();
  const store = new DisposableStore();
  context.subscriptions.push(store);
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const folders = new ChosenFolders(context.globalState);
  const models = new Models(
    builtInModel(context.extensionUri.fsPath),
    settings.defaultModel,
    () => folders.all(),
  );
  const language = new ChosenLanguage(context.globalState);
  const stored = new InspectionStore(context.workspaceState);
  const switches: TestSwitches = { place: null, copyTargets: null, silenceLimitMs: null };
  const failures = new Signal<WireFailure>();
  const failed = (failure: WireFailure): void => {
    failures.emit(failure);
    showFailure(failure);
  };
  let port: EnginePort | null = null;

  const engine = store.add(
    new EngineClient({
      open: (kind) =>
        (port = openEngine(
          dist.fsPath,
          kind,
          settings.engineBackend(),
          settings.memoryBudgetMegabytes(),
        )),
      place: () => switches.place ?? settings.enginePlace(),
      clock: systemClock,
      silenceLimitMs: () => switches.silenceLimitMs ?? SILENCE_LIMIT_MS,
      t,
    }),
  );

  let traces = 0;
  const inspections = store.add(new Inspections(engine, () => `trace-${++traces}`));
  const links = store.add(new DocumentLinks(inspections));
  const reader = store.add(new Reader(inspections, settings.colourScale));
  const rows = store.add(new Rows(engine, inspections));
  store.add(new CursorFollower(inspections, reader, links));
  const again = (tag: string | null = null): void => inspectAgain(inspections, links, tag);
  store.add(
    new AutomaticRerun(inspections, links.changed, systemClock, settings.automaticRerun, () =>
      again(),
    ),
  );
  store.add(inspections.shown.on((inspection) => stored.keep(inspection)));
  store.add(inspections.changed.on((one) => one === inspections.current && stored.keep(one)));
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

  const { version } = context.extension.packageJSON as { readonly version: string };
  const selfTest = store.add(new SelfTest(engine, models.builtIn, version));
  const shownModel = (): typeof models.builtIn =>
    inspections.current?.subject.model ?? models.chosen;
  const viewLinks = store.add(
    new ViewLinks(
      context.extension.id,
      inspections,
      links,
      models,
      () => panel.show({ preserveFocus: true }),
      (thrown) => failed(Failure.from(thrown).toWire()),
    ),
  );
  const copyLink: PanelActions['copyLink'] = async () => {
    const address = viewLinks.address().toString();
    await (switches.copyTargets ?? vscodeTargets).clipboard(address);
    return { severity: 'info', failure: new Failure('notice.linkCopied').toWire() };
  };
  const copy: SideServices['copy'] = (snapshot, what) =>
    copyOut(engine, switches.copyTargets ?? vscodeTargets, snapshot, what);
  const actions: PanelActions = {
    rerun: again,
    copy: ({ snapshot }, what) => copy(snapshot, what),
    reveal: (inspection, span) => reveal(links, inspection, span),
    openCard: () => openModelCard(shownModel()),
    selfTest: async () => void (await selfTest.run()),
    copyLink,
  };
  const panel = store.add(
    new InspectorPanel(dist, inspections, reader, engine, actions, (newer) => {
      const before = stored.recall();
      if (before === null) return;
      const { navigation, following, ...text } = before;
      inspections.inspect(
        { ...text, model: models.builtIn },
        { navigation: newer ?? navigation, following },
      );
    }),
  );
  const side = store.add(
    new SideViews({
      ...{ engine, inspections, reader, links, models, folders, language, copy },
      memento: context.workspaceState,
    }),
  );

  store.add(
    registerCommands(
      {
        ...side.commands,
        'headlight.inspectSelection': () =>
          inspectSelection(inspections, panel, models.chosen, language),
        'headlight.inspectAgain': () => {
          panel.show({ preserveFocus: true });
          again();
        },
        'headlight.showPanel': () => {
          panel.show({ preserveFocus: false });
          // Closing the panel may have freed its trace.
          if (inspections.current === null) again();
        },
        'headlight.cancel': () => inspections.cancel(),
        'headlight.goBack': () => reader.go('back'),
        'headlight.goForward': () => reader.go('forward'),
        'headlight.pin': () => reader.pinHere(),
        'headlight.unpin': () => reader.unpin(),
        'headlight.copyLink': async () => {
          await copyLink();
          vscode.window.setStatusBarMessage(t('Headlight: the link is in the clipboard.'), 4000);
        },
        'headlight.selfTest': () => selfTest.run(),
      },
      failed,
    ),
  );
  if (context.extensionMode !== vscode.ExtensionMode.Test) return undefined;
  const activationMs = performance.now() - start;
  return testApi({
    activationMs,
    builtIn: models.builtIn,
    switches,
    panel,
    inspections,
    reader,
    rows,
    links,
    engine,
    failures,
    viewLinks,
    port: () => port,
  });
}
