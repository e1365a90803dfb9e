/** What is read: the vector of the query's token, and that of the key's. */
import type { Translate } from '../../src/language/translate';
import { numbersOf } from '../../src/protocol/wireTensor';
import { StepPane } from './stepPane';
import type { OpenNumber, Shown } from './shown';
import { StripGroup, type Strip } from './stripGroup';

export class ReadPane {
  readonly root: HTMLElement;
  private readonly pane: StepPane;
  private readonly strips: StripGroup;

  constructor(
    private readonly t: Translate,
    open: OpenNumber,
  ) {
    this.strips = new StripGroup(t, t('What is read, as a table'), open);
    this.pane = new StepPane(t, 1, this.strips.root);
    this.root = this.pane.root;
  }

  update(shown: Shown): void {
    const { t } = this;
    const { asked, steps, query, key, model, view } = shown;
    const cross = asked.stack === 'cross';
    const normed = steps.beforeNorm !== null;
    this.pane.update({
      title: t('What is read'),
      formulas: [],
      words: cross
        ? t(
            'The query is made of the decoder’s vector x of “{query}”; keys and values are made of the encoder’s output m, here of “{key}”. Each has d_model = {width} numbers.',
            { query, key, width: model.dModel },
          )
        : normed
          ? t(
              'This model normalises first: x is the norm of the stream. Each token’s x has d_model = {width} numbers.',
              { width: model.dModel },
            )
          : asked.layer === 0
            ? t(
                'Before the first layer each token’s vector x is its embedding: d_model = {width} numbers.',
                { width: model.dModel },
              )
            : t(
                'Each token’s vector x has d_model = {width} numbers, as the layer before left it.',
                {
                  width: model.dModel,
                },
              ),
      difference: null,
    });
    const strip = (name: string, title: string, values: Float32Array): Strip => ({
      name,
      title,
      values,
      number: null,
    });
    // A token that looks at itself is read once.
    const same = !cross && asked.query === steps.key;
    this.strips.update(
      [
        ...(steps.beforeNorm === null
          ? []
          : [
              strip(
                t('stream “{token}”', { token: query }),
                t('The stream of “{token}”, before the norm', { token: query }),
                numbersOf(steps.beforeNorm),
              ),
            ]),
        strip(
          `x “${query}”`,
          t('x of “{token}”, which W_Q reads', { token: query }),
          numbersOf(steps.x),
        ),
        ...(same
          ? []
          : [
              strip(
                cross ? `m “${key}”` : `x “${key}”`,
                cross
                  ? t('The encoder’s output m of “{token}”, which W_K and W_V read', { token: key })
                  : t('x of “{token}”, which W_K and W_V read', { token: key }),
                numbersOf(steps.memory),
              ),
            ]),
      ],
      view.theme,
      shown.stamp,
    );
  }
}
