/** One of the two compared views: what it is called, its row in one sentence, its text in colours. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { shortName } from '../../src/navigation/names';
import { chosenSide, colouredSide } from '../../src/navigation/navigationRules';
import { isRunning } from '../../src/navigation/traceState';
import { outcomeWords, progressOf } from '../inspector/header';
import type { Known } from '../inspector/latest';
import { sentence } from '../inspector/statement';
import type { Sight } from '../inspector/view';
import { describeWaiting } from '../inspector/waiting';
import { element, setText, show } from '../parts/element';
import { chosenToken } from './comparison';
import { InkedText, type Ink } from './inkedText';

export class ViewCard {
  readonly root: HTMLElement;
  private readonly name = element('strong', { class: 'short-name' });
  private readonly origin = element('span', { class: 'card-origin' });
  private readonly words = element('p', { class: 'card-sentence', attributes: { dir: 'auto' } });
  private readonly text = new InkedText();
  private readonly state = element('p', { class: 'hint' });

  constructor(
    caption: string,
    private readonly t: Translate,
    /** What can be done with this view. */
    action: HTMLElement | null = null,
  ) {
    this.root = element(
      'section',
      { class: 'view-card', attributes: { 'aria-label': caption } },
      element('h3', { class: 'card-caption' }, caption, this.origin, action),
      this.name,
      this.words,
      this.text.root,
      this.state,
    );
  }

  update(sight: Sight, row: Known<'row'>, ink: Omit<Ink, 'chosen'>): void {
    const { t } = this;
    const { snapshot, navigation } = sight;
    const { stack, direction } = navigation;
    setText(this.origin, snapshot.origin);
    setText(this.name, `${snapshot.plan?.model.name ?? t('Model')} · ${shortName(navigation, t)}`);
    setText(this.words, sentence(sight, t));
    const side = colouredSide(snapshot, stack, direction);
    const chosen = chosenSide(snapshot, stack, direction) === side ? chosenToken(sight) : null;
    this.text.update(sight, side, { ...ink, chosen: chosen?.index ?? null });
    const said = this.stateWords(sight, row);
    setText(this.state, said ?? '');
    show(this.state, said !== null);
  }

  /** Why something is missing: the run goes on, or ended before its time, or the row is not there. */
  private stateWords(sight: Sight, row: Known<'row'>): string | null {
    const { t } = this;
    const { snapshot } = sight;
    if (isRunning(snapshot)) return progressOf(snapshot, t).words;
    if (snapshot.outcome === 'failed') return outcomeWords(snapshot, t);
    if (row.failure !== null) return describeFailure(row.failure, t);
    return row.answer === null ? describeWaiting(sight, row, 'row', t) : null;
  }
}
