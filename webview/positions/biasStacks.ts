/** Which stack's bias is shown, where a model has two. */
import type { Translate } from '../../src/language/translate';
import { stackName } from '../../src/navigation/names';
import { stacksOf } from '../../src/protocol/stacks';
import type { Commands, View } from '../inspector/view';
import { element, setAttribute, setText, show } from '../parts/element';
import type { BiasStack } from './biasSight';

const STACKS: readonly BiasStack[] = ['encoder', 'decoder'];

export class BiasStacks {
  readonly root: HTMLElement;
  private readonly buttons: readonly HTMLButtonElement[];
  private readonly note = element('span', { class: 'hint' });

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    this.buttons = STACKS.map((stack) =>
      element(
        'button',
        {
          class: 'segment',
          attributes: { type: 'button' },
          on: { click: () => commands.navigate({ stack }) },
        },
        stackName(stack, t),
      ),
    );
    this.root = element(
      'div',
      { class: 'bias-stacks' },
      element(
        'span',
        { class: 'segments', attributes: { role: 'group', 'aria-label': t('Bias of') } },
        ...this.buttons,
      ),
      this.note,
    );
  }

  update({ snapshot, navigation }: View, shown: BiasStack): void {
    const stacks = stacksOf(snapshot.plan?.model.architecture ?? 'encoderDecoder');
    show(this.root, stacks.length > 1);
    this.buttons.forEach((button, i) =>
      setAttribute(button, 'aria-pressed', String(STACKS[i] === shown)),
    );
    setText(
      this.note,
      navigation.stack === 'cross'
        ? this.t('Cross-attention knows no distances; this is the decoder’s.')
        : '',
    );
  }
}
