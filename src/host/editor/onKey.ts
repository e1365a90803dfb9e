import * as vscode from 'vscode';

/** Calls at every change of the text that the reader is in; what programs write elsewhere is not typing. */
export const onKey = (pressed: () => void): vscode.Disposable =>
  vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    const { activeTextEditor } = vscode.window;
    if (contentChanges.length > 0 && document === activeTextEditor?.document) pressed();
  });
