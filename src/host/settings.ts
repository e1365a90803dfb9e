import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { MOST_THREADS, type BackendChoice, type KernelChoice } from '../protocol/engineOptions';
import type { PreviewChoice } from '../protocol/preview';
import type { ColourScaleChoice } from '../protocol/readerState';
import type { EnginePlace } from './engine/enginePlace';

/** Where the engine shall run. */
export const enginePlace = (): EnginePlace =>
  choice<EnginePlace>('engine.process', ['thread', 'child'], 'auto');

/** What the engine shall compute with. */
export const engineBackend = (): BackendChoice =>
  choice<BackendChoice>('engine.backend', ['wasm', 'cpu'], 'auto');

/** Whose kernels it shall compute with. */
export const engineKernels = (): KernelChoice =>
  choice<KernelChoice>('engine.kernels', ['stock'], 'own');

/** How many threads shall compute; 0: as fits the machine and what the reader does. */
export function engineThreads(): number {
  const value = read('engine.threads');
  return typeof value === 'number' && value > 0 ? Math.min(Math.floor(value), MOST_THREADS) : 0;
}

/** As in package.json; settings.json may hold more than any machine has, which no engine understands. */
const MOST_MEGABYTES = 16_384;

/** Whether 8-bit weights may read a text first. */
export const preview = (): PreviewChoice => choice<PreviewChoice>('preview', ['int8'], 'off');

/** Megabytes that traces may hold; null: as fits the machine. */
export function memoryBudgetMegabytes(): number | null {
  const value = read('memoryBudget');
  return typeof value === 'number' && value > 0 ? Math.min(value, MOST_MEGABYTES) : null;
}

/** What the strongest colour stands for. */
export const colourScale = (): ColourScaleChoice =>
  choice<ColourScaleChoice>('colourScale', ['absolute'], 'relative');

/** Whether tokens of an inspected text have hovers. */
export const hoverEnabled = (): boolean => read('hover.enabled') !== false;

/** Whether an edited text is run again by itself. */
export const automaticRerun = (): boolean => read('automaticRerun') === true;

/** Folder of the model for new inspections; null: the built-in one. */
export function defaultModel(): string | null {
  return folderOf(read('defaultModel'));
}

/** Folders whose models are offered. */
export function modelFolders(): readonly string[] {
  const value = read('modelFolders');
  return Array.isArray(value) ? value.flatMap((one) => folderOf(one) ?? []) : [];
}

/**
 * Sets the folder of the model for new inspections; null: the built-in one. For this reader
 * everywhere, unless the workspace has a setting of its own, which would win.
 */
export async function chooseDefaultModel(folder: string | null): Promise<void> {
  const settings = vscode.workspace.getConfiguration('headlight');
  // Without trust the workspace's own setting counts for nothing, so neither would a new value.
  const { isTrusted } = vscode.workspace;
  const ofWorkspace = isTrusted && settings.inspect('defaultModel')?.workspaceValue !== undefined;
  const { Global, Workspace } = vscode.ConfigurationTarget;
  // In a workspace with its own model, “built-in” must be said; elsewhere it is what no setting means.
  const value = folder ?? (ofWorkspace ? '' : undefined);
  await settings.update('defaultModel', value, ofWorkspace ? Workspace : Global);
}

/** Tells when one of Headlight's settings changed. */
export const onSettingsChange = (changed: () => void): vscode.Disposable =>
  vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('headlight')) changed();
  });

const read = (name: string): unknown =>
  vscode.workspace.getConfiguration('headlight').get<unknown>(name);

/** A folder as people write it, `~` for their home; null: none. settings.json may hold anything. */
function folderOf(value: unknown): string | null {
  const folder = typeof value === 'string' ? value.trim() : '';
  if (folder === '') return null;
  return /^~(?=$|[\\/])/.test(folder) ? path.join(os.homedir(), folder.slice(1)) : folder;
}

/** One of a few words. settings.json may hold anything; what is unknown counts as not set. */
function choice<T extends string>(name: string, choices: readonly T[], otherwise: T): T {
  const value = read(name);
  return choices.find((one) => one === value) ?? otherwise;
}
