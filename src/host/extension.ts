import * as vscode from 'vscode';
import type { EnginePort } from '../protocol/enginePort';
import type { WireFailure } from '../failure/failure';
import { inspectSelection } from './commands/inspectSelection';
import { registerCommands, showFailure } from './commands/registerCommands';
import { SelfTest } from './commands/selfTest';
import { copyOut } from './copies/copyOut';
import { vscodeTargets } from './copies/vscodeTargets';
import { DisposableStore } from './disposables';
import { reveal } from './editor/reveal';
import { systemClock } from './engine/clock';
import { EngineClient } from './engine/engineClient';
import { openEngine } from './engine/openEngine';
import { SILENCE_LIMIT_MS } from './engine/watchdog';
import { Inspector } from './inspection/inspector';
import { InspectionStore } from './inspection/storedInspection';
import { builtInModel } from './models/builtIn';
import { ChosenLanguage } from './models/chosenLanguage';
import { openModelCard } from './models/modelCard';
import { engineBackend, enginePlace } from './settings';
import { Signal } from './signal';
import { testApi, type TestApi, type TestSwitches } from './testApi';
import { InspectorPanel } from './views/inspectorPanel';
import type { PanelActions } from './views/panelRelay';
import { RunStatus } from './views/runStatus';
import { t } from './words';

/** The composition root: builds the services, connects them, returns. The engine starts at first use. */
export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const start = performance.now();
  const store = new DisposableStore();
  context.subscriptions.push(store);
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const builtIn = builtInModel(context.extensionUri.fsPath);
  const language = new ChosenLanguage(context.globalState);
  const stored = new InspectionStore(context.workspaceState);
  const switches: TestSwitches = { place: null, copyTargets: null, silenceLimitMs: null };
  const failures = new Signal<WireFailure>();
  let port: EnginePort | null = null;

  const engine = store.add(
    new EngineClient({
      open: (kind) => (port = openEngine(dist.fsPath, kind, engineBackend())),
      place: () => switches.place ?? enginePlace(),
      clock: systemClock,
      silenceLimitMs: () => switches.silenceLimitMs ?? SILENCE_LIMIT_MS,
      t,
    }),
  );
  let traces = 0;
  const inspector = store.add(new Inspector(engine, () => `trace-${++traces}`));
  store.add(inspector.traces.on((inspection) => stored.keep(inspection)));
  store.add(inspector.navigated.on((inspection) => stored.keep(inspection)));
  store.add(
    inspector.events.on((event) => {
      if (event.type === 'planned' && event.plan.language !== null)
        language.remember(event.plan.language);
    }),
  );

  const { version } = context.extension.packageJSON as { readonly version: string };
  const selfTest = store.add(new SelfTest(engine, builtIn, version));
  const shownModel = (): typeof builtIn => inspector.current?.subject.model ?? builtIn;
  const actions: PanelActions = {
    rerun: (tag) => inspector.again(tag),
    copy: ({ snapshot }, copy) =>
      copyOut(engine, switches.copyTargets ?? vscodeTargets, snapshot, copy),
    reveal: ({ subject }, span) => reveal(subject, span),
    openCard: () => openModelCard(shownModel()),
    selfTest: async () => void (await selfTest.run()),
  };
  const panel = store.add(
    new InspectorPanel(dist, inspector, engine, actions, (newer) => {
      const before = stored.recall();
      if (before === null) return;
      const { navigation, ...text } = before;
      inspector.inspect({ ...text, model: builtIn }, newer ?? navigation);
    }),
  );
  store.add(new RunStatus(inspector));

  store.add(
    registerCommands(
      {
        'headlight.inspectSelection': () => inspectSelection(inspector, panel, builtIn, language),
        'headlight.inspectAgain': () => {
          panel.show({ preserveFocus: true });
          inspector.again();
        },
        'headlight.showPanel': () => {
          panel.show({ preserveFocus: false });
          // Closing the panel freed its trace.
          if (inspector.current === null) inspector.again();
        },
        'headlight.cancel': () => inspector.cancel(),
        'headlight.openModelCard': () => openModelCard(shownModel()),
        'headlight.selfTest': () => selfTest.run(),
      },
      (failure) => {
        failures.emit(failure);
        showFailure(failure);
      },
    ),
  );
  if (context.extensionMode !== vscode.ExtensionMode.Test) return undefined;
  const activationMs = performance.now() - start;
  return testApi({
    activationMs,
    builtIn,
    switches,
    panel,
    inspector,
    engine,
    failures,
    port: () => port,
  });
}
