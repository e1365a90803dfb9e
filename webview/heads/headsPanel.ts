import type { Translate } from '../../src/language/translate';
import type { Commands, Part, View } from '../inspector/view';
import { element } from '../parts/element';

export class HeadsPanel implements Part {
  readonly root = element('div', { class: 'heads-panel' });

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {}

  update(_view: View): void {}
}
