import type * as vscode from 'vscode';
import type { Place } from '../inspection/subject';
import { originOf, textOf } from './documentText';
import { passageAt } from './passage';

/** A text from an editor, ready to become a subject. */
export interface SelectedText {
  readonly text: string;
  readonly place: Place;
  readonly origin: string;
}

/** The primary selection of an editor, or the sentence around its cursor. */
export function selectedText({ document, selection }: vscode.TextEditor): SelectedText {
  const passage = passageAt(
    textOf(document),
    document.offsetAt(selection.start),
    document.offsetAt(selection.end),
  );
  const { line, character } = document.positionAt(passage.start);
  return {
    text: passage.text,
    place: { uri: document.uri.toString(), line, character },
    origin: originOf(document, line),
  };
}
