/** The output as far as it has come, with the present token marked, and what is to be said of that token. */
import type { Translate } from '../../src/language/translate';
import type { Commands, View } from '../inspector/view';
import { element, setText, show } from '../parts/element';
import { logProbability, type FilmSight } from './filmSight';
import { tokenLoss } from './forced/loss';
import { lossWords, probabilityWords } from './forced/smallNumbers';
import { outputParts } from './outputParts';

const MS_DECIMALS = 1;

export class OutputSoFar {
  readonly root: HTMLElement;
  private readonly prompt = element('span', { class: 'film-prompt' });
  private readonly before = element('span');
  private readonly present = element('mark', { class: 'film-present' });
  /** Keeps its room, so that nothing moves while the text grows. */
  private readonly after = element('span', {
    class: 'film-after',
    attributes: { 'aria-hidden': 'true' },
  });
  private readonly facts = element('p', { class: 'film-facts' });
  private readonly text = element(
    'p',
    { class: 'film-text', attributes: { dir: 'auto' } },
    this.prompt,
    this.before,
    this.present,
    this.after,
  );
  private readonly open: HTMLButtonElement;
  private drawn: readonly unknown[] = [];

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    this.open = element(
      'button',
      {
        class: 'small',
        attributes: {
          type: 'button',
          title: t('The output as a document, its tokens linked to the text'),
        },
        on: { click: () => commands.openOutput() },
      },
      t('Open Output Beside'),
    );
    this.root = element(
      'section',
      { class: 'card film-card film-output' },
      element('div', { class: 'prediction-head' }, this.title(), this.open),
      this.facts,
      this.text,
    );
  }

  private title(): HTMLElement {
    return element('h3', { class: 'small-title' }, this.t('The output so far'));
  }

  update({ snapshot }: View, film: FilmSight): void {
    const drawn = [snapshot.written, snapshot.output, film.step];
    if (drawn.every((part, i) => part === this.drawn[i])) return;
    this.drawn = drawn;
    const { before, present, after } = outputParts(snapshot, film.step);
    const goesOn = film.plan.model.architecture === 'decoder';
    setText(this.prompt, goesOn ? film.plan.text : '');
    show(this.prompt, goesOn);
    setText(this.before, before);
    setText(this.present, present);
    setText(this.after, after);
    setText(this.facts, this.factsOf(snapshot.written, film));
    queueMicrotask(() => this.follow());
  }

  /** Keeps the present token in sight where a long text scrolls in its own room. */
  private follow(): void {
    const { scrollTop, clientHeight, scrollHeight } = this.text;
    if (scrollHeight <= clientHeight) return;
    const top = this.present.offsetTop - this.text.offsetTop;
    if (top < scrollTop || top + this.present.offsetHeight > scrollTop + clientHeight)
      this.text.scrollTop = top - clientHeight / 2;
  }

  private factsOf(written: View['snapshot']['written'], { written: one, step }: FilmSight): string {
    const { t } = this;
    return [
      t('probability {value}', { value: probabilityWords(one.probability) }),
      t('loss {value}', { value: lossWords(tokenLoss(one.probability)) }),
      t('log-probability so far {value}', { value: signed(logProbability(written, step)) }),
      t('{time} ms for this step', { time: one.milliseconds.toFixed(MS_DECIMALS) }),
    ].join(' · ');
  }
}

/** Log-probabilities are 0 at most. */
const signed = (logarithm: number): string =>
  logarithm < 0 ? `−${lossWords(-logarithm)}` : lossWords(0);
