import * as vscode from 'vscode';
import { chooseOrder, smallestFirst, type HeadOrder } from '../heads/headOrder';
import { measuresOf, measureWords } from '../heads/measures';
import type { Architecture } from '../../protocol/trace';
import { t } from '../words';

interface OrderItem extends vscode.QuickPickItem {
  readonly order: HeadOrder;
}

/**
 * *Sort by…*: every order that fits the model, with what it means. Choosing the one that is there
 * turns it round.
 */
export async function sortHeads(view: {
  readonly order: HeadOrder;
  readonly architecture: Architecture;
  sort(order: HeadOrder): void;
}): Promise<void> {
  const byLayer = itemOf(view.order, 'layer', t('Layer'), t('As the model is built.'));
  const byMeasure = measuresOf(view.architecture).map((measure) => {
    const { name, definition } = measureWords(measure, t);
    return itemOf(view.order, measure, name, definition);
  });
  const chosen = await vscode.window.showQuickPick([byLayer, ...byMeasure], {
    title: t('Sort Heads by'),
    placeHolder: t('What the heads do on this text, strongest first'),
    matchOnDetail: true,
  });
  if (chosen !== undefined) view.sort(chosen.order);
}

function itemOf(now: HeadOrder, by: HeadOrder['by'], name: string, detail: string): OrderItem {
  const order = chooseOrder(now, by);
  const turn = smallestFirst(order)
    ? t('choose again for smallest first')
    : t('choose again for largest first');
  return {
    order,
    label: by === now.by ? `$(check) ${name}` : name,
    detail,
    ...(by === now.by && by !== 'layer' ? { description: turn } : {}),
  };
}
