import type * as vscode from 'vscode';
import { textOf } from './documentText';
import { passagesAt } from './passage';
import { textIn, type TextInDocument } from './textInDocument';
import type { Span } from './trackedText';

/**
 * The selection of an editor, or the sentence around its cursor; of two selections a pair, the upper
 * one first.
 */
export function selectedText({
  document,
  selection,
  selections,
}: vscode.TextEditor): TextInDocument | null {
  const cursor = document.offsetAt(selection.active);
  return textIn(document, passagesAt(textOf(document), spansOf(document, selections), cursor));
}

/** What is selected in an editor, each by itself, the upper first; empty: there is only a cursor. */
export function selectedTexts({
  document,
  selections,
}: vscode.TextEditor): readonly TextInDocument[] {
  const spans = spansOf(document, selections);
  if (spans.length === 0) return [];
  return passagesAt(textOf(document), spans, 0).flatMap((span) => textIn(document, [span]) ?? []);
}

const spansOf = (document: vscode.TextDocument, selections: readonly vscode.Range[]): Span[] =>
  selections
    .filter(({ isEmpty }) => !isEmpty)
    .map(({ start, end }) => [document.offsetAt(start), document.offsetAt(end)]);
