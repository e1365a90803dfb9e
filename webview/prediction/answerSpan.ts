/** The passages that answer a question best, and where answers begin and end. */
import type { Translate } from '../../src/language/translate';
import { visibleText } from '../../src/navigation/labels';
import { fourDecimals } from '../../src/navigation/names';
import { entryOfToken } from '../inspector/tokenEntries';
import type { Commands, View } from '../inspector/view';
import { DataTable } from '../parts/dataTable';
import { element, setText, show } from '../parts/element';
import type { PredictionOf, TaskPart } from './predictionPanel';
import { SpanEnds } from './spanEnds';

export class AnswerSpan implements TaskPart<'answerSpan'> {
  readonly root: HTMLElement;
  private readonly howTo: HTMLElement;
  private readonly result = element('h3', { class: 'small-title', attributes: { dir: 'auto' } });
  private readonly table: DataTable;
  private readonly answers: HTMLElement;
  private readonly ends: SpanEnds;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.howTo = element(
      'p',
      { class: 'hint' },
      t(
        'This model looks for the answer to a question in a passage. Select the question, then add the passage as a second selection (hold the key for several cursors, as a rule Alt), and inspect again.',
      ),
    );
    this.table = new DataTable(t('Best answers'));
    this.answers = element('section', { class: 'card' }, this.result, this.table.root);
    this.ends = new SpanEnds(t, commands);
    this.root = element('div', { class: 'prediction' }, this.howTo, this.answers, this.ends.root);
  }

  update(prediction: PredictionOf<'answerSpan'>, view: View): void {
    const { t } = this;
    const { snapshot, navigation } = view;
    const { answers } = prediction;
    show(this.howTo, snapshot.plan?.pair === null);
    setText(
      this.result,
      answers[0] === undefined
        ? t('No answer in the passage')
        : t('Answer: {text}', { text: visibleText(answers[0].text) }),
    );
    show(this.answers, answers.length > 0 || snapshot.plan?.pair !== null);
    show(this.table.root, answers.length > 0);
    this.table.update(`${snapshot.trace}/${navigation.unit}`, () => ({
      columns: [
        { name: t('Answer'), kind: 'header' },
        { name: t('Positions'), kind: 'number' },
        {
          name: t('Probability'),
          kind: 'bar',
          title: t('Of its first token to begin × of its last to end the answer'),
        },
      ],
      rows: answers.map(({ first, last, text, probability }) => ({
        cells: [
          visibleText(text),
          first === last ? String(first) : `${first}–${last}`,
          { text: fourDecimals(probability), share: probability },
        ],
        go: () => this.commands.choose(entryOfToken(view, { side: 'source', index: first }), true),
      })),
    }));
    this.ends.update(prediction, view);
  }
}
