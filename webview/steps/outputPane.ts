/** The heads' z side by side, times W_O: what this head gives, and what all of them do. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { Commands } from '../inspector/view';
import { element } from '../parts/element';
import { StepPane } from './stepPane';
import type { OpenNumber, Shown } from './shown';
import { StripGroup } from './stripGroup';

export class OutputPane {
  readonly root: HTMLElement;
  private readonly pane: StepPane;
  private readonly strips: StripGroup;

  constructor(
    private readonly t: Translate,
    commands: Commands,
    open: OpenNumber,
  ) {
    this.strips = new StripGroup(t, t('z and output as a table'), open);
    const heads = element(
      'button',
      {
        class: 'link',
        attributes: { type: 'button' },
        on: { click: () => commands.navigate({ view: 'heads' }) },
      },
      t('What each head adds: the Heads view'),
    );
    this.pane = new StepPane(t, 6, this.strips.root, heads);
    this.root = this.pane.root;
  }

  update(shown: Shown): void {
    const { t } = this;
    const { steps, asked, view } = shown;
    const [heads = 0, width = 0] = steps.heads.shape;
    const norms = numbersOf(steps.shareNorms);
    this.pane.update({
      title: t('All heads side by side, times W_O'),
      formulas: ['headSum'],
      words: t(
        'The {heads} heads’ z, one after the other, are multiplied by W_O. Head {head} (framed) meets its own {width} rows of it; its vector has length {norm}, the whole output {all}.',
        {
          heads,
          head: asked.head,
          width,
          norm: fourDecimals(norms[asked.head] ?? 0),
          all: fourDecimals(steps.outputNorm),
        },
      ),
      difference: steps.differences.output,
    });
    this.strips.update(
      [
        {
          name: t('z, all heads'),
          title: t('z of all heads, side by side'),
          values: numbersOf(steps.heads),
          number: null,
          frame: [asked.head * width, (asked.head + 1) * width],
        },
        {
          name: t('head {head}', { head: asked.head }),
          title: t('z · W_O of this head'),
          values: numbersOf(steps.share),
          number: 'share',
        },
        {
          name: t('output'),
          title: t('What attention adds: all heads’ shares and the bias'),
          values: numbersOf(steps.output),
          number: 'output',
        },
      ],
      view.theme,
      shown.stamp,
    );
  }
}
