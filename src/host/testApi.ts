import { Uri } from 'vscode';
import type { EditorFeatures } from './editor/editorFeatures';
import type { Services } from './services';
import type { SideViews } from './views/sideViews';
import type { TokenView } from './views/tokenView';
import type { WireFailure } from '../failure/failure';
import type { EngineMemory, TraceEvent } from '../protocol/engineMessages';
import type { FromPanel, ToPanel } from '../protocol/panelMessages';
import { ChildPort } from './engine/childPort';
import type { EngineClient } from './engine/engineClient';
import type { EngineKind, EnginePlace } from './engine/enginePlace';
import { ThreadPort } from './engine/threadPort';
import type { CopyTargets } from './copies/copyOut';
import type { Corpus } from './corpus/corpus';
import type { ScoreFileServices } from './corpus/scoreFile';
import type { DocumentLinks } from './editor/documentLinks';
import type { Inspection } from './inspection/inspection';
import type { Inspections } from './inspection/inspections';
import type { Reader } from './inspection/reader';
import type { Rows } from './inspection/rows';
import type { InspectionStore } from './inspection/storedInspection';
import type { Subject } from './inspection/subject';
import type { ViewLinks } from './links/viewLinks';
import type { ListedModels } from './models/listedModels';
import type { Models } from './models/models';
import type { ModelSource } from './models/modelSource';
import type { RecentModels } from './models/recentModels';
import type { Signal } from './signal';
import type { InspectorPanel } from './views/inspectorPanel';

/** Switches that only tests turn; read at every use. */
export interface TestSwitches {
  place: EnginePlace | null;
  copyTargets: CopyTargets | null;
  silenceLimitMs: number | null;
  /** Settles what *Translate and Score File* is to do, in the place of its list. */
  corpusForm: ScoreFileServices['ask'] | null;
}

/** What `activate()` returns in test mode, and only then. Tests wait on states, never on time. */
export interface TestApi {
  /** Milliseconds that `activate()` took. */
  readonly activationMs: number;
  readonly builtIn: ModelSource;
  readonly models: Models;
  readonly recent: RecentModels;
  readonly listed: ListedModels;
  readonly switches: TestSwitches;
  readonly panel: InspectorPanel;
  readonly tokenView: TokenView;
  readonly side: SideViews;
  readonly corpus: Corpus;
  readonly editor: EditorFeatures;
  readonly engine: EngineClient;
  readonly inspections: Inspections;
  readonly reader: Reader;
  readonly rows: Rows;
  readonly links: DocumentLinks;
  readonly stored: InspectionStore;
  readonly fromPage: Signal<FromPanel>;
  readonly toPage: Signal<ToPanel>;
  readonly failures: Signal<WireFailure>;
  /** Every event of the engine, also of traces that were released. */
  readonly engineEvents: Signal<TraceEvent>;
  engineKind(): EngineKind | null;
  memory(): Promise<EngineMemory | null>;
  current(): Inspection | null;
  /** Inspects any text with any model, in the panel. */
  inspect(subject: Subject): void;
  /** Opens an address as the system does when a link is clicked. */
  openLink(address: string): Promise<void>;
  /** Resolves as soon as the current inspection is like that; at once if it is. */
  waitFor(like: (inspection: Inspection) => boolean): Promise<Inspection>;
  /** Takes the engine down from outside, as a crash would. */
  crashEngine(): void;
  /** Makes an engine in a process of its own fall silent, as an endless loop would. */
  freezeEngine(): void;
  /** Ends the engine on purpose, so that the next use starts afresh. */
  stopEngine(): void;
}

/** The services the API gives a view of. */
export interface TestedServices extends Services {
  readonly activationMs: number;
  readonly panel: InspectorPanel;
  readonly tokenView: TokenView;
  readonly side: SideViews;
  readonly corpus: Corpus;
  readonly editor: EditorFeatures;
  readonly viewLinks: ViewLinks;
}

export function testApi(services: TestedServices): TestApi {
  const { inspections, panel, engine } = services;
  return {
    ...services,
    builtIn: services.models.builtIn,
    fromPage: panel.received,
    toPage: panel.sent,
    engineEvents: engine.events,
    engineKind: () => engine.kind,
    memory: () => engine.memory(),
    current: () => inspections.current,
    inspect(subject) {
      panel.show({ preserveFocus: true });
      inspections.inspect(subject);
    },
    openLink: (address) => services.viewLinks.handleUri(Uri.parse(address)),
    waitFor(like) {
      return new Promise((resolve) => {
        const check = (): void => {
          const { current } = inspections;
          if (current === null || !like(current)) return;
          for (const listener of listeners) listener.dispose();
          resolve(current);
        };
        const listeners = [
          inspections.shown.on(check),
          inspections.events.on(check),
          inspections.changed.on(check),
        ];
        check();
      });
    },
    crashEngine() {
      const port = services.port();
      if (port instanceof ThreadPort) void port.worker.terminate();
      if (port instanceof ChildPort) port.child.kill('SIGKILL');
    },
    freezeEngine() {
      const port = services.port();
      if (port instanceof ChildPort) port.child.kill('SIGSTOP');
    },
    stopEngine: () => engine.dispose(),
  };
}
