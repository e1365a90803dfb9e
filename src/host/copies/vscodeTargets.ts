import * as vscode from 'vscode';
import type { CopyTargets } from './copyOut';

/** The clipboard and the file systems of this VS Code, remote and virtual ones included. */
export const vscodeTargets: CopyTargets = {
  async clipboard(text) {
    await vscode.env.clipboard.writeText(text);
  },
  async save(suggestedName, bytes) {
    const suffix = suggestedName.split('.').at(-1) ?? '';
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const target = await vscode.window.showSaveDialog({
      filters: { [suffix.toUpperCase()]: [suffix] },
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, suggestedName) }),
    });
    if (target === undefined) return null;
    await vscode.workspace.fs.writeFile(target, bytes);
    return target.path.split('/').at(-1) ?? suggestedName;
  },
};
