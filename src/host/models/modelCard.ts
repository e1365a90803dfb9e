import * as vscode from 'vscode';
import type { ModelSource } from './modelSource';

/** Shows what the model's makers say of it: how it was trained, on what, and where it fails. */
export async function openModelCard(model: ModelSource): Promise<void> {
  const card = vscode.Uri.joinPath(vscode.Uri.file(model.folder), 'README.md');
  try {
    await vscode.commands.executeCommand('markdown.showPreview', card);
  } catch {
    // The Markdown extension is switched off: the text itself reads well enough.
    await vscode.window.showTextDocument(card, { preview: true });
  }
}
