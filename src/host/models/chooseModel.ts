import path from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../../failure/failure';
import type { DocumentLinks } from '../editor/documentLinks';
import type { Inspections } from '../inspection/inspections';
import { chooseDefaultModel } from '../settings';
import { t } from '../words';
import type { ChosenFolders } from './chosenFolders';
import type { ChosenLanguage } from './chosenLanguage';
import type { ModelFacts } from './modelFacts';
import type { Models } from './models';
import type { ModelSource } from './modelSource';

/** What choosing a model takes. */
export interface ModelChoice {
  readonly models: Models;
  readonly facts: ModelFacts;
  readonly folders: ChosenFolders;
  readonly language: ChosenLanguage;
  readonly inspections: Inspections;
  readonly links: DocumentLinks;
}

/** Asks for a folder and uses the model in it. @throws Failure `checkpoint.*` if there is none in it */
export async function chooseModelFolder(choice: ModelChoice): Promise<void> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      title: t('Choose the folder that holds config.json and model.safetensors'),
      openLabel: t('Use This Model'),
    })) ?? [];
  if (folder === undefined) return;
  const failure = await choice.facts.look(folder.fsPath);
  if (failure !== null) throw new Failure(failure.code, failure.args);
  await useModel(choice, folder.fsPath);
}

/** Takes a model for all that is inspected from now on, and for the current text at once. */
export async function useModel(choice: ModelChoice, folder: string): Promise<void> {
  const { models, folders, inspections } = choice;
  const absolute = path.resolve(folder);
  const before = models.chosen.folder;
  for (const one of [before, absolute])
    if (one !== models.builtIn.folder) await folders.remember(one);
  if (absolute !== before)
    await chooseDefaultModel(absolute === models.builtIn.folder ? null : absolute);
  models.refresh();
  const { current } = inspections;
  if (current !== null && current.subject.model.folder !== absolute)
    readWith(choice, models.inFolder(absolute), current.key);
}

/** Takes a folder out of the list; its files stay where they are. */
export async function forgetModel({ models, folders }: ModelChoice, folder: string): Promise<void> {
  await folders.forget(folder);
  models.refresh();
}

/** Runs a text with another model, as it stands in its document now. */
function readWith(
  { inspections, links, language }: ModelChoice,
  model: ModelSource,
  key: number,
): void {
  const now = inspections.get(key)?.link === 'stale' ? links.textNow(key) : null;
  inspections.rerun(key, { ...now, model, language: language.for(model) });
}
