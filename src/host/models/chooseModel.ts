import * as vscode from 'vscode';
import { DisposableStore } from '../disposables';
import { t } from '../words';
import { modelChoices, type ChoosableModel, type ModelChoice } from './modelChoices';

/** What the list of models needs. */
export interface ModelPickServices {
  /** What is known now. */
  models(): readonly ChoosableModel[];
  /** Looks at the folders again. */
  refresh(): Promise<void>;
  /** Tells when more is known. */
  onChange(listener: () => void): { dispose(): void };
  forget(folder: string): Promise<void>;
}

/** What was chosen: a folder, or to look for another. */
export type PickedModel = { readonly folder: string } | 'another';

interface ModelItem extends vscode.QuickPickItem {
  readonly choice?: PickedModel;
  readonly chosen?: boolean;
}

/**
 * Offers all models in VS Code's list. Undefined: the person thought better of it.
 * @param purpose what the model is for
 */
export function pickModel(
  services: ModelPickServices,
  purpose = t('The model that reads what you inspect from now on'),
): Promise<PickedModel | undefined> {
  const store = new DisposableStore();
  const pick = store.add(vscode.window.createQuickPick<ModelItem>());
  pick.title = t('Choose a Model');
  pick.placeholder = purpose;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  const show = (): void => {
    const before = pick.activeItems[0]?.choice;
    pick.items = items(services.models());
    const active = pick.items.find((item) =>
      before === undefined ? item.chosen === true : same(item.choice, before),
    );
    if (active !== undefined) pick.activeItems = [active];
  };
  show();
  store.add(services.onChange(show));
  pick.busy = true;
  void services.refresh().finally(() => (pick.busy = false));
  return new Promise((resolve) => {
    store.add(
      pick.onDidAccept(() => {
        resolve(pick.selectedItems[0]?.choice);
        pick.hide();
      }),
    );
    store.add(
      pick.onDidTriggerItemButton(({ item: { choice } }) => {
        if (typeof choice === 'object') void services.forget(choice.folder);
      }),
    );
    store.add(
      pick.onDidHide(() => {
        resolve(undefined);
        store.dispose();
      }),
    );
    pick.show();
  });
}

function items(models: readonly ChoosableModel[]): ModelItem[] {
  const groups = modelChoices(models, vscode.env.language, t).flatMap(({ title, choices }) => [
    { label: title, kind: vscode.QuickPickItemKind.Separator },
    ...choices.map((line) => itemOf(line)),
  ]);
  return [
    ...groups,
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: `$(folder-opened) ${t('Open Model…')}`, alwaysShow: true, choice: 'another' },
  ];
}

function itemOf(line: ModelChoice): ModelItem {
  const { folder, label, description, detail, chosen, forgettable } = line;
  const forget = { iconPath: new vscode.ThemeIcon('close'), tooltip: t('Remove from List') };
  return {
    ...{ label, description, detail, chosen, choice: { folder } },
    ...(forgettable && { buttons: [forget] }),
  };
}

const same = (one: PickedModel | undefined, other: PickedModel): boolean =>
  typeof one === 'object' && typeof other === 'object'
    ? one.folder === other.folder
    : one === other;
