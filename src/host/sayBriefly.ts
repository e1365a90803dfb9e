import * as vscode from 'vscode';

/** How long a short word stays in the status bar: read in passing, gone by itself. */
const WORD_MS = 4000;

/** Tells that something was done that cannot be seen, without asking for a click. */
export function sayBriefly(words: string): void {
  vscode.window.setStatusBarMessage(words, WORD_MS);
}
