import type * as vscode from 'vscode';
import { textOf } from './documentText';
import { passagesAt } from './passage';
import { textIn, type TextInDocument } from './textInDocument';

/**
 * The selection of an editor, or the sentence around its cursor; of two selections a pair, the upper
 * one first.
 */
export function selectedText({
  document,
  selection,
  selections,
}: vscode.TextEditor): TextInDocument | null {
  const spanOf = ({ start, end }: vscode.Range): readonly [number, number] => [
    document.offsetAt(start),
    document.offsetAt(end),
  ];
  const selected = selections.filter(({ isEmpty }) => !isEmpty).map(spanOf);
  return textIn(
    document,
    passagesAt(textOf(document), selected, document.offsetAt(selection.active)),
  );
}
