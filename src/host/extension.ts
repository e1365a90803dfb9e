import * as vscode from 'vscode';
import { Failure } from '../failure/failure';
import { hoverActions } from './commands/hoverActions';
import { inspectAgain } from './commands/inspectAgain';
import { inspectSelection } from './commands/inspectSelection';
import { registerCommands, showFailure } from './commands/registerCommands';
import { SelfTest } from './commands/selfTest';
import { showView } from './commands/showView';
import { Tour } from './commands/startTour';
import { WritingCommands } from './commands/writing/writingCommands';
import { copyOut } from './copies/copyOut';
import { vscodeTargets } from './copies/vscodeTargets';
import { Corpus } from './corpus/corpus';
import { DisposableStore } from './disposables';
import { EditorFeatures } from './editor/editorFeatures';
import { reveal } from './editor/reveal';
import { fitsInLink } from './links/viewLink';
import { ViewLinks } from './links/viewLinks';
import { recalledSubject } from './inspection/recalledSubject';
import type { Navigation } from '../protocol/navigation';
import { sayBriefly } from './sayBriefly';
import { createServices } from './services';
import { testApi, type TestApi } from './testApi';
import { InspectorPanel } from './views/inspectorPanel';
import { vscodeFolders } from './models/vscodeFolders';
import { loadingNotification } from './models/vscodeOpen';
import type { PanelActions } from './views/panelRelay';
import { SideViews, type SideServices } from './views/sideViews';
import { TokenView } from './views/tokenView';
import { t } from './words';

/** The composition root: builds services, features and views, connects them, returns. */
export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const start = performance.now();
  const store = new DisposableStore();
  context.subscriptions.push(store);
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const services = createServices(context, store);
  const { engine, models, language, inspections, links, reader, rows, stored } = services;
  const { failures, switches } = services;
  const failed: SideServices['failed'] = (thrown, ...actions) => {
    const failure = Failure.from(thrown).toWire();
    failures.emit(failure);
    return showFailure(failure, actions);
  };

  const again = (tag: string | null = null): void =>
    inspectAgain(inspections, links, tag === null ? {} : { language: tag });
  const editor = store.add(new EditorFeatures(services, again));

  const { version } = context.extension.packageJSON as { readonly version: string };
  const selfTest = store.add(new SelfTest(engine, models.builtIn, version));
  const showPanel = (preserveFocus: boolean): void => panel.show({ preserveFocus });
  const show = (view: Navigation['view']): void => showView(view, inspections, reader, showPanel);
  const viewLinks = store.add(
    new ViewLinks(context.extension.id, inspections, links, models, () => showPanel(true), failed),
  );
  const copy: SideServices['copy'] = (snapshot, what) =>
    copyOut(engine, switches.copyTargets ?? vscodeTargets, snapshot, what);
  const copyLink: PanelActions['copyLink'] = async () => {
    const address = viewLinks.address().toString();
    await (switches.copyTargets ?? vscodeTargets).clipboard(address);
    const { current } = inspections;
    const whole = current === null || fitsInLink(current.subject);
    const code = whole ? 'notice.linkCopied' : 'notice.linkWithoutWriting';
    return { severity: 'info', failure: new Failure(code).toWire() };
  };
  const tour = new Tour(inspections, reader, models, language, showPanel);
  const actions: PanelActions = {
    rerun: again,
    copy: ({ snapshot }, what) => copy(snapshot, what),
    reveal: (inspection, span, part) =>
      part === 'output'
        ? editor.output.reveal(inspection, span)
        : reveal(links, inspection, span, part),
    openOutput: (inspection) => editor.output.open(inspection),
    openCard: () => side.cards.show(inspections.current?.subject.model ?? models.chosen),
    selfTest: async () => void (await selfTest.run()),
    copyLink,
    inspect: (sight, pinned) => tour.inspect(sight, pinned),
  };
  const panel = store.add(
    new InspectorPanel(dist, inspections, reader, engine, actions, (newer) => {
      const before = stored.recall();
      if (before === null) return;
      const { navigation, following } = before;
      inspections.inspect(recalledSubject(before, models, language), {
        navigation: newer ?? navigation,
        following,
      });
    }),
  );
  const side = store.add(
    new SideViews({ ...services, memento: context.workspaceState, failed, copy }),
  );
  const { knowledge, permission } = side;
  const corpus = store.add(
    new Corpus({
      ...{ engine, inspections, language, knowledge, permission, failed, showPanel },
      folders: vscodeFolders,
      display: loadingNotification,
      memento: context.workspaceState,
      ask: () => switches.corpusForm,
      clipboard: (text) => (switches.copyTargets ?? vscodeTargets).clipboard(text),
    }),
  );
  const writing = new WritingCommands({
    ...{ inspections, reader, links, language, knowledge, showPanel },
    display: loadingNotification,
    showView: show,
  });
  const tokenView = store.add(new TokenView(dist, inspections, reader, rows));

  store.add(
    registerCommands(
      {
        ...side.commands,
        ...corpus.commands,
        ...writing.commands,
        ...hoverActions(inspections, reader, showPanel, show),
        'headlight.whatIf': () => show('whatIf'),
        'headlight.showMap': () => show('map'),
        'headlight.learn': () => show('learn'),
        'headlight.startTour': () => tour.start(),
        'headlight.inspectSelection': () =>
          inspectSelection(inspections, panel, models.chosen, language),
        'headlight.inspectAgain': (trace) => {
          const inspection = typeof trace === 'string' ? inspections.of(trace) : null;
          if (inspection !== null) inspections.show(inspection.key);
          // Colours on the document are enough where the reader closed the panel.
          if (inspections.current?.link !== 'stale') showPanel(true);
          again();
        },
        'headlight.showPanel': () => {
          showPanel(false);
          // Closing the panel may have freed its trace.
          if (inspections.current === null) again();
        },
        'headlight.cancel': () => inspections.cancel(),
        'headlight.goBack': () => reader.go('back'),
        'headlight.goForward': () => reader.go('forward'),
        'headlight.pin': () => reader.pinHere(),
        'headlight.unpin': () => reader.unpin(),
        'headlight.openOutput': () => {
          const { current } = inspections;
          if (current === null) throw new Failure('trace.gone');
          return editor.output.open(current);
        },
        'headlight.toggleColours': () => editor.colours.toggle(),
        'headlight.copyLink': async () => {
          await copyLink();
          sayBriefly(t('Headlight: the link is in the clipboard.'));
        },
        'headlight.selfTest': () => selfTest.run(),
      },
      failed,
    ),
  );
  if (context.extensionMode !== vscode.ExtensionMode.Test) return undefined;
  const activationMs = performance.now() - start;
  return testApi({ ...services, activationMs, panel, tokenView, side, corpus, editor, viewLinks });
}
