import * as vscode from 'vscode';
import { t } from '../words';
import type { Place } from '../inspection/subject';
import type { EditedText, Span } from './trackedText';

/** A document's characters by offset. */
export function textOf(document: vscode.TextDocument): EditedText {
  return {
    get length() {
      return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
    },
    slice: (start, end) => document.getText(rangeOf(document, [start, end])),
  };
}

export const rangeOf = (document: vscode.TextDocument, [start, end]: Span): vscode.Range =>
  new vscode.Range(document.positionAt(start), document.positionAt(end));

/** The document of a place, if it is open. */
export const openDocument = (uri: string): vscode.TextDocument | undefined =>
  vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);

/** A place by offset; beyond the document's end, its end. */
export const offsetOf = (document: vscode.TextDocument, { line, character }: Place): number =>
  document.offsetAt(new vscode.Position(line, character));

/**
 * Name of a document for people: its file, and of a notebook which cell. Lines from 0; `pairLine`: of
 * the second text of a pair.
 */
export function originOf(
  document: vscode.TextDocument,
  line: number,
  pairLine: number | null,
): string {
  const name = document.uri.path.split('/').at(-1) ?? document.uri.path;
  const cell = cellOf(document);
  const origin =
    cell === undefined
      ? `${name}:${line + 1}`
      : t('{file}, cell {cell}:{line}', { file: name, cell: cell.index + 1, line: line + 1 });
  return pairLine === null ? origin : t('{origin} and line {line}', { origin, line: pairLine + 1 });
}

/** The notebook cell that a document is the text of. */
export function cellOf(document: vscode.TextDocument): vscode.NotebookCell | undefined {
  if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
  for (const notebook of vscode.workspace.notebookDocuments)
    for (const cell of notebook.getCells()) if (cell.document === document) return cell;
  return undefined;
}

/** URI of the notebook that a cell's document belongs to; of other documents their own. */
export function containerOf(uri: string): string {
  const document = openDocument(uri);
  const cell = document && cellOf(document);
  return cell === undefined ? uri : cell.notebook.uri.toString();
}
