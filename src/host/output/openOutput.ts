import * as vscode from 'vscode';
import { Failure } from '../../failure/failure';
import { containerOf } from '../editor/documentText';
import { urisIn } from '../editor/documentTabs';
import type { Inspection } from '../inspection/inspection';
import { INSPECTOR_VIEW } from '../views/inspectorPanel';
import { freeColumn } from './freeColumn';
import { OUTPUT_SCHEME } from './outputAddress';
import type { OutputDocuments } from './outputDocuments';
import { makeRoomBelow } from './roomForOutput';

/**
 * Shows the output of an inspection in an editor: the one it is in already, or one beside the text,
 * below text and panel where both are in sight. The focus stays where it is.
 * @throws Failure `trace.starting`, `writing.noOutput`, `trace.noOutput`
 */
export async function openOutput(
  documents: OutputDocuments,
  inspection: Inspection,
): Promise<vscode.TextEditor> {
  checkWrites(inspection);
  const uri = documents.uriOf(inspection);
  const { visibleTextEditors } = vscode.window;
  const shown = visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uri.toString(),
  );
  if (shown !== undefined) return shown;
  const document = await vscode.workspace.openTextDocument(uri);
  const viewColumn = columnOf(uri) ?? columnFor(inspection);
  if (viewColumn === vscode.ViewColumn.Three && vscode.window.tabGroups.all.length === 2)
    await makeRoomBelow();
  return vscode.window.showTextDocument(document, {
    viewColumn,
    preserveFocus: true,
    preview: false,
  });
}

function checkWrites({ snapshot: { plan } }: Inspection): void {
  if (plan === null) throw new Failure('trace.starting');
  const { model, writing } = plan;
  if (writing === null && model.architecture === 'encoder')
    throw new Failure('writing.noOutput', { model: model.name });
  if (writing === null) throw new Failure('trace.noOutput');
}

/** Where a tab of the document is. */
const columnOf = (uri: vscode.Uri): vscode.ViewColumn | undefined =>
  vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some((tab) => urisIn(tab).includes(uri.toString())),
  )?.viewColumn;

function columnFor({ subject }: Inspection): vscode.ViewColumn {
  const source = subject.place && containerOf(subject.place.uri);
  const column = freeColumn(
    vscode.window.tabGroups.all.map(({ activeTab, tabs, viewColumn }) => ({
      column: viewColumn,
      covers: activeTab !== undefined && (isPanel(activeTab) || showsText(activeTab, source)),
      hasOutput: tabs.some((tab) => urisIn(tab).some((uri) => uri.startsWith(`${OUTPUT_SCHEME}:`))),
    })),
  );
  const { One, Two, Three, Four, Five, Six, Seven, Eight, Nine, Beside } = vscode.ViewColumn;
  return [One, Two, Three, Four, Five, Six, Seven, Eight, Nine][column - 1] ?? Beside;
}

const isPanel = ({ input }: vscode.Tab): boolean =>
  input instanceof vscode.TabInputWebview && input.viewType.endsWith(INSPECTOR_VIEW);

const showsText = (tab: vscode.Tab, source: string | null): boolean =>
  source !== null && urisIn(tab).includes(source);
