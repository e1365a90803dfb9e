/** Buttons of a film: to its ends, a step back or on, play; how fast; back to what is being written. */
import type { Translate } from '../../src/language/translate';
import { element, setAttribute, setText, show } from '../parts/element';
import { icon, type IconName } from '../parts/icon';
import type { FilmMove } from './filmKeys';
import { stepLabel, type FilmSight } from './filmSight';
import { SPEEDS, type Player } from './player';
import { MEASURES, type Measure } from './tickHeight';
import type { View } from '../inspector/view';
import { iconButton } from '../inspector/viewActions';

export interface TransportActions {
  move(move: FilmMove): void;
  /** Follows what is being written again. */
  goLive(): void;
  /** Another measure was chosen. */
  measured(): void;
}

export class Transport {
  readonly root: HTMLElement;
  private readonly back: readonly HTMLButtonElement[];
  private readonly on: readonly HTMLButtonElement[];
  private readonly play: HTMLButtonElement;
  private readonly words = element('span', { class: 'film-step', attributes: { dir: 'auto' } });
  private readonly live: HTMLButtonElement;
  private readonly bars: HTMLSelectElement;

  constructor(
    private readonly t: Translate,
    private readonly player: Player,
    actions: TransportActions,
  ) {
    const button = (name: IconName, words: string, move: FilmMove): HTMLButtonElement =>
      iconButton(name, words, () => actions.move(move));
    this.back = [
      button('first', t('First step (Home)'), { kind: 'first' }),
      button('previous', t('Step back (←)'), { kind: 'by', steps: -1 }),
    ];
    this.play = button('play', t('Play (Space)'), { kind: 'play' });
    this.on = [
      button('next', t('Step forward (→)'), { kind: 'by', steps: 1 }),
      button('last', t('Last step (End)'), { kind: 'last' }),
    ];
    const speed = element(
      'select',
      {
        attributes: { 'aria-label': t('Speed'), title: t('Speed') },
        on: { change: () => (player.speed = Number(speed.value)) },
      },
      ...SPEEDS.map((one) =>
        element('option', { attributes: { value: one, selected: one === 1 } }, `${one}×`),
      ),
    );
    const names: Readonly<Record<Measure, string>> = {
      probability: t('Probability'),
      loss: t('Loss'),
    };
    const what = t(
      'What the columns of the bar stand for; the loss of a token is −ln of its probability',
    );
    this.bars = element(
      'select',
      {
        attributes: { 'aria-label': t('Columns of the bar'), title: what },
        on: { change: () => actions.measured() },
      },
      ...MEASURES.map((one) => element('option', { attributes: { value: one } }, names[one])),
    );
    this.live = element(
      'button',
      {
        class: 'small',
        attributes: { type: 'button', title: t('Follow what is being written') },
        on: { click: () => actions.goLive() },
      },
      t('Live'),
    );
    const group = { role: 'group', 'aria-label': t('Play') };
    this.root = element(
      'div',
      { class: 'transport' },
      element(
        'div',
        { class: 'film-buttons', attributes: group },
        ...this.back,
        this.play,
        ...this.on,
      ),
      this.words,
      this.live,
      speed,
      this.bars,
    );
  }

  get measure(): Measure {
    return MEASURES.find((one) => one === this.bars.value) ?? 'probability';
  }

  update({ snapshot }: View, film: FilmSight, running: boolean): void {
    const { t, player } = this;
    const { step, steps } = film;
    setText(
      this.words,
      t('Step {step} of {steps}: {token}', {
        step: step + 1,
        steps,
        token: stepLabel(snapshot, step),
      }),
    );
    for (const button of this.back) disable(button, step === 0);
    for (const button of this.on) disable(button, step === steps - 1);
    show(this.live, running && !film.live);
    const words = player.playing ? t('Pause (Space)') : t('Play (Space)');
    if (this.play.title === words) return;
    setAttribute(this.play, 'aria-label', words);
    setAttribute(this.play, 'title', words);
    this.play.replaceChildren(icon(player.playing ? 'pause' : 'play'));
  }
}

/** It keeps the focus, unlike one that is `disabled`: whoever went to the end wants to go back next. */
const disable = (button: HTMLButtonElement, off: boolean): void =>
  setAttribute(button, 'aria-disabled', off ? 'true' : null);
