import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { FromPanel, ToPanel } from '../../src/protocol/panelMessages';
import type { Inspection } from '../../src/host/inspection/inspection';
import type { Subject } from '../../src/host/inspection/subject';
import type { Signal } from '../../src/host/signal';
import type { TestApi } from '../../src/host/testApi';

/** This repository: bundles lie in out/test/integration. */
export const root = path.join(__dirname, '..', '..', '..');

/** The running extension, as `activate()` shows it to tests. */
export async function headlight(): Promise<TestApi> {
  const extension = vscode.extensions.getExtension<TestApi>('headlight.headlight');
  assert.ok(extension, 'the extension is not there');
  return extension.activate();
}

/** Opens a file with such a text; nothing is selected. */
export async function openText(
  content: string,
  viewColumn = vscode.ViewColumn.One,
): Promise<vscode.TextEditor> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headlight-text-'));
  const file = path.join(folder, 'text.txt');
  await writeFile(file, content);
  return vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn, preview: false });
}

/** Selects some words of the editor's text. */
export function select(editor: vscode.TextEditor, words: string): void {
  const start = editor.document.getText().indexOf(words);
  assert.ok(start >= 0, `no “${words}” in the document`);
  editor.selection = new vscode.Selection(
    editor.document.positionAt(start),
    editor.document.positionAt(start + words.length),
  );
}

export const inspectSelection = (): Thenable<unknown> =>
  vscode.commands.executeCommand('headlight.inspectSelection');

/** The next thing a signal says that is like that. */
export function next<T, S extends T = T>(
  signal: Signal<T>,
  like: (value: T) => boolean = () => true,
): Promise<S> {
  return new Promise((resolve) => {
    const listener = signal.on((value) => {
      if (!like(value)) return;
      listener.dispose();
      resolve(value as S);
    });
  });
}

/** The next message from the page of that type. */
export const fromPage = <T extends FromPanel['type']>(
  api: TestApi,
  type: T,
): Promise<Extract<FromPanel, { type: T }>> =>
  next(api.fromPage, (message) => message.type === type);

/** Inspects the selection, and waits until its page has been welcomed: from then on it gets news. */
export async function inspectOnPage(api: TestApi): Promise<void> {
  const welcome = toPage(api, 'welcome');
  await inspectSelection();
  await welcome;
}

/** The next message to the page of that type. */
export const toPage = <T extends ToPanel['type']>(
  api: TestApi,
  type: T,
  like: (message: Extract<ToPanel, { type: T }>) => boolean = () => true,
): Promise<Extract<ToPanel, { type: T }>> =>
  next(
    api.toPage,
    (message) => message.type === type && like(message as Extract<ToPanel, { type: T }>),
  );

export const isOver = ({ snapshot }: Inspection): boolean => snapshot.outcome !== null;
export const hasPlan = ({ snapshot }: Inspection): boolean => snapshot.plan !== null;
export const hasLayers =
  (count: number) =>
  ({ snapshot }: Inspection): boolean =>
    snapshot.layers.length >= count;

/** A text for the built-in model. */
export const builtInSubject = (api: TestApi, text: string, language = 'fra'): Subject => ({
  text,
  place: null,
  pair: null,
  origin: 'test',
  model: api.builtIn,
  language,
  writing: null,
});

/** A text for a model in some folder. */
export const subjectFor = (folder: string, text: string): Subject => ({
  text,
  place: null,
  pair: null,
  origin: 'test',
  model: { folder, trainedTokens: null, language: null },
  language: null,
  writing: null,
});

/** Tensors alive that are no weights, nor kept for the next text: none between runs. */
export async function looseTensors(api: TestApi): Promise<number> {
  const memory = await api.memory();
  assert.ok(memory, 'there is no engine');
  return memory.tensors - memory.weights - memory.kept;
}

/** Every test begins with a closed panel, closed editors, nothing inspected and no engine. */
export async function startOver(api: TestApi): Promise<void> {
  api.reader.unpin();
  api.panel.close();
  for (const { key } of api.inspections.all()) api.inspections.drop(key);
  api.stopEngine();
  api.switches.place = null;
  api.switches.copyTargets = null;
  api.switches.silenceLimitMs = null;
  api.switches.corpusForm = null;
  // Without changes, so that closing asks nothing.
  for (const { document } of vscode.window.visibleTextEditors)
    if (document.isDirty) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Puts the cursor before some words of the editor's text, as a click there does. */
export function placeCursor(editor: vscode.TextEditor, words: string): void {
  const offset = editor.document.getText().indexOf(words);
  assert.ok(offset >= 0, `no “${words}” in the document`);
  const at = editor.document.positionAt(offset);
  editor.selection = new vscode.Selection(at, at);
}

/** Label of the token that the reader stands on. */
export function chosenLabel({ snapshot, navigation: { token } }: Inspection): string | undefined {
  if (token === null || snapshot.plan === null) return undefined;
  const { plan, written } = snapshot;
  const target = [...plan.target, ...written.map((one) => one.token)];
  return (token.side === 'source' ? plan.source : target)[token.index]?.label.trim();
}

/** Inspects some words of an editor and waits for the end of the run. */
export async function inspectWords(
  api: TestApi,
  editor: vscode.TextEditor,
  words: string,
): Promise<Inspection> {
  select(editor, words);
  await inspectSelection();
  return api.waitFor((now) => now.subject.text === words && isOver(now));
}

/** Resolves once something is so that tells nobody: looks again after everything else that is due. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
