import type * as vscode from 'vscode';
import type { Subject } from '../inspection/subject';
import { originOf, textOf } from './documentText';
import type { Span } from './trackedText';

/** A text, or a pair of them, with its place in a document: ready to become a subject. */
export type TextInDocument = Pick<Subject, 'text' | 'place' | 'pair' | 'origin'>;

/** What stands in one range, or in the two ranges of a pair, the first of them to be read first. */
export function textIn(
  document: vscode.TextDocument,
  [first, second]: readonly Span[],
): TextInDocument | null {
  if (first === undefined) return null;
  const { text, place } = passageIn(document, first);
  const pair = second === undefined ? null : passageIn(document, second);
  return { text, place, pair, origin: originOf(document, place.line, pair?.place.line ?? null) };
}

function passageIn(document: vscode.TextDocument, [start, end]: Span) {
  const { line, character } = document.positionAt(start);
  const place = { uri: document.uri.toString(), line, character };
  return { text: textOf(document).slice(start, end), place };
}
