/** How a study goes on: its progress with a way out, or why there is no answer with a way back in. */
import { describeFailure, type Translate } from '../../src/language/translate';
import type { StudyName } from '../../src/protocol/studies/registry';
import type { Known } from '../inspector/latest';
import { element, setAttribute, setText, show } from './element';
import { hasFocusWithin } from './focusWithin';

/** Most answers come sooner: what appears for a blink only disturbs. */
const PATIENCE_MS = 150;

/** What is needed of a `Latest` that asks for a study. */
export interface Studied {
  readonly known: Pick<Known<StudyName>, 'fresh' | 'failure' | 'progress'> & {
    readonly question: unknown;
  };
  retry(): void;
  cancel(): void;
}

export class StudyState {
  readonly root: HTMLElement;
  private readonly filled = element('div', { class: 'bar-filled' });
  private readonly bar: HTMLElement;
  private readonly doing = element('span', { class: 'study-words' });
  private readonly running: HTMLElement;
  private readonly why = element('span', { class: 'study-words' });
  private readonly ended: HTMLElement;
  private readonly again: HTMLButtonElement;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly t: Translate,
    private readonly study: Studied,
  ) {
    this.bar = element(
      'div',
      {
        class: 'bar running',
        attributes: {
          role: 'progressbar',
          'aria-label': t('The model runs again'),
          'aria-valuemin': 0,
          'aria-valuemax': 100,
        },
      },
      this.filled,
    );
    const cancel = element(
      'button',
      {
        class: 'small',
        attributes: { type: 'button' },
        on: {
          click: () => {
            study.cancel();
            this.update();
            this.again.focus();
          },
        },
      },
      t('Cancel'),
    );
    this.again = element('button', {
      class: 'small',
      attributes: { type: 'button' },
      on: {
        click: () => {
          study.retry();
          // The button is gone in a moment; the keyboard must not fall back to the page's top.
          this.root.focus();
          this.update();
        },
      },
    });
    const row = element('div', { class: 'study-row' }, this.doing, cancel);
    this.running = element('div', { class: 'study-running' }, this.bar, row);
    this.ended = element('div', { class: 'study-ended' }, this.why, this.again);
    show(this.running, false);
    show(this.ended, false);
    this.root = element(
      'div',
      { class: 'study-state', attributes: { tabindex: -1 } },
      this.running,
      element('div', { attributes: { role: 'status' } }, this.ended),
    );
  }

  /** To be called whenever the study may have moved on. */
  update(): void {
    const { question, fresh, failure, progress } = this.study.known;
    const waits = question !== null && failure === null && (!fresh || progress !== null);
    if (!waits) this.stopWaiting();
    else if (this.running.hidden)
      this.timer ??= setTimeout(() => {
        this.timer = null;
        show(this.running, true);
      }, PATIENCE_MS);
    this.showProgress(progress);
    const shown = question !== null && failure !== null;
    show(this.ended, shown);
    if (!shown) return;
    const cancelled = failure.code === 'run.cancelled';
    this.ended.classList.toggle('failed', !cancelled);
    setText(this.why, cancelled ? this.t('Stopped.') : describeFailure(failure, this.t));
    setText(this.again, cancelled ? this.t('Compute it') : this.t('Try again'));
  }

  private stopWaiting(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (hasFocusWithin(this.running)) this.root.focus();
    show(this.running, false);
  }

  private showProgress(progress: number | null): void {
    const percent = progress === null ? null : Math.round(100 * progress);
    this.bar.classList.toggle('endless', percent === null);
    setAttribute(this.bar, 'aria-valuenow', percent);
    setText(
      this.doing,
      percent === null ? this.t('Computing…') : this.t('Computing… {percent} %', { percent }),
    );
    this.filled.style.setProperty('width', `${percent ?? 100}%`);
  }
}
