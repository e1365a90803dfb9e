import * as vscode from 'vscode';
import { Failure } from '../../failure/failure';
import type { Inspection } from '../inspection/inspection';
import { cellOf, rangeOf } from './documentText';
import type { DocumentLinks } from './documentLinks';
import { openPlace } from './openPlace';
import type { Span } from './trackedText';

/**
 * Selects some characters of an inspected text in its document, which is opened if it is closed. If
 * they are no longer there, the reader is told so.
 */
export async function reveal(
  links: DocumentLinks,
  { key, subject }: Inspection,
  [from, to]: Span,
  /** Which of the texts the characters are of. */
  part: number,
): Promise<void> {
  if (subject.place === null) return;
  // Opening a document that was closed ties the text to it again, if it is still there.
  const document = await openPlace(subject.place);
  const link = links.linkOf(key);
  const start = link?.parts[part]?.[0];
  if (document === undefined || link === null || link.stale || start === undefined)
    throw new Failure('reveal.changed', { file: fileName(subject.place.uri) });
  const range = rangeOf(document, [start + from, start + to]);
  const editor = visibleEditor(document) ?? (await show(document));
  if (editor === undefined) return;
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** For people; of an address that a link made up, all of it. */
function fileName(uri: string): string {
  try {
    return vscode.Uri.parse(uri, true).path.split('/').at(-1) ?? uri;
  } catch {
    return uri;
  }
}

const visibleEditor = (document: vscode.TextDocument): vscode.TextEditor | undefined =>
  vscode.window.visibleTextEditors.find((editor) => editor.document === document);

/** A cell is shown in its notebook, where it has no editor before somebody edits it. */
async function show(document: vscode.TextDocument): Promise<vscode.TextEditor | undefined> {
  const cell = cellOf(document);
  if (cell === undefined)
    return vscode.window.showTextDocument(document, { preserveFocus: true, preview: true });
  const selections = [new vscode.NotebookRange(cell.index, cell.index + 1)];
  await vscode.window.showNotebookDocument(cell.notebook, { preserveFocus: true, selections });
  return visibleEditor(document);
}
