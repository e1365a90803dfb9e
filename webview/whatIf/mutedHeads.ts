/** Which heads are silent: those of the layer in sight to be switched, all others to be let speak again. */
import type { Translate } from '../../src/language/translate';
import { layerName, shortName } from '../../src/navigation/names';
import { headCount } from '../../src/navigation/traceState';
import { isSameHead, type HeadAddress } from '../../src/protocol/headProfile';
import { element, setAttribute, setText } from '../parts/element';
import type { Situation } from './choices';

export class MutedHeads {
  readonly root: HTMLElement;
  private readonly caption = element('span', { class: 'setting-name' });
  private readonly row: HTMLElement;
  private readonly elsewhere = element('div', { class: 'muted-elsewhere' });
  private readonly buttons: HTMLButtonElement[] = [];
  private heads: readonly HeadAddress[] = [];
  private situation: Situation | null = null;
  private listed = '';

  constructor(
    private readonly t: Translate,
    private readonly choose: (heads: readonly HeadAddress[]) => void,
  ) {
    this.row = element('div', {
      class: 'head-toggles',
      attributes: { role: 'group', 'aria-label': t('Heads to mute') },
    });
    this.root = element('div', { class: 'muted-heads' }, this.caption, this.row, this.elsewhere);
  }

  update(situation: Situation, heads: readonly HeadAddress[]): void {
    this.situation = situation;
    this.heads = heads;
    const { place, plan } = situation;
    const { stack, layer } = place;
    setText(this.caption, this.t('Heads of {layer}', { layer: layerName(stack, layer) }));
    const count = headCount(plan, stack);
    while (this.buttons.length < count) this.buttons.push(this.button(this.buttons.length));
    // Made anew they would lose the keyboard.
    if (this.row.childElementCount !== count)
      this.row.replaceChildren(...this.buttons.slice(0, count));
    for (const [head, button] of this.buttons.entries())
      setAttribute(button, 'aria-pressed', String(this.isMuted({ stack, layer, head })));
    this.showElsewhere(heads.filter((one) => one.stack !== stack || one.layer !== layer));
  }

  private isMuted(head: HeadAddress): boolean {
    return this.heads.some((one) => isSameHead(one, head));
  }

  private button(head: number): HTMLButtonElement {
    return element(
      'button',
      {
        class: 'head-toggle',
        attributes: { type: 'button' },
        on: {
          click: () => {
            if (this.situation === null) return;
            const { stack, layer } = this.situation.place;
            this.toggle({ stack, layer, head });
          },
        },
      },
      `H${head}`,
    );
  }

  private toggle(head: HeadAddress): void {
    const others = this.heads.filter((one) => !isSameHead(one, head));
    this.choose(others.length < this.heads.length ? others : [...others, head]);
  }

  private showElsewhere(heads: readonly HeadAddress[]): void {
    const key = JSON.stringify(heads);
    if (key === this.listed) return;
    this.listed = key;
    this.elsewhere.replaceChildren(
      ...heads.map((head) => {
        const name = shortName(head, this.t);
        return element(
          'button',
          {
            class: 'head-toggle',
            attributes: {
              type: 'button',
              'aria-pressed': 'true',
              title: this.t('Let {name} speak again', { name }),
            },
            on: { click: () => this.toggle(head) },
          },
          name,
        );
      }),
    );
  }
}
