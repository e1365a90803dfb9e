/** What a masked language model would put in place of each mask, or of the chosen token. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { tokensOf } from '../../src/navigation/traceState';
import { chosenToken, entryOfToken } from '../inspector/tokenEntries';
import type { Commands, View } from '../inspector/view';
import { element, setText, show } from '../parts/element';
import { labelsOf } from '../parts/labels';
import { AskedCandidates } from './askedCandidates';
import { CandidateList } from './candidateList';
import { MaskCards } from './maskCards';
import type { PredictionOf, TaskPart } from './predictionPanel';

export class MaskedToken implements TaskPart<'maskedToken'> {
  readonly root: HTMLElement;
  private readonly note = element('p', { class: 'hint' });
  private readonly masks: MaskCards;
  private readonly chosenCard: HTMLElement;
  private readonly title = element('h3', { class: 'small-title' });
  private readonly actual = element('p', { class: 'hint' });
  private readonly list: CandidateList;
  private readonly asked: AskedCandidates;
  private last: { prediction: PredictionOf<'maskedToken'>; view: View } | null = null;

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    this.asked = new AskedCandidates(commands.ask, () => {
      if (this.last !== null) this.update(this.last.prediction, this.last.view);
    });
    this.masks = new MaskCards(t, this.asked, (index) => {
      if (this.last === null) return;
      commands.choose(entryOfToken(this.last.view, { side: 'source', index }), true);
    });
    this.list = new CandidateList(t);
    this.chosenCard = element(
      'section',
      { class: 'card' },
      this.title,
      this.actual,
      this.list.root,
    );
    this.root = element(
      'div',
      { class: 'prediction' },
      this.note,
      this.masks.root,
      this.chosenCard,
    );
  }

  update(prediction: PredictionOf<'maskedToken'>, view: View): void {
    this.last = { prediction, view };
    const { snapshot } = view;
    this.asked.follow(snapshot.trace);
    const labels = labelsOf(tokensOf(snapshot, 'source'));
    const chosen = chosenToken(view);
    const index = chosen?.side === 'source' ? chosen.index : null;
    const shown = this.masks.update(prediction.masks, labels, index);
    this.tellMasks(prediction, view, shown.length);
    const own = index !== null && !shown.includes(index) && labels[index] !== undefined;
    show(this.chosenCard, own);
    if (own) this.showChosen(index, labels[index] ?? '', prediction.masks.includes(index));
  }

  private tellMasks({ masks }: PredictionOf<'maskedToken'>, view: View, shown: number): void {
    const mask = view.snapshot.plan?.model.maskToken ?? null;
    const words = this.wordsOn(masks.length, mask, masks.length - shown);
    setText(this.note, words);
    show(this.note, words !== '');
  }

  private wordsOn(masks: number, mask: string | null, rest: number): string {
    const { t } = this;
    if (masks > 0)
      return rest === 0
        ? ''
        : t('{count} more are masked. Choose one in the text to see its candidates.', {
            count: rest,
          });
    return mask === null
      ? t('This model’s tokenizer has no piece for a token to be guessed.')
      : t(
          'No {mask} in this text. Type {mask} in place of a word and inspect again, and the model guesses that word.',
          { mask },
        );
  }

  private showChosen(index: number, token: string, masked: boolean): void {
    const { t } = this;
    const asked = this.asked.at(index);
    const actual = asked.answer?.actual ?? null;
    setText(
      this.title,
      masked
        ? t('“{token}” at position {position}', { token, position: index })
        : t('What the model would put at position {position}, where it reads “{token}”', {
            token,
            position: index,
          }),
    );
    show(this.actual, !masked && actual !== null);
    setText(
      this.actual,
      actual === null
        ? ''
        : t('What does stand there: “{token}”, with probability {value}', {
            token,
            value: fourDecimals(actual.probability),
          }),
    );
    this.list.update(asked, !masked);
  }
}
