import * as vscode from 'vscode';
import { Failure } from '../../failure/failure';
import { whyNoRow } from '../../navigation/whyNoRow';
import { DisposableStore } from '../disposables';
import { headOffers, matches, type HeadOffer } from '../heads/headChoices';
import { isSameMatrix, type MatrixChoice } from '../heads/headNodes';
import type { HeadProfiles } from '../heads/headProfiles';
import type { Inspections } from '../inspection/inspections';
import type { Reader } from '../inspection/reader';
import { t } from '../words';

interface HeadItem extends vscode.QuickPickItem {
  readonly matrix?: MatrixChoice;
}

/**
 * *Go to Head…*: a list of all heads with what each does. Every view follows as the reader moves
 * through it; Escape leads back to where the reader was.
 */
export function goToHead(inspections: Inspections, reader: Reader, profiles: HeadProfiles): void {
  const { current } = inspections;
  if (current === null) throw new Failure('trace.gone');
  const { plan } = current.snapshot;
  if (plan === null) {
    const { code, args } = whyNoRow(current.navigation, current.snapshot);
    throw new Failure(code, args);
  }
  const store = new DisposableStore();
  store.add(profiles.need());
  const pick = store.add(vscode.window.createQuickPick<HeadItem>());
  pick.title = t('Go to Head');
  pick.placeholder = t('Type a name like e2h5, a layer, or what the head does, like previous');
  let offers = headOffers(plan, profiles.heads, t);
  const list = (): void => {
    const items = itemsOf(offers.filter((offer) => matches(offer, pick.value)));
    const [active] = pick.activeItems;
    pick.items = items;
    const again = items.find(
      ({ matrix }) => matrix && isSameMatrix(matrix, active?.matrix ?? start),
    );
    if (pick.value === '' && again !== undefined) pick.activeItems = [again];
  };
  const start = current.navigation;
  list();
  store.add(pick.onDidChangeValue(list));
  store.add(
    profiles.changed.on(() => {
      offers = headOffers(plan, profiles.heads, t);
      list();
    }),
  );
  store.add(
    pick.onDidChangeActive(([item]) => {
      if (item?.matrix !== undefined) reader.preview(item.matrix);
    }),
  );
  store.add(
    pick.onDidAccept(() => {
      reader.settlePreview(true);
      pick.hide();
    }),
  );
  store.add(
    pick.onDidHide(() => {
      // After an accepted choice there is nothing left to take back.
      reader.settlePreview(false);
      store.dispose();
    }),
  );
  pick.show();
}

/** With a separator wherever another layer begins. */
function itemsOf(offers: readonly HeadOffer[]): HeadItem[] {
  let group: string | null = null;
  return offers.flatMap((offer) => {
    const separator: HeadItem = { label: offer.group, kind: vscode.QuickPickItemKind.Separator };
    const begins = offer.group !== group;
    ({ group } = offer);
    // Always shown: what fits the typed words was chosen here already.
    const item = {
      label: offer.name,
      description: offer.says,
      matrix: offer.matrix,
      alwaysShow: true,
    };
    return begins ? [separator, item] : [item];
  });
}
