import * as vscode from 'vscode';
import type { FolderLook } from './folderLook';

/** The file systems of this VS Code. */
export const vscodeFolders: FolderLook = {
  async files(folder) {
    const entries = await entriesOf(folder);
    return entries && namesOf(entries, vscode.FileType.File);
  },
  async folders(folder) {
    return namesOf((await entriesOf(folder)) ?? [], vscode.FileType.Directory);
  },
  async size(folder, file) {
    return (await vscode.workspace.fs.stat(uriOf(folder, file))).size;
  },
  async text(folder, file, limit) {
    try {
      const uri = uriOf(folder, file);
      // Asked before reading: what is called config.json may be of any size.
      if ((await vscode.workspace.fs.stat(uri)).size > limit) return null;
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    } catch {
      return null;
    }
  },
};

const uriOf = (folder: string, file: string): vscode.Uri =>
  vscode.Uri.joinPath(vscode.Uri.file(folder), file);

/** Null: not there, no folder, or not for us to see: one thing to a reader, who chooses another. */
async function entriesOf(folder: string): Promise<[string, vscode.FileType][] | null> {
  const uri = vscode.Uri.file(folder);
  try {
    // Asked before reading: VS Code writes into its log that a file cannot be listed.
    const { type } = await vscode.workspace.fs.stat(uri);
    return type & vscode.FileType.Directory ? await vscode.workspace.fs.readDirectory(uri) : null;
  } catch {
    return null;
  }
}

const namesOf = (
  entries: readonly (readonly [string, vscode.FileType])[],
  wanted: vscode.FileType,
): string[] => entries.flatMap(([name, type]) => (type & wanted ? [name] : []));
