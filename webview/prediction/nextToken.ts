/** What a decoder would write after the chosen token, and what does stand there. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { readCount, tokensOf } from '../../src/navigation/traceState';
import { chosenToken, entryOfToken } from '../inspector/tokenEntries';
import type { Commands, View } from '../inspector/view';
import { element, setText, show } from '../parts/element';
import { labelsOf } from '../parts/labels';
import { AskedCandidates } from './askedCandidates';
import { CandidateList } from './candidateList';
import type { PredictionOf, TaskPart } from './predictionPanel';

export class NextToken implements TaskPart<'nextToken'> {
  readonly root: HTMLElement;
  private readonly title = element('h3', { class: 'small-title' });
  private readonly actual = element('p', { class: 'hint' });
  private readonly atEnd: HTMLButtonElement;
  private readonly list: CandidateList;
  private readonly asked: AskedCandidates;
  private last: { prediction: PredictionOf<'nextToken'>; view: View } | null = null;

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    this.list = new CandidateList(t);
    this.asked = new AskedCandidates(commands.ask, () => {
      if (this.last !== null) this.update(this.last.prediction, this.last.view);
    });
    this.atEnd = element(
      'button',
      {
        class: 'small',
        attributes: { type: 'button' },
        on: {
          click: () => {
            if (this.last === null) return;
            const { view } = this.last;
            const index = readCount(view.snapshot, 'source') - 1;
            commands.choose(entryOfToken(view, { side: 'source', index }), true);
          },
        },
      },
      t('What comes after the text?'),
    );
    this.root = element(
      'section',
      { class: 'card' },
      element('div', { class: 'prediction-head' }, this.title, this.atEnd),
      this.actual,
      this.list.root,
      element(
        'p',
        { class: 'hint' },
        t('Choose another token above to see what the model expects after it.'),
      ),
    );
  }

  update(prediction: PredictionOf<'nextToken'>, view: View): void {
    this.last = { prediction, view };
    const { t } = this;
    const { snapshot } = view;
    this.asked.follow(snapshot.trace);
    const labels = labelsOf(tokensOf(snapshot, 'source'));
    const chosen = chosenToken(view);
    // Of what it wrote itself the model has not read the last token.
    const end = readCount(snapshot, 'source') - 1;
    const index = chosen?.side === 'source' ? Math.min(chosen.index, end) : end;
    const asked = this.asked.at(index);
    show(this.atEnd, index !== end);
    setText(
      this.title,
      t('After “{token}” at position {position}', { token: labels[index] ?? '', position: index }),
    );
    const actual = asked.answer?.actual ?? null;
    show(this.actual, asked.answer !== null);
    setText(
      this.actual,
      actual === null
        ? t('The text ends here: this is what would come next.')
        : t('What does follow: “{token}”, with probability {value}', {
            token: labels[index + 1] ?? actual.label,
            value: fourDecimals(actual.probability),
          }),
    );
    this.list.update(asked, true);
  }
}
