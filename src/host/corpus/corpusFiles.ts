/** Files of sentences, wherever VS Code's file systems have them. */
import * as vscode from 'vscode';
import { Failure } from '../../failure/failure';
import { openDocument } from '../editor/documentText';
import { t } from '../words';
import type { NamedFile } from './corpusPlan';
import { checkSize, decodeCorpus, type NamedText } from './corpusText';

export const namedFile = (uri: vscode.Uri): NamedFile => ({
  uri,
  name: uri.path.split('/').at(-1) ?? uri.path,
});

/** The folder that a file lies in, which may be written to. @throws Failure `corpus.unsaved` */
export function folderOf({ uri, name }: NamedFile): vscode.Uri {
  // An untitled document, a notebook's cell, what an extension only shows.
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true)
    throw new Failure('corpus.unsaved', { file: name });
  return vscode.Uri.joinPath(uri, '..');
}

/**
 * What stands in a file now: in its editor, where it is open, edits that are not saved included.
 * @throws Failure `corpus.unreadable`, `corpus.tooLarge`, `corpus.notUtf8`
 */
export async function readCorpus({ uri, name }: NamedFile): Promise<NamedText> {
  const document = openDocument(uri.toString());
  if (document?.isDirty === true) return { name, text: document.getText() };
  return { name, text: decodeCorpus(name, await bytesOf(uri, name)) };
}

async function bytesOf(uri: vscode.Uri, file: string): Promise<Uint8Array> {
  try {
    // Asked before reading: a pipe would be read for ever, and a file may be of any size.
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0) throw new Error(t('It is no file.'));
    checkSize(file, size);
    return await vscode.workspace.fs.readFile(uri);
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new Failure('corpus.unreadable', { file, reason });
  }
}

/** Names of what lies in a folder. @throws Failure `corpus.unreadable` */
export async function namesIn(folder: vscode.Uri): Promise<string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new Failure('corpus.unreadable', { file: namedFile(folder).name, reason });
  }
}
