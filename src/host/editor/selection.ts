import * as vscode from 'vscode';
import type { Place } from '../inspection/subject';
import { passageAt } from './passage';

/** A text from an editor, ready to become a subject. */
export interface SelectedText {
  readonly text: string;
  readonly place: Place;
  readonly origin: string;
}

/** The primary selection of an editor, or the sentence around its cursor. */
export function selectedText({ document, selection }: vscode.TextEditor): SelectedText {
  const lastLine = document.lineAt(document.lineCount - 1);
  const passage = passageAt(
    {
      length: document.offsetAt(lastLine.range.end),
      slice: (start, end) =>
        document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end))),
    },
    document.offsetAt(selection.start),
    document.offsetAt(selection.end),
  );
  const { line, character } = document.positionAt(passage.start);
  const name = document.uri.path.split('/').at(-1) ?? document.uri.path;
  return {
    text: passage.text,
    place: { uri: document.uri.toString(), line, character },
    origin: `${name}:${line + 1}`,
  };
}
