import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { modelName } from '../../protocol/modelName';
import { t } from '../words';
import type { LoadingDisplay } from './modelOpener';
import type { OpenSurroundings } from './openPermission';

/** A whole, in per cent. */
const WHOLE = 100;

/** Whom the workspace belongs to, and the question for a model in one that is not trusted. */
export const vscodeTrust: OpenSurroundings = {
  trusted: () => vscode.workspace.isTrusted,
  workspace: () => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
  real: (folder) => realpath(folder).catch(() => folder),
  async ask(folder) {
    const open = t('Open');
    const answer = await vscode.window.showWarningMessage(
      t('Open the model “{name}” from a workspace that you do not trust?', {
        name: modelName(folder),
      }),
      {
        modal: true,
        detail: t(
          '{folder}\n\nHeadlight reads its files with parsers of its own and runs no code from it. Numbers and names that it shows are what these files say.',
          { folder },
        ),
      },
      open,
    );
    return answer === open;
  },
};

/** A notification with the name, per cents and a way out. */
export const loadingNotification: LoadingDisplay = (name, behindRun, work) =>
  vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: t('Headlight: opening {name}', { name }),
      cancellable: true,
    },
    async (progress, token) => {
      const controller = new AbortController();
      const listener = token.onCancellationRequested(() => controller.abort());
      if (behindRun) progress.report({ message: t('after the inspection that is running') });
      let told = 0;
      const report = (fraction: number): void => {
        const percent = Math.floor(fraction * WHOLE);
        progress.report({
          increment: percent - told,
          message: t('{percent} %', { percent }),
        });
        told = percent;
      };
      try {
        return await work(report, controller);
      } finally {
        listener.dispose();
      }
    },
  );

/** Asks for a model's folder, or for one of its files where the system's dialog can do both. */
export async function askForModel(): Promise<vscode.Uri | undefined> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: true,
      canSelectFolders: true,
      title: t('Choose the folder that holds config.json and model.safetensors'),
      openLabel: t('Open Model'),
    })) ?? [];
  return chosen;
}
