import * as vscode from 'vscode';
import type { Place } from '../inspection/subject';
import { mayOpen } from '../links/mayOpen';
import { openDocument } from './documentText';

/** The document of a place, opened if it is closed. Undefined: it is not to be had, or not for a link. */
export async function openPlace({ uri }: Place): Promise<vscode.TextDocument | undefined> {
  const open = openDocument(uri);
  if (open !== undefined) return open;
  const { workspace } = vscode;
  try {
    const address = vscode.Uri.parse(uri, true);
    if (!mayOpen(address, workspace.getWorkspaceFolder(address) !== undefined)) return undefined;
    // A pipe or a device would be read for ever.
    const { type } = await workspace.fs.stat(address);
    return type & vscode.FileType.File ? await workspace.openTextDocument(address) : undefined;
  } catch {
    // It is gone, holds no text, or lies on another machine.
    return undefined;
  }
}
