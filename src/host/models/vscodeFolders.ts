import * as vscode from 'vscode';
import type { FolderLook } from './modelFiles';

/** The file systems of this VS Code. */
export const vscodeFolders: FolderLook = {
  async files(folder) {
    try {
      const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.file(folder));
      return entries.flatMap(([name, type]) => (type & vscode.FileType.File ? [name] : []));
    } catch {
      // Not there, no folder, or not for us to see: one thing to a reader, who chooses another.
      return null;
    }
  },
  async size(folder, file) {
    const uri = vscode.Uri.joinPath(vscode.Uri.file(folder), file);
    return (await vscode.workspace.fs.stat(uri)).size;
  },
};
