import * as vscode from 'vscode';
import type { BackendChoice } from '../protocol/engineOptions';
import type { EnginePlace } from './engine/enginePlace';

/** Where the engine shall run. */
export const enginePlace = (): EnginePlace =>
  choice<EnginePlace>('engine.process', ['thread', 'child'], 'auto');

/** What the engine shall compute with. */
export const engineBackend = (): BackendChoice =>
  choice<BackendChoice>('engine.backend', ['wasm', 'cpu'], 'auto');

/** One of a few words. settings.json may hold anything; what is unknown counts as not set. */
function choice<T extends string>(name: string, choices: readonly T[], otherwise: T): T {
  const value = vscode.workspace.getConfiguration('headlight').get<unknown>(name);
  return choices.find((one) => one === value) ?? otherwise;
}
