/** Add & norm: what the sub-layer's output is added to, the sum, and its norm where one follows. */
import type { Translate } from '../../src/language/translate';
import { numbersOf, type WireTensor } from '../../src/protocol/wireTensor';
import type { MadeNumber } from '../../src/protocol/studies/madeOf';
import { normFormula } from '../learn/formula/modelFormulas';
import { StepPane } from './stepPane';
import type { OpenNumber, Shown } from './shown';
import { StripGroup, type Strip } from './stripGroup';

export class ResidualPane {
  readonly root: HTMLElement;
  private readonly pane: StepPane;
  private readonly strips: StripGroup;

  constructor(
    private readonly t: Translate,
    open: OpenNumber,
  ) {
    this.strips = new StripGroup(t, t('Add & norm as a table'), open);
    this.pane = new StepPane(t, 7, this.strips.root);
    this.root = this.pane.root;
  }

  update(shown: Shown): void {
    const { t } = this;
    const { steps, model, view, query } = shown;
    const { stream, feedForward, sum, normed } = steps.residual;
    this.pane.update({
      title: t('Add & norm'),
      formulas: [normFormula(model)],
      words: {
        post: t(
          'The output is added to the vector of “{query}” that was read, and the sum is normalised: that is what the next part of the layer reads.',
          { query },
        ),
        pre: t(
          'The output is added to the stream of “{query}”. The sum itself is not normalised: the next part of the layer normalises what it reads.',
          { query },
        ),
        parallel: t(
          'In this model the feed-forward network reads beside attention: both outputs are added to the stream of “{query}” at once.',
          { query },
        ),
      }[model.normPlacement],
      difference: steps.differences.sum,
    });
    const strip = (
      name: string,
      title: string,
      tensor: WireTensor | null,
      number: MadeNumber | null,
    ): Strip[] => (tensor === null ? [] : [{ name, title, values: numbersOf(tensor), number }]);
    this.strips.update(
      [
        ...strip(t('stream'), t('The vector that the output is added to'), stream, null),
        ...strip(t('+ attention'), t('What attention adds'), steps.output, 'output'),
        ...strip(t('+ feed-forward'), t('What the feed-forward network adds'), feedForward, null),
        ...strip(t('= sum'), t('The residual sum'), sum, 'sum'),
        ...strip(t('norm'), t('The sum, normalised'), normed, null),
      ],
      view.theme,
      shown.stamp,
    );
  }
}
