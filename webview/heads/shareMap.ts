/** Direct shares of all heads of a stack as a map: layers down, heads across; a click goes to a head. */
import type { Translate } from '../../src/language/translate';
import { shortName, stackName } from '../../src/navigation/names';
import type { Stack } from '../../src/protocol/address';
import { numbersOf, type WireTensor } from '../../src/protocol/wireTensor';
import { signedFourDecimals } from '../drawing/difference';
import { element, setText } from '../parts/element';
import type { Theme } from '../parts/theme';
import { NamedMap } from '../parts/namedMap';

export class ShareMap {
  readonly root: HTMLElement;
  private readonly map: NamedMap;
  private readonly title = element('h4', { class: 'map-title' });

  constructor(
    id: string,
    private readonly t: Translate,
    private readonly go: (stack: Stack, layer: number, head: number) => void,
  ) {
    this.map = new NamedMap(id);
    this.root = element('div', { class: 'share-map' }, this.title, this.map.root);
  }

  update(
    stack: Stack,
    shares: WireTensor,
    limit: number,
    chosen: { readonly layer: number; readonly head: number } | null,
    theme: Theme,
    key: string,
  ): void {
    const { t } = this;
    const values = numbersOf(shares);
    const [layers = 0, heads = 0] = shares.shape;
    setText(this.title, stackName(stack, t));
    this.map.update(
      Array.from({ length: layers }, (_, layer) => String(layer)),
      {
        columns: heads,
        values: () => values,
        key: `${key}/${stack}`,
        limit,
        low: `−${limit.toPrecision(2)}`,
        high: limit.toPrecision(2),
        note: '',
        name: t('{stack}: direct shares of {layers} layers by {heads} heads', {
          stack: stackName(stack, t),
          layers,
          heads,
        }),
        rest: t('Layers by heads. Enter goes to a head.'),
        describe: (layer, head) =>
          `${shortName({ stack, layer, head }, t)}: ${signedFourDecimals(values[layer * heads + head] ?? Number.NaN)}`,
        chosen: chosen?.layer ?? null,
        ...(chosen === null ? {} : { chosenColumn: chosen.head }),
        pick: (layer, head) => this.go(stack, layer, head),
        ends: [t('head {head}', { head: 0 }), t('head {head}', { head: heads - 1 })],
      },
      theme,
    );
  }
}
