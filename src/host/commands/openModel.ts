import * as vscode from 'vscode';
import { Failure } from '../../failure/failure';
import type { FolderLook } from '../models/folderLook';
import type { ModelOpener } from '../models/modelOpener';
import { modelTarget } from '../models/modelTarget';
import { askForModel } from '../models/vscodeOpen';
import { t } from '../words';

/** What opening a model from a menu, the palette or a list needs. */
export interface OpenModelServices {
  readonly opener: Pick<ModelOpener, 'open'>;
  readonly look: FolderLook;
  /** Tells what went wrong with what can be done about it. The words of what the person chose, if anything. */
  readonly failed: (thrown: unknown, ...actions: readonly string[]) => Promise<string | undefined>;
}

/** Places whose files the extension's machine has: of a remote window these are remote. */
const HERE = new Set(['file', 'vscode-remote']);

/** What the explorer's menu gives, and asks for nothing then; else the folder that the person chooses. */
export async function openModel(services: OpenModelServices, given?: unknown): Promise<void> {
  const uri = given instanceof vscode.Uri ? given : await askForModel();
  if (uri === undefined) return;
  await orOther(services, async () => {
    if (!HERE.has(uri.scheme)) throw new Failure('open.elsewhere', { place: uri.toString(true) });
    await services.opener.open(modelTarget(services.look, uri.fsPath));
  });
}

/** A folder that a list of models names. */
export const openListedModel = (services: OpenModelServices, folder: string): Promise<void> =>
  orOther(services, async () => void (await services.opener.open(folder)));

/** If it cannot be opened, the person hears why and can go on from there. */
async function orOther(services: OpenModelServices, open: () => Promise<void>): Promise<void> {
  try {
    await open();
  } catch (thrown) {
    // Nobody waits for the answer: a command that hangs on a message would keep its menu busy.
    void offerOther(services, thrown);
  }
}

async function offerOther(services: OpenModelServices, thrown: unknown): Promise<void> {
  const another = t('Open Another…');
  const show = t('Show Models');
  const chosen = await services.failed(thrown, another, show);
  if (chosen === another) await vscode.commands.executeCommand('headlight.openModel');
  if (chosen === show) await vscode.commands.executeCommand('headlight.models.focus');
}
