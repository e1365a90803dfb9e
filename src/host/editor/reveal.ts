import * as vscode from 'vscode';
import { Failure } from '../../failure/failure';
import type { Subject } from '../inspection/subject';

/**
 * Selects some characters of an inspected text in its document. The document may have changed
 * since: then the text is looked for, and if it is gone, the reader is told so.
 */
export async function reveal(
  subject: Subject,
  [from, to]: readonly [number, number],
): Promise<void> {
  if (subject.place === null) return;
  const uri = vscode.Uri.parse(subject.place.uri, true);
  const document = await vscode.workspace.openTextDocument(uri);
  const start = startOf(document, subject);
  const range = new vscode.Range(
    document.positionAt(start + from),
    document.positionAt(start + to),
  );
  const shown = vscode.window.visibleTextEditors.find(
    (editor) => editor.document.uri.toString() === uri.toString(),
  );
  const editor =
    shown ??
    (await vscode.window.showTextDocument(document, { preserveFocus: true, preview: true }));
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function startOf(document: vscode.TextDocument, { text, place }: Subject): number {
  if (place !== null) {
    const start = document.offsetAt(new vscode.Position(place.line, place.character));
    const there = new vscode.Range(
      document.positionAt(start),
      document.positionAt(start + text.length),
    );
    if (document.getText(there) === text) return start;
  }
  const found = document.getText().indexOf(text);
  if (found < 0)
    throw new Failure('reveal.changed', { file: document.uri.path.split('/').at(-1) ?? '' });
  return found;
}
