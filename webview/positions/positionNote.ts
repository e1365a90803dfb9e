/** Under the text, where other models have a strip: where positions act that are not added to tokens. */
import type { Translate } from '../../src/language/translate';
import type { View } from '../inspector/view';
import { element, setText, show } from '../parts/element';
import { whereTheyAct } from './positionKind';

export class PositionNote {
  readonly root = element('p', { class: 'hint position-note' });

  constructor(
    /** The lines of chips, which have no strips then. */
    private readonly lines: readonly HTMLElement[],
    private readonly t: Translate,
  ) {}

  update({ snapshot }: View): void {
    const { plan } = snapshot;
    const words = plan === null ? null : whereTheyAct(plan.model.positionKind, this.t);
    setText(this.root, words ?? '');
    show(this.root, words !== null);
    for (const line of this.lines) line.classList.toggle('without-strips', words !== null);
  }
}
