// For `npm start` only: shows the sample with a lit panel by doing what a reader would do, so that
// the product holds nothing for the sake of a demonstration.
'use strict';
const vscode = require('vscode');

exports.activate = async () => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) return;
  const file = vscode.Uri.joinPath(folder.uri, 'english.txt');
  const editor = await vscode.window.showTextDocument(file, { preview: false });
  const [sentence] = /^.*animal.*$/m.exec(editor.document.getText()) ?? [];
  if (sentence === undefined) return;
  const start = editor.document.positionAt(editor.document.getText().indexOf(sentence));
  editor.selection = new vscode.Selection(start, start.translate(0, sentence.length));
  await vscode.commands.executeCommand('headlight.inspectSelection');
};
